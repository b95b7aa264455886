// What somebody else is asked for, and not waited for too long.

/** A server that has not answered by then is not asked for what can be done without. */
const PATIENCE = 4_000;

/** What is promised, or an error in words if it does not come in time. */
export function soon(promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(reject, PATIENCE, new Error(`the server did not answer within ${PATIENCE / 1_000} s`));
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
