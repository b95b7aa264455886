/**
 * What a connection has sent, or is to send, until the server has told that it came.
 *
 * @module
 */

const MOST_MESSAGES = 512;
const MOST_CHARACTERS = 1_048_576;

/**
 * One message. `member` is whose it is, `isSignal` whether it may be sent anew to a server that knows nothing of what
 * was before, and `isSent` whether it ever went out.
 *
 * @typedef {{ text: string, member: unknown, isSignal: boolean, isSent: boolean }} Entry
 */

/**
 * Counts as `signaling.v1` does: every message has its place in the one sequence of all that the peer ever sent, over all
 * its sockets, and goes out again on a new socket unless the server's count covers it. It holds 512 messages and 1,048,576
 * characters at most.
 */
export class Outbox {
  /** @type {Entry[]} */ #entries = [];
  /** How many went before the first entry. */
  #covered = 0;
  /** How many of the entries were handed to the present socket. */
  #handed = 0;
  #characters = 0;

  /** How many messages wait to be covered or sent. */
  get size() {
    return this.#entries.length;
  }

  /**
   * @param {unknown} member
   * @param {string} text
   * @param {boolean} isSignal what is not, such as joining and leaving, is few, and always finds room
   * @throws {DOMException} `QuotaExceededError` if there is no room
   */
  add(member, text, isSignal) {
    const isFull = this.#entries.length >= MOST_MESSAGES || this.#characters + text.length > MOST_CHARACTERS;
    if (isSignal && isFull) {
      throw new DOMException('Too many messages wait for the signal server to take them', 'QuotaExceededError');
    }
    this.#entries.push({ text, member, isSignal, isSent: false });
    this.#characters += text.length;
  }

  /** The next text for the present socket, undefined when all are handed over. */
  next() {
    const entry = this.#entries[this.#handed];
    if (entry === undefined) {
      return undefined;
    }
    this.#handed++;
    entry.isSent = true;
    return entry.text;
  }

  /**
   * The server has so many of all that was ever sent: forgets those.
   *
   * @param {any} count
   */
  cover(count) {
    const known = Number.isSafeInteger(count) ? Math.min(Math.max(count - this.#covered, 0), this.#sent) : 0;
    for (const { text } of this.#entries.splice(0, known)) {
      this.#characters -= text.length;
    }
    this.#covered += known;
    this.#handed = Math.max(this.#handed - known, 0);
  }

  /** There is a new socket: what is not covered goes out again. */
  rewind() {
    this.#handed = 0;
  }

  /**
   * There is a new peer: counts start anew. What was sent may have come or not and is forgotten.
   *
   * @returns {Entry[]} the signals that were never sent
   */
  restart() {
    const unsent = this.#entries.filter(({ isSent, isSignal }) => !isSent && isSignal);
    this.#entries = [];
    this.#covered = this.#handed = this.#characters = 0;
    return unsent;
  }

  /**
   * Forgets what a member has not sent yet.
   *
   * @param {unknown} member
   */
  withdraw(member) {
    this.#entries = this.#entries.filter((entry) => entry.isSent || entry.member !== member);
    this.#characters = this.#entries.reduce((sum, { text }) => sum + text.length, 0);
  }

  /** How many of the entries ever went out; they are in front of the others. */
  get #sent() {
    const unsent = this.#entries.findIndex(({ isSent }) => !isSent);
    return unsent < 0 ? this.#entries.length : unsent;
  }
}
