/**
 * When a connection pings, and when it takes its socket for one that hangs.
 *
 * @module
 */

import { isVisible } from './reconnect.js';
import { Timers } from './timers.js';

const DEFAULT_INTERVAL = 5_000;
const SHORTEST_INTERVAL = 1_000;
/** Together with the interval: a socket that hangs is noticed after 10 s at most, a suspected one sooner. */
const PONG_PATIENCE = 5_000;
const SUSPICION = 2_500;
/** A ping is also a receipt, and asks for one: so much goes one way without. */
const MESSAGES_PER_PING = 500;
const SENT_PER_PING = 128;
const CHARACTERS_PER_PING = 262_144;

/** Pings regularly while the page is visible, and whenever much has gone either way. */
export class Heartbeat {
  /** @type {() => void} */ #ping;
  /** @type {() => void} */ #missed;
  #interval = DEFAULT_INTERVAL;
  #received = 0;
  #sent = 0;
  #characters = 0;
  #timers = new Timers();

  /**
   * @param {() => void} ping sends one
   * @param {() => void} missed is told that one was not answered in time
   */
  constructor(ping, missed) {
    this.#ping = ping;
    this.#missed = missed;
  }

  /**
   * Begins on a new socket.
   *
   * @param {any} interval in milliseconds, as the server wants it
   */
  start(interval) {
    this.#interval = Math.max(SHORTEST_INTERVAL, Number(interval) || DEFAULT_INTERVAL);
    this.#beat('pong', PONG_PATIENCE);
  }

  /** Something suggests that the socket hangs: pings now, and waits less long. */
  suspect() {
    this.#beat('suspicion', SUSPICION);
  }

  /** Something came: the socket does not hang. */
  heard() {
    this.#timers.cancel('pong', 'suspicion');
  }

  /** @param {number} characters */
  received(characters) {
    this.#received++;
    this.#count(characters);
  }

  /** @param {number} characters */
  sent(characters) {
    this.#sent++;
    this.#count(characters);
  }

  /** A hidden page's timers are slow: pings no more by itself, until the page is shown. */
  pause() {
    this.#timers.cancel('beat');
  }

  stop() {
    this.#timers.clear();
  }

  /** @param {number} characters */
  #count(characters) {
    this.#characters += characters;
    if (this.#received >= MESSAGES_PER_PING || this.#sent >= SENT_PER_PING || this.#characters >= CHARACTERS_PER_PING) {
      this.#beat('pong', PONG_PATIENCE);
    }
  }

  /**
   * @param {'pong' | 'suspicion'} timer the first that is still due holds
   * @param {number} patience
   */
  #beat(timer, patience) {
    this.#received = this.#sent = this.#characters = 0;
    this.#ping();
    if (!this.#timers.has(timer)) {
      this.#timers.after(timer, patience, this.#missed);
    }
    if (isVisible()) {
      this.#timers.after('beat', this.#interval, () => this.#beat('pong', PONG_PATIENCE));
    }
  }
}
