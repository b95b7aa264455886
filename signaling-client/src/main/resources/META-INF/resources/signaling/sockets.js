/**
 * One WebSocket of the subprotocol `signaling.v1`, and its successors.
 *
 * @module
 */

import { subprotocols } from './access.js';
import { backoff, isFinal } from './reconnect.js';
import { Timers } from './timers.js';

const SUBPROTOCOL = 'signaling.v1';

/**
 * How long a try may take until the server has said who we are, in milliseconds; later tries get more, up to the last. Few long
 * ones are better than many: Firefox goes on with each that was given up, and when there are some ten it begins no more.
 */
const FIRST_PATIENCE = 3_000;
const MORE_PATIENCE = 2_000;
const LONGEST_PATIENCE = 9_000;
/**
 * Waits before a new try. They stay short for as long as a peer is likely to be waited for, since a browser does not always
 * tell that the network is back, and become long then, since the server has others too.
 */
const EARLY_WAITS = { first: 500, growth: 1.5, longest: 2_000 };
const EARLY_TRIES = 30;
const LATE_WAITS = { first: 3_000, growth: 1.5, longest: 30_000 };
/** What the server's own wish is never above. */
const LONGEST_HINT = 60_000;
/** A connection that held this long was a good one: after its loss the waits start small again. */
const STEADY = 5_000;
/** How many sockets that hang are kept until a newer one has taken over. */
const MOST_ABANDONED = 4;

/**
 * @typedef {object} Told
 * @property {(text: any) => void} received the present socket has brought something
 * @property {(why: { reason: string, code: number, delay: number }) => void} lost the next try follows after the delay
 * @property {(code: number, reason: string) => void} refused there is no use in trying again
 */

/**
 * Replaces a socket that is lost after a wait of random length, or after `going-away` when the server said so, but not after
 * the close codes 1000, 1008 and 4500 to 4999.
 *
 * A socket that is given up is not closed before its successor stands: a close frame that came through after all would tell
 * the server that this peer is gone.
 */
export class Sockets {
  /** @type {import('./access.js').Access} */ #access;
  /** @type {typeof WebSocket} */ #WebSocket;
  /** @type {Told} */ #told;
  /** @type {WebSocket | null} */ #socket = null;
  /** @type {Set<WebSocket>} */ #abandoned = new Set();
  #tries = 0;
  /** How many began: what is still to be found out for an earlier one is of no use any more. */
  #begun = 0;
  #hint = 0;
  #timers = new Timers();

  /**
   * @param {import('./access.js').Access} access
   * @param {typeof WebSocket} WebSocket
   * @param {Told} told
   */
  constructor(access, WebSocket, told) {
    this.#access = access;
    this.#WebSocket = WebSocket;
    this.#told = told;
    this.#connect();
  }

  get isOpen() {
    return this.#socket?.readyState === this.#WebSocket.OPEN;
  }

  /** @param {string} text */
  send(text) {
    this.#socket?.send(text);
  }

  /** The server takes the present socket for this peer's: the older ones are done with. */
  established() {
    this.#hint = 0;
    this.#timers.cancel('answer');
    this.#timers.after('steady', STEADY, () => (this.#tries = 0));
    this.#abandoned.forEach((socket) => socket.close());
  }

  /**
   * The server wants nobody back before.
   *
   * @param {any} milliseconds
   */
  wait(milliseconds) {
    this.#hint = Math.min(LONGEST_HINT, Math.max(0, Number(milliseconds) || 0));
  }

  /**
   * The present socket hangs.
   *
   * @param {string} reason
   */
  giveUp(reason) {
    if (this.#socket !== null) {
      this.#lose(this.#socket, 1006, reason);
    }
  }

  /** The network is back: what failed before says nothing any more. */
  online() {
    this.#tries = 0;
    this.giveUp('The network was away');
    this.retryNow();
  }

  /** Does not wait before the next try. */
  retryNow() {
    if (this.#timers.has('retry')) {
      this.#connect();
    }
  }

  /** Closes all of them, for good. */
  end() {
    const sockets = [...this.#abandoned, this.#socket];
    this.#socket = null;
    this.#begun++;
    this.#timers.clear();
    sockets.forEach((socket) => socket?.close(1000));
  }

  #connect() {
    this.#timers.cancel('retry');
    const begun = ++this.#begun;
    const patience = Math.min(LONGEST_PATIENCE, FIRST_PATIENCE + this.#tries * MORE_PATIENCE);
    this.#timers.after('answer', patience, () => this.#lose(this.#socket, 1006, 'The signal server did not answer'));
    const way = this.#access.next();
    if (way instanceof Promise) {
      way.then(
        (found) => begun === this.#begun && this.#begin(found),
        ({ message }) => begun === this.#begun && this.#lose(null, 1006, `There is no way to the signal server: ${message}`),
      );
    } else {
      this.#begin(way);
    }
  }

  /** @param {import('./access.js').Way} way */
  #begin({ address, token }) {
    const socket = new this.#WebSocket(address, subprotocols(SUBPROTOCOL, token));
    this.#socket = socket;
    socket.addEventListener('open', () => this.#open(socket));
    socket.addEventListener('message', ({ data }) => {
      // What an older socket still brings was or will be sent again on this one.
      if (socket === this.#socket) {
        this.#told.received(data);
      }
    });
    socket.addEventListener('close', ({ code, reason }) => {
      const isOurDoing = code === 4500 && this.#abandoned.size > 0;
      this.#abandoned.delete(socket);
      this.#lose(socket, isOurDoing ? 1006 : code, reason);
    });
  }

  /** @param {WebSocket} socket */
  #open(socket) {
    if (socket === this.#socket && socket.protocol !== SUBPROTOCOL) {
      this.#told.refused(1002, `The server at ${this.#access.address} does not speak ${SUBPROTOCOL}`);
    }
  }

  /**
   * @param {WebSocket | null} socket null if the try did not come so far
   * @param {number} code
   * @param {string} reason
   */
  #lose(socket, code, reason) {
    if (socket !== this.#socket) {
      return;
    }
    if (isFinal(code)) {
      this.#told.refused(code, reason);
      return;
    }
    this.#socket = null;
    this.#begun++;
    if (socket !== null) {
      this.#abandon(socket);
    }
    this.#timers.cancel('answer', 'steady');
    const delay = this.#hint || this.#delay();
    this.#hint = 0;
    this.#tries++;
    this.#timers.after('retry', delay, () => this.#connect());
    this.#told.lost({ code, reason, delay });
  }

  #delay() {
    const late = this.#tries - EARLY_TRIES;
    return late < 0 ? backoff(this.#tries, EARLY_WAITS) : backoff(late, LATE_WAITS);
  }

  /** @param {WebSocket} socket */
  #abandon(socket) {
    if (socket.readyState === this.#WebSocket.CONNECTING) {
      socket.close();
    } else if (socket.readyState === this.#WebSocket.OPEN) {
      this.#abandoned.add(socket);
    }
    if (this.#abandoned.size > MOST_ABANDONED) {
      const [oldest] = this.#abandoned;
      this.#abandoned.delete(/** @type {WebSocket} */ (oldest));
      oldest?.close();
    }
  }
}
