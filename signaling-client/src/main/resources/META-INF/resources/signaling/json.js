/**
 * JSON in and out.
 *
 * @module
 */

/**
 * @param {any} data
 * @returns {string}
 * @throws {DOMException} `DataCloneError` if JSON cannot carry it
 */
export function toText(data) {
  let text;
  try {
    text = JSON.stringify(data);
  } catch (cause) {
    throw new DOMException(`JSON cannot carry this data: ${/** @type {Error} */ (cause).message}`, 'DataCloneError');
  }
  if (text === undefined) {
    throw new DOMException(`JSON cannot carry this data: ${typeof data}`, 'DataCloneError');
  }
  return text;
}

/**
 * @param {any} text
 * @returns {any} what it says, null if it is not JSON
 */
export function fromText(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
