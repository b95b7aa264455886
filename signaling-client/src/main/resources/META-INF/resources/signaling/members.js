/**
 * Who is in which channel over one connection.
 *
 * @module
 */

/**
 * @typedef {import('./connection.js').Member} Member
 */

/** The members of a connection, by their channels. */
export class Members {
  /** @type {Map<string, Member>} */ #members = new Map();

  get size() {
    return this.#members.size;
  }

  /** @param {string} channel */
  has(channel) {
    return this.#members.has(channel);
  }

  /**
   * @param {string} channel
   * @param {Member} member
   */
  add(channel, member) {
    this.#members.set(channel, member);
  }

  /**
   * @param {string} channel
   * @returns {Member | undefined} who it was
   */
  remove(channel) {
    const member = this.#members.get(channel);
    this.#members.delete(channel);
    return member;
  }

  /**
   * Tells those of now, but not those that one of them takes out meanwhile.
   *
   * @param {(member: Member) => void} tell
   */
  each(tell) {
    for (const [channel, member] of [...this.#members]) {
      if (this.#members.get(channel) === member) {
        tell(member);
      }
    }
  }

  /**
   * Hands a message of the server's to whom it is for.
   *
   * @param {any} message
   */
  hand(message) {
    const member = this.#members.get(message?.channel);
    if (member !== undefined) {
      member.receive(message);
    } else if (message?.type === 'error') {
      // Only the one that sent what was refused knows the id; what has none is about all of them.
      this.each((each) => each.receive(message));
    }
  }
}
