/**
 * How an RTCPeerConnection that broke is mended: by ICE restarts, and when.
 *
 * @module
 */

import { reports } from './media.js';

/** An interruption often heals by itself; after so long it gets help, in milliseconds. */
const HEALING = 2_000;
/** Waits between restarts: the first few are alike, then each is longer. */
const RESTART_DELAY = 5_000;
const RESTART_GROWTH = 1.5;
const LONGEST_RESTART_DELAY = 30_000;
const EARLY_RESTARTS = 3;
/** After so many in vain, a new RTCPeerConnection may do better. */
const MOST_RESTARTS = 6;
/** So long after a change of a live connection it is looked at whether it has survived. */
const PROOF = 4_000;

/**
 * Restarts ICE, if there is a way to signal, again and again until it is told that the connection is well.
 *
 * Only the impolite end does so, the polite one asks it to: when it is the other way round Firefox takes another role in DTLS
 * than it had, which Chromium refuses.
 */
export class Mending {
  /** @type {RTCPeerConnection} */ #connection;
  /** @type {{ polite: boolean, canSignal: () => boolean, ask: () => void, offer: () => void, exhausted: () => void }} */ #options;
  #restarts = 0;
  #restartedAt = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #healing;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #proof;
  #hasEnded = false;

  /**
   * @param {RTCPeerConnection} connection
   * @param {object} options
   * @param {boolean} options.polite
   * @param {() => boolean} options.canSignal
   * @param {() => void} options.ask asks the other end for a restart
   * @param {() => void} options.offer makes an offer
   * @param {() => void} options.exhausted is told when restarts do not help
   */
  constructor(connection, options) {
    this.#connection = connection;
    this.#options = options;
  }

  /** Whether the connection waits for a restart. */
  get isUnderWay() {
    return this.#healing !== undefined;
  }

  /** The connection is interrupted. */
  interrupted() {
    this.#heal(HEALING);
  }

  /** The connection is lost. */
  lost() {
    // Where a way is known to be missing it fails at once, and would again: the next restart has its time.
    if (this.#restarts === 0) {
      this.#restart();
    }
  }

  /** The connection did not come to be in time. */
  late() {
    this.#heal(RESTART_DELAY);
  }

  /** The browsers could not agree. Restarts hardly help then: the next one is the last. */
  disagreed() {
    this.#restarts = MOST_RESTARTS - 1;
    this.#heal(RESTART_DELAY);
  }

  /** The network is another one, or is back: restarts at once. */
  again() {
    this.#restarts = 0;
    this.#restart();
  }

  /** There are other ICE servers, which only a restart uses. It is none of those that are counted. */
  renewed() {
    const { polite, canSignal, ask } = this.#options;
    if (!this.#hasEnded && canSignal()) {
      if (polite) {
        ask();
      } else {
        this.#restartIce();
      }
    }
  }

  /** The connection is well. */
  done() {
    this.#restarts = 0;
    this.#heal(undefined);
  }

  /** The other end asks for a restart. Both see an interruption at about the same time: one restart is enough. */
  asked() {
    if (!this.#hasEnded && !this.#options.polite && Date.now() - this.#restartedAt >= HEALING) {
      this.#restartIce();
    }
  }

  /** Something was agreed upon for a live connection: a while later it is looked at whether it has survived. */
  expectProof() {
    clearTimeout(this.#proof);
    if (!this.#hasEnded) {
      this.#proof = setTimeout(() => this.#prove(), PROOF);
    }
  }

  /** Does nothing more. */
  end() {
    this.#hasEnded = true;
    clearTimeout(this.#healing);
    clearTimeout(this.#proof);
  }

  #restart() {
    if (this.#hasEnded) {
      return; // by a listener
    }
    const { polite, canSignal, ask, exhausted } = this.#options;
    const isPossible = canSignal();
    if (isPossible) {
      this.#restarts++;
      if (polite) {
        ask();
      } else {
        this.#restartIce();
      }
    }
    const growth = RESTART_GROWTH ** Math.max(0, this.#restarts - EARLY_RESTARTS);
    this.#heal(Math.min(LONGEST_RESTART_DELAY, RESTART_DELAY * growth));
    if (isPossible && this.#restarts === MOST_RESTARTS) {
      exhausted();
    }
  }

  #restartIce() {
    this.#restartedAt = Date.now();
    this.#connection.restartIce();
    // In the midst of an offer nobody asks for a new one: it is needed all the same, the old one may be lost.
    this.#options.offer();
  }

  /** @param {number | undefined} delay until the next restart; none if undefined */
  #heal(delay) {
    clearTimeout(this.#healing);
    const isNeeded = delay !== undefined && !this.#hasEnded;
    this.#healing = isNeeded ? setTimeout(() => this.#restart(), delay) : undefined;
  }

  async #prove() {
    for (const { type, iceState } of await reports(this.#connection)) {
      const isAlive = this.#connection.connectionState === 'connected' && !this.#hasEnded;
      if (type === 'transport' && iceState === 'checking' && isAlive) {
        this.#options.exhausted();
      }
    }
  }
}
