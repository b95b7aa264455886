/** What it is, or a function that says so, now or later. */
export type Source<T> = T | (() => T | Promise<T>);
