/**
 * What is to be sent to a channel once it is joined.
 *
 * @module
 */

const MOST_MESSAGES = 512;
const MOST_CHARACTERS = 1_048_576;

/** @typedef {{ data: any, to: string, text: string }} WaitingMessage */

/** Keeps 512 messages and 1,048,576 characters at most, and besides what a connection hands back. */
export class Waiting {
  /** @type {WaitingMessage[]} */ #messages = [];
  #characters = 0;

  /**
   * @param {string} text the data as JSON
   * @param {string} to
   * @throws {DOMException} `QuotaExceededError` if there is no room
   */
  add(text, to) {
    if (this.#messages.length >= MOST_MESSAGES || this.#characters + text.length > MOST_CHARACTERS) {
      throw new DOMException('Too many messages wait for the channel to be joined', 'QuotaExceededError');
    }
    this.#messages.push({ data: JSON.parse(text), to, text });
    this.#characters += text.length;
  }

  /**
   * Puts signals that never went out in front of what waits.
   *
   * @param {import('./connection.js').UnsentMessage[]} unsent
   */
  putBack(unsent) {
    const signals = unsent.map(({ text }) => {
      const { data, to = '' } = JSON.parse(text);
      return { data, to, text };
    });
    this.#messages = [...signals, ...this.#messages];
    this.#characters = this.#messages.reduce((sum, { text }) => sum + text.length, 0);
  }

  /** All of it, in order; nothing waits any more. */
  take() {
    this.#characters = 0;
    return this.#messages.splice(0);
  }
}
