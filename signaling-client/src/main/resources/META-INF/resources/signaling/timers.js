/**
 * Timers by name: of each there is one at most.
 *
 * @module
 */

export class Timers {
  /** @type {Map<string, ReturnType<typeof setTimeout>>} */ #timers = new Map();

  /** @param {string} name */
  has(name) {
    return this.#timers.has(name);
  }

  /**
   * Does a task later, in place of what was to be done by that name.
   *
   * @param {string} name
   * @param {number} milliseconds
   * @param {() => void} task
   */
  after(name, milliseconds, task) {
    this.cancel(name);
    const run = () => {
      this.#timers.delete(name);
      task();
    };
    this.#timers.set(name, setTimeout(run, milliseconds));
  }

  /** @param {...string} names */
  cancel(...names) {
    for (const name of names) {
      clearTimeout(this.#timers.get(name));
      this.#timers.delete(name);
    }
  }

  clear() {
    this.cancel(...this.#timers.keys());
  }
}
