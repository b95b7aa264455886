/**
 * The ICE servers that a signal server tells of, and the questions for fresh ones.
 *
 * @module
 */

/** What was asked for so short a time ago, in milliseconds, is fresh. */
const FRESH = 2_000;
/** After so long a question is taken for lost. */
const PATIENCE = 10_000;

/** What one server has told. It is asked only once it has told of some: one that knows no ICE servers counts the question. */
export class IceSupply {
  /** @type {readonly RTCIceServer[]} */ #servers = [];
  #hasTold = false;
  #hasLost = false;
  /** The id of the question that is not answered yet, empty if there is none. */
  #question = '';
  #askedAt = -Infinity;

  /** Those of now, empty if there are none or nothing is known. */
  get servers() {
    return this.#servers;
  }

  /** Whether there is something to be had by asking. */
  get mayAsk() {
    const since = Date.now() - this.#askedAt;
    return this.#hasTold && since >= (this.#question === '' ? FRESH : PATIENCE);
  }

  /** @param {string} question its id */
  asked(question) {
    this.#question = question;
    this.#askedAt = Date.now();
  }

  /** There is another socket: what was asked on the old one is not answered any more. */
  forgetQuestion() {
    this.#question = '';
    this.#askedAt = -Infinity;
  }

  /** There is another server, or it has forgotten all. */
  forget() {
    this.#hasLost ||= this.#servers.length > 0;
    this.#servers = [];
    this.#hasTold = false;
  }

  /**
   * Takes what a greeting or an answer brings.
   *
   * @param {any} message
   * @returns {boolean} whether there are others now, or none any more
   */
  take({ iceServers, id }) {
    if (id === this.#question) {
      this.#question = '';
    }
    const hadLost = this.#hasLost;
    this.#hasLost = false;
    if (!Array.isArray(iceServers)) {
      return hadLost;
    }
    const wereSome = hadLost || this.#servers.length > 0;
    this.#servers = iceServers.filter(isServer);
    this.#hasTold = true;
    return wereSome || this.#servers.length > 0;
  }

  /**
   * @param {any} message an `error`
   * @returns {boolean} whether it is the answer to the question
   */
  refused({ id }) {
    const isAnswer = id !== undefined && id === this.#question;
    this.#question = isAnswer ? '' : this.#question;
    return isAnswer;
  }
}

/** @param {any} server */
export function isServer(server) {
  const urls = [server?.urls].flat();
  return urls.length > 0 && urls.every((url) => typeof url === 'string');
}
