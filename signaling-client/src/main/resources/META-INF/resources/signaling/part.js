/**
 * What `Streamer` and `Viewer` have in common: the part that each of them plays in its channel.
 *
 * @module
 */

import { FailureEvent, HandshakeEvent, JoinedEvent, StateEvent } from './events.js';
import { IceChoice } from './ice-choice.js';
import { freshId, Negotiation } from './negotiation.js';

/**
 * How long a connection may take to come to be, in milliseconds, if nobody says: a little longer than until Firefox gives up
 * (11 s), and with the handshake before it a person knows why within 15 s.
 */
const CONNECT_TIMEOUT = 12_000;

/**
 * @typedef {'streamer' | 'viewer'} Role
 * @typedef {{
 *   rtc?: RTCConfiguration | undefined,
 *   iceTransportPolicy?: RTCIceTransportPolicy | undefined,
 *   connectTimeout?: number | undefined,
 *   RTCPeerConnection?: typeof RTCPeerConnection | undefined,
 * }} PartOptions
 */

/**
 * Speaks for a `Streamer` or a `Viewer`: sends and listens over its channel, dispatches its events, keeps its state. Once it
 * has ended it hears nothing, and a state `closed` is the last one.
 *
 * @template {string} S the states
 */
export class Part {
  /** @type {EventTarget} */ #self;
  /** @type {import('./channel.js').Channel} */ #channel;
  /** @type {Role} */ #role;
  /** @type {{ rtc: RTCConfiguration, connectTimeout: number, RTCPeerConnection: typeof RTCPeerConnection }} */ #options;
  /** @type {S | 'closed'} */ #state;
  #reason = '';
  /** @type {IceChoice} */ #ice;
  /** Those that are not closed. @type {Set<Negotiation>} */ #negotiations = new Set();
  #ended = new AbortController();

  /**
   * @param {EventTarget} self the `Streamer` or `Viewer`
   * @param {import('./channel.js').Channel} channel
   * @param {Role} role
   * @param {S} state the first one
   * @param {PartOptions} options
   * @throws {TypeError} without a channel, or if an option is none
   * @throws {DOMException} `InvalidStateError` if the channel is closed, or joined as something else
   */
  constructor(self, channel, role, state, options) {
    const { connectTimeout = CONNECT_TIMEOUT, RTCPeerConnection = globalThis.RTCPeerConnection } = options;
    const { iceTransportPolicy = options.rtc?.iceTransportPolicy } = options;
    const rtc = { ...options.rtc, ...(iceTransportPolicy === undefined ? {} : { iceTransportPolicy }) };
    this.#options = { rtc, connectTimeout, RTCPeerConnection };
    enlist(channel, role, this.#options);
    this.#self = self;
    this.#channel = channel;
    this.#ice = new IceChoice(rtc.iceServers, () => channel.iceServers);
    this.#role = role;
    this.#state = state;
  }

  get channel() {
    return this.#channel;
  }

  get state() {
    return this.#state;
  }

  /** Why it is in that state, often empty. */
  get reason() {
    return this.#reason;
  }

  get hasEnded() {
    return this.#ended.signal.aborted;
  }

  /** @throws {DOMException} `InvalidStateError` if it has ended */
  mustNotHaveEnded() {
    if (this.hasEnded) {
      throw new DOMException(`The ${this.#role} is closed`, 'InvalidStateError');
    }
  }

  /**
   * Listens to the channel, and joins it if that is still to be done.
   *
   * @param {{ joined: (event: any) => void, [type: string]: (event: any) => void }} listeners by the events' types
   */
  start(listeners) {
    const { signal } = this.#ended;
    for (const [type, listener] of Object.entries(listeners)) {
      this.#channel.addEventListener(type, listener, { signal });
    }
    const tell = (/** @type {FailureEvent} */ { code, detail, id }) => {
      // One who has just left is no news: that it left comes by itself.
      if (code !== 'peer-not-found') {
        this.#self.dispatchEvent(new FailureEvent(code, detail, { id }));
      }
    };
    this.#channel.addEventListener('error', (event) => tell(/** @type {FailureEvent} */ (event)), { signal });
    this.#channel.addEventListener('iceservers', () => this.#useIceServers(), { signal });
    if (this.#channel.state === 'open') {
      listeners.joined(new JoinedEvent(false));
    } else {
      this.join();
    }
  }

  /** Joins the channel; what comes of it is told by events. */
  join() {
    this.#channel.join().catch(() => {});
  }

  /** Hears nothing from the channel any more. */
  end() {
    this.#ended.abort();
  }

  /**
   * @param {S | 'closed'} state
   * @param {string} [reason]
   */
  become(state, reason = '') {
    if (this.#state !== 'closed' && (state !== this.#state || reason !== this.#reason)) {
      this.#state = state;
      this.#reason = reason;
      this.#self.dispatchEvent(new StateEvent(state, { reason }));
    }
  }

  /**
   * Says something of its own in the handshake.
   *
   * @param {any} data
   * @param {string} to
   */
  say(data, to) {
    this.#send(data, to);
    this.#self.dispatchEvent(new HandshakeEvent(this.#channel.peer, to, data));
  }

  /**
   * Tells that it has heard something of another's own.
   *
   * @param {any} data
   * @param {string} from
   */
  heard(data, from) {
    this.#self.dispatchEvent(new HandshakeEvent(from, this.#channel.peer, data));
  }

  /**
   * A new connection to a peer, which is spoken for as well.
   *
   * @param {{ peer: string, polite: boolean, attempt?: string, canSignal?: () => boolean }} about
   * @returns {Negotiation | null} null if the browser makes none; an `error` has said why
   */
  negotiate({ peer, polite, attempt = freshId(), canSignal = () => this.#channel.state === 'open' }) {
    const send = (/** @type {any} */ data, /** @type {string} */ to) => this.#send(data, to);
    const own = { ...this.#options, self: this.#channel.peer, peer, polite, attempt, send, canSignal };
    try {
      return this.#speakFor(this.#make(own));
    } catch (reason) {
      this.#fail('negotiation-failed', /** @type {Error} */ (reason).message, peer);
      return null;
    }
  }

  /**
   * With ICE servers of the signal server's that the browser does not take, such as one on a port that it blocks, it is made
   * without.
   *
   * @param {ConstructorParameters<typeof Negotiation>[0]} about
   */
  #make(about) {
    const { servers: iceServers, isOwn } = this.#ice;
    try {
      return new Negotiation({ ...about, rtc: { ...about.rtc, iceServers } });
    } catch (reason) {
      if (isOwn || iceServers.length === 0) {
        throw reason;
      }
      const made = new Negotiation({ ...about, rtc: { ...about.rtc, iceServers: [] } });
      const words = `The browser does not take the ICE servers: ${/** @type {Error} */ (reason).message}`;
      queueMicrotask(() => this.#fail('ice-server-failed', words, about.peer)); // when its owner, whom that may close, knows it
      return made;
    }
  }

  /** @param {Negotiation} negotiation */
  #speakFor(negotiation) {
    negotiation.addEventListener('handshake', (event) => {
      const { from, to, data } = /** @type {HandshakeEvent} */ (event);
      this.#self.dispatchEvent(new HandshakeEvent(from, to, data));
    });
    negotiation.addEventListener('error', (event) => {
      const { code, detail, peer } = /** @type {FailureEvent} */ (event);
      this.#fail(code, detail, peer);
    });
    negotiation.addEventListener('suspect', () => this.#channel.probe());
    negotiation.addEventListener('refused', (event) => this.#refused(/** @type {any} */ (event)));
    const drop = () => negotiation.state === 'closed' && this.#negotiations.delete(negotiation);
    negotiation.addEventListener('statechange', drop);
    this.#negotiations.add(negotiation);
    return negotiation;
  }

  /** @param {{ url: string, used: readonly RTCIceServer[] }} event */
  #refused({ url, used }) {
    if (!this.#ice.isOwn) {
      this.#ice.refused(url, used);
      this.#channel.refreshIceServers();
      this.#useIceServers();
    }
  }

  #useIceServers() {
    if (!this.#ice.isOwn) {
      const { servers } = this.#ice;
      this.#negotiations.forEach((negotiation) => negotiation.useIceServers(servers));
    }
  }

  /**
   * @param {any} data
   * @param {string} to
   */
  #send(data, to) {
    try {
      this.#channel.send(data, { to });
    } catch (reason) {
      this.#fail('not-sent', /** @type {Error} */ (reason).message, to);
    }
  }

  /**
   * @param {string} code
   * @param {string} detail
   * @param {string} peer
   */
  #fail(code, detail, peer) {
    this.#self.dispatchEvent(new FailureEvent(code, detail, { peer }));
  }
}

/**
 * Gives the channel its role, and a key in its metadata by which the other end knows this one again when the server has
 * forgotten all ids.
 *
 * @param {import('./channel.js').Channel} channel
 * @param {Role} role
 * @param {{ rtc: RTCConfiguration, connectTimeout: number, RTCPeerConnection?: unknown }} options
 */
function enlist(channel, role, { rtc, connectTimeout, RTCPeerConnection }) {
  if (typeof channel?.join !== 'function') {
    throw new TypeError(`A ${role} needs a Channel`);
  }
  if (typeof RTCPeerConnection !== 'function') {
    throw new TypeError('There is no RTCPeerConnection here: pass one as the option "RTCPeerConnection"');
  }
  if (!(connectTimeout > 0)) {
    throw new TypeError(`"${connectTimeout}" is no time within which to connect`);
  }
  if (!['all', 'relay'].includes(rtc.iceTransportPolicy ?? 'all')) {
    throw new TypeError(`"${rtc.iceTransportPolicy}" is no iceTransportPolicy: "all" or "relay"`);
  }
  if (channel.state === 'closed') {
    throw new DOMException(`The channel "${channel.name}" is closed`, 'InvalidStateError');
  }
  if (channel.state === 'idle') {
    channel.meta = { key: freshId(), ...channel.meta };
    channel.role = role;
  } else if (channel.role !== role) {
    const how = `make the ${role} before the channel is joined, or give the channel the role "${role}"`;
    throw new DOMException(`The channel "${channel.name}" is joined as "${channel.role}": ${how}`, 'InvalidStateError');
  }
}
