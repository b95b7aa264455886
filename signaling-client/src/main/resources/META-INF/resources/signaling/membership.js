/**
 * What a channel and the server say to each other about joining and leaving.
 *
 * @module
 */

import { RefusedError } from './events.js';
import { backoff } from './reconnect.js';
import { Timers } from './timers.js';

/** Refusals that pass: the same join may be let in a little later. */
const PASSING = new Set(['store-unavailable', 'rate-limited']);
const JOIN_WAITS = { first: 1_000, growth: 2, longest: 10_000 };
const MOST_JOINS = 6;

/**
 * @typedef {object} Told
 * @property {(message: any, wasInside: boolean) => void} joined the server has let it in
 * @property {(code: string, detail: string) => void} refused the server has not let it in
 * @property {(reason: string) => void} outside it is outside now: put out, or refused for good
 */

/** Whether this peer is to be in one channel, and is. An answer to a request that holds no longer is ignored. */
export class Membership {
  /** @type {{ readonly name: string }} */ #channel;
  /** @type {(type: 'join-channel' | 'leave-channel') => string} */ #request;
  /** @type {Told} */ #told;
  /** @type {Promised | null} */ #joining = null;
  /** @type {Promised | null} */ #leaving = null;
  /** The ids of the requests that are not answered yet, empty if there is none. */
  #joinRequest = '';
  #leaveRequest = '';
  #isInside = false;
  #tries = 0;
  #timers = new Timers();

  /**
   * @param {{ readonly name: string }} channel what a join resolves with
   * @param {(type: 'join-channel' | 'leave-channel') => string} request sends one and returns its id
   * @param {Told} told
   */
  constructor(channel, request, told) {
    this.#channel = channel;
    this.#request = request;
    this.#told = told;
  }

  /** The promise of the present join, null if none is wanted. Another join has another one. */
  get joining() {
    return this.#joining?.promise ?? null;
  }

  /** Of a leaving that the server has not answered, null if there is none. */
  get leaving() {
    return this.#leaving?.promise ?? null;
  }

  /** Whether the server has let it in since it wanted to; it may have forgotten that. */
  get isInside() {
    return this.#isInside;
  }

  /** Whether a request to join waits for its answer, or to be made again. */
  get isPending() {
    return this.#joinRequest !== '';
  }

  /** Wants to be inside; {@link ask} follows. */
  want() {
    this.#joining = promised();
    this.#tries = 0;
    return this.#joining.promise;
  }

  /** Asks the server to let it in, also again when it has forgotten. */
  ask() {
    this.#timers.clear();
    this.#joinRequest = this.#request('join-channel');
  }

  /**
   * Tells the server that it leaves; {@link forget} follows.
   *
   * @returns {Promise<void>} done once the server has said so
   */
  leave() {
    this.#leaving ??= promised();
    const { promise } = this.#leaving;
    this.#leaveRequest = this.#request('leave-channel');
    return promise;
  }

  /** Wants to be inside no longer. */
  forget() {
    this.#timers.clear();
    const joining = this.#joining;
    this.#joining = null;
    this.#joinRequest = '';
    this.#isInside = false;
    joining?.reject(new DOMException(`The channel "${this.#channel.name}" was left before it was joined`, 'AbortError'));
  }

  /** It has left, as far as the server is concerned. */
  hasLeft() {
    this.#leaveRequest = '';
    this.#leaving?.resolve(undefined);
    this.#leaving = null;
  }

  /** @param {any} message a `joined-channel` */
  joined(message) {
    if (message.id !== this.#joinRequest) {
      return; // the channel was left and is being joined again
    }
    const joining = this.#joining;
    const wasInside = this.#isInside;
    this.#joinRequest = '';
    this.#tries = 0;
    this.#isInside = true;
    this.#told.joined(message, wasInside);
    joining?.resolve(this.#channel);
  }

  /** @param {any} message a `left-channel` */
  left({ id, reason }) {
    if (id === undefined && this.#isInside) {
      this.#told.outside(reason);
    } else if (id !== undefined && id === this.#leaveRequest) {
      this.hasLeft();
    }
  }

  /**
   * @param {any} message an `error`
   * @returns {boolean} whether it is about joining or leaving
   */
  refused({ id, code, detail }) {
    if (id === undefined || (id !== this.#joinRequest && id !== this.#leaveRequest)) {
      return false;
    }
    if (id === this.#leaveRequest) {
      this.hasLeft(); // it was in there no longer
    } else {
      this.#joinRefused(`${code}`, `${detail ?? ''}`);
    }
    return true;
  }

  /**
   * @param {string} code
   * @param {string} detail
   */
  #joinRefused(code, detail) {
    const joining = this.#joining;
    this.#joinRequest = '';
    this.#told.refused(code, detail);
    if (this.#joining !== joining) {
      return; // a listener has left or closed, and perhaps joined anew
    }
    if (PASSING.has(code) && ++this.#tries < MOST_JOINS) {
      this.#joinRequest = 'later';
      this.#timers.after('join', backoff(this.#tries, JOIN_WAITS), () => this.ask());
      return;
    }
    joining?.reject(new RefusedError(code, detail));
    this.#told.outside(code);
  }
}

/** @typedef {{ promise: Promise<any>, resolve: (value: any) => void, reject: (reason: any) => void }} Promised */

/** @returns {Promised} a promise whose rejection nobody needs to hear: there is an event for it too */
function promised() {
  /** @type {any} */
  const made = {};
  made.promise = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }));
  made.promise.catch(() => {});
  return made;
}
