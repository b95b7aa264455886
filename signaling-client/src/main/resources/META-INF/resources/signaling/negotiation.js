/**
 * One RTCPeerConnection to one peer, from the first offer to the last restart: what `Streamer` and `Viewer` have in common.
 *
 * @module
 */

import { FailureEvent, HandshakeEvent, StateEvent } from './events.js';
import { Exchange } from './exchange.js';
import { IceWatch } from './ice-watch.js';
import { MediaWatch } from './media.js';
import { Mending } from './mending.js';

/** For how long after a new socket it is a change of the network that keeps media away, in milliseconds. */
const SHAKEN = 10_000;

/** @typedef {'connecting' | 'live' | 'reconnecting' | 'failed' | 'closed'} NegotiationState */

/** What `Streamer` and `Viewer` say to each other about one connection. */
const OWN_TYPES = new Set(['offer', 'answer', 'icecandidate', 'restart']);

/** @param {any} data */
export function isNegotiation(data) {
  return OWN_TYPES.has(data?.type);
}

/** A name that nobody else has. (`crypto.randomUUID` is kept from pages over plain http.) */
export function freshId() {
  return Array.from(crypto.getRandomValues(new Uint32Array(3)), (part) => part.toString(36)).join('');
}

/**
 * Comes to an agreement with the other end ({@link Exchange}), and sees to it that what is agreed upon works.
 *
 * - A connection that is not there within the time allowed is `failed`, with a reason in words; it is still tried.
 * - While there is none, what keeps the TURN servers from helping is the reason, within 8 s ({@link IceWatch}).
 * - ICE is restarted when the connection is `disconnected` for 2 s or has `failed`, and again every 5 s, later every 30 s,
 *   until it is connected ({@link Mending}).
 * - Firefox sends nothing over a connection that has failed before it ever was there, though a restart connects it. When such
 *   a one is connected after all there is a way, and a new one has to take it.
 * - After a restart, Firefox may look for a way for ever while it says that it is connected, and nothing flows. That counts
 *   for restarts that do not help.
 *
 * Events: `statechange` ({@link StateEvent}), `handshake` ({@link HandshakeEvent}), `track` (RTCTrackEvent), `suspect` when
 * the network may have changed, also because media stays away that came before, `exhausted` when restarts do not help,
 * `refused` when an ICE server did not take its credential: it holds the server's `url` and the servers that were `used`; `error`
 * ({@link FailureEvent}) when a connection goes on though a change to it failed, and when TURN servers do not help.
 */
export class Negotiation extends EventTarget {
  /** @type {RTCPeerConnection} */ #connection;
  /** @type {string} */ #self;
  /** @type {string} */ #peer;
  /** @type {string} */ #attempt;
  /** @type {(data: any, to: string) => void} */ #send;
  /** @type {() => boolean} */ #canSignal;
  /** @type {NegotiationState} */ #state = 'connecting';
  #reason = '';
  #wasLive = false;
  #hasFailed = false;
  /** @type {Exchange} */ #exchange;
  /** @type {MediaWatch} */ #media;
  /** @type {Mending} */ #mending;
  /** @type {RTCConfiguration} */ #rtc;
  /** @type {IceWatch} */ #ice;
  /** What was said of the ICE servers last. */
  #said = '';
  /** How a reason begins that ends with what is known of the ICE servers, empty while there is none. */
  #noWay = '';
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timeout;
  #shakenAt = -Infinity;

  /**
   * @param {object} options
   * @param {string} options.self who this end is
   * @param {string} options.peer who the other end is
   * @param {string} options.attempt the name of this connection on both ends
   * @param {boolean} options.polite which end gives way when offers cross
   * @param {(data: any, to: string) => void} options.send
   * @param {() => boolean} options.canSignal
   * @param {number} options.connectTimeout in milliseconds
   * @param {RTCConfiguration} [options.rtc]
   * @param {typeof RTCPeerConnection} [options.RTCPeerConnection]
   */
  constructor({ self, peer, attempt, polite, send, canSignal, connectTimeout, rtc = {}, RTCPeerConnection }) {
    super();
    this.#self = self;
    this.#peer = peer;
    this.#attempt = attempt;
    this.#send = send;
    this.#canSignal = canSignal;
    const Connection = RTCPeerConnection ?? globalThis.RTCPeerConnection;
    this.#rtc = rtc;
    this.#connection = new Connection(rtc);
    this.#exchange = new Exchange(this.#connection, {
      polite,
      say: (data) => this.#say(data),
      agreed: () => this.#wasLive && this.#mending.expectProof(),
      disagreed: (message) => this.#disagree(message),
    });
    this.#mending = new Mending(this.#connection, {
      polite,
      canSignal,
      ask: () => this.#say({ type: 'restart' }),
      offer: () => this.#exchange.offer(),
      exhausted: () => this.dispatchEvent(new Event('exhausted')),
    });
    this.#ice = new IceWatch(this.#connection, () => this.#rtc, {
      refused: (url, used) => this.dispatchEvent(Object.assign(new Event('refused'), { url, used })),
      changed: () => this.#tellOfIce(),
      renew: () => this.#mending.renewed(),
    });
    this.#media = new MediaWatch(this.#connection, () => this.#suspect());
    this.#timeout = setTimeout(() => this.#expire(connectTimeout), connectTimeout);
    this.#listen();
  }

  /** The RTCPeerConnection, for statistics and data channels. */
  get connection() {
    return this.#connection;
  }

  /** Who the other end is. */
  get peer() {
    return this.#peer;
  }

  /** The name of this connection on both ends. */
  get attempt() {
    return this.#attempt;
  }

  get state() {
    return this.#state;
  }

  /** Why it is in that state, in words, often empty. */
  get reason() {
    return this.#reason;
  }

  /** Whether media can flow right now. */
  get isAlive() {
    return this.#connection.connectionState === 'connected' && this.#state !== 'closed';
  }

  /** For how many milliseconds no media has come that came before; 0 while it does. */
  get silence() {
    return this.#media.silence;
  }

  /**
   * Handles what the other end said about this connection. What belongs to another one is ignored.
   *
   * @param {any} data
   */
  receive(data) {
    if (this.#state === 'closed' || !isNegotiation(data) || data.attempt !== this.#attempt) {
      return;
    }
    this.dispatchEvent(new HandshakeEvent(this.#peer, this.#self, data));
    if (data.type === 'restart') {
      this.#mending.asked();
    } else {
      this.#exchange.receive(data);
    }
  }

  /**
   * Either end is known by another id now.
   *
   * @param {string} self
   * @param {string} peer
   */
  rename(self, peer) {
    this.#self = self;
    this.#peer = peer;
  }

  /**
   * There is a way to signal again: what is broken is mended at once.
   *
   * @param {{ mayBeLost: boolean }} options whether an offer that was under way may be lost, and is to be made again
   */
  signalingIsBack({ mayBeLost }) {
    if (this.#state === 'closed') {
      return;
    }
    if (this.#mending.isUnderWay || this.#media.isSilent) {
      this.#mending.again();
      return;
    }
    this.#shakenAt = Date.now();
    if (mayBeLost && this.#connection.signalingState === 'have-local-offer') {
      this.#exchange.offer();
    }
  }

  /**
   * Uses other ICE servers from the next restart on, which comes soon if those of before were refused and there is no way
   * without. (Browsers make their next offer a restart then, whatever it is for; Firefox asks for one when it has answered.)
   *
   * @param {RTCIceServer[]} iceServers
   */
  useIceServers(iceServers) {
    if (this.#state === 'closed' || JSON.stringify(iceServers) === JSON.stringify(this.#rtc.iceServers ?? [])) {
      return;
    }
    const rtc = { ...this.#rtc, iceServers };
    try {
      this.#connection.setConfiguration(rtc);
    } catch (reason) {
      this.#fail('ice-server-failed', `The browser does not take the ICE servers: ${/** @type {Error} */ (reason).message}`);
      return;
    }
    this.#rtc = rtc;
    this.#ice.replaced();
  }

  /** Closes the connection; nothing comes from it any more. */
  close() {
    if (this.#state !== 'closed') {
      clearTimeout(this.#timeout);
      this.#ice.end();
      this.#mending.end();
      this.#media.end();
      this.#exchange.end();
      this.#become('closed');
      this.#connection.close();
    }
  }

  #listen() {
    const connection = this.#connection;
    connection.addEventListener('connectionstatechange', () => this.#changed());
    connection.addEventListener('track', ({ track, streams }) =>
      this.dispatchEvent(Object.assign(new Event('track'), { track, streams })),
    );
  }

  /** @param {string} message */
  #disagree(message) {
    const reason = `The browsers could not agree: ${message}`;
    if (this.isAlive) {
      this.#fail('negotiation-failed', reason);
    } else if (this.#state !== 'closed') {
      this.#noWay = '';
      this.#become('failed', reason);
      this.#mending.disagreed();
    }
  }

  /** @param {any} data */
  #say(data) {
    if (this.#state !== 'closed') {
      const signal = { ...data, attempt: this.#attempt };
      this.#send(signal, this.#peer);
      this.dispatchEvent(new HandshakeEvent(this.#self, this.#peer, signal));
    }
  }

  #changed() {
    this.#ice.look();
    if (this.#state === 'closed') {
      return;
    }
    switch (this.#connection.connectionState) {
      case 'connected':
        if (this.#hasFailed && !this.#wasLive && this.#canSignal()) {
          this.dispatchEvent(new Event('exhausted'));
          break;
        }
        this.#wasLive = true;
        clearTimeout(this.#timeout);
        this.#mending.done();
        this.#media.start();
        this.#become('live');
        break;
      case 'disconnected':
        this.dispatchEvent(new Event('suspect'));
        this.#become('reconnecting', 'The connection is interrupted');
        this.#mending.interrupted();
        break;
      case 'failed':
        this.#hasFailed = true;
        this.dispatchEvent(new Event('suspect'));
        if (this.#wasLive) {
          this.#become('reconnecting', this.#ice.words || 'The connection is lost');
        }
        this.#mending.lost();
        break;
      default:
    }
  }

  /** Media stays away. */
  #suspect() {
    this.dispatchEvent(new Event('suspect'));
    // Some browsers end the socket when the address changes, and it is back before anybody can miss the media.
    if (Date.now() - this.#shakenAt < SHAKEN && this.#canSignal()) {
      this.#mending.again();
    }
  }

  /** @param {number} connectTimeout */
  #expire(connectTimeout) {
    const { remoteDescription, iceConnectionState } = this.#connection;
    const seconds = `${connectTimeout / 1_000} s`;
    if (remoteDescription === null) {
      this.#become('failed', `The other side did not answer within ${seconds}`);
    } else if (iceConnectionState === 'connected' || iceConnectionState === 'completed') {
      this.#become('failed', `A way to the other side was found, but no secure connection over it within ${seconds}`);
    } else {
      this.#noWay = `No way to the other side was found within ${seconds}`;
      this.#become('failed', `${this.#noWay}: ${this.#ice.lack}`);
    }
    this.#mending.late();
  }

  /** What is known of the ICE servers has changed: while there is no way, that is why. */
  #tellOfIce() {
    const { words, lack } = this.#ice;
    if (this.isAlive || this.#state === 'live' || this.#state === 'closed') {
      return;
    }
    if (this.#state !== 'failed') {
      this.#become(this.#state, words || (this.#wasLive ? 'The connection is interrupted' : ''));
    } else if (this.#noWay !== '' && words !== '') {
      this.#become('failed', `${this.#noWay}: ${lack}`);
    }
    if (words !== '' && words !== this.#said) {
      this.#said = words;
      this.#fail('ice-server-failed', words);
    }
  }

  /**
   * @param {string} code
   * @param {string} detail
   */
  #fail(code, detail) {
    this.dispatchEvent(new FailureEvent(code, detail, { peer: this.#peer }));
  }

  /**
   * @param {NegotiationState} state
   * @param {string} [reason]
   */
  #become(state, reason = '') {
    if (this.#state !== 'closed' && (state !== this.#state || reason !== this.#reason)) {
      this.#state = state;
      this.#reason = reason;
      this.#noWay = state === 'failed' ? this.#noWay : '';
      this.dispatchEvent(new StateEvent(state, { reason }));
    }
  }
}
