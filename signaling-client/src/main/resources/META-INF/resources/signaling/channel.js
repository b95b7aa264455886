/**
 * The browser's half of `signaling.v1`: a {@link Channel} tells who else is there and carries messages to all of them or
 * to one.
 *
 * ```html
 * <script type="module">
 *   import { Channel } from '/signaling/channel.js';
 *
 *   const channel = new Channel('lobby', { meta: { name: 'Ada' } });
 *   channel.onpeerjoin = ({ peer, meta }) => channel.send(`Hello ${meta.name}`, { to: peer });
 *   channel.onmessage = ({ data, from }) => console.log(from, data);
 *   await channel.join();
 * </script>
 * ```
 *
 * @module
 */

import { Access } from './access.js';
import { Connection } from './connection.js';
import { FailureEvent, JoinedEvent, LeftEvent, PeerEvent, SignalEvent, StateEvent } from './events.js';
import { defineHandlers } from './handlers.js';
import { toText } from './json.js';
import { Membership } from './membership.js';
import { Waiting } from './waiting.js';

const MOST_METADATA = 2_048;
const ROLE = /^[a-z0-9-]{1,32}$/;

/** Of so many of the latest messages a refusal finds its channel. */
const MOST_SENT = 512;

/**
 * @typedef {'idle' | 'connecting' | 'open' | 'reconnecting' | 'closed'} ChannelState
 * @typedef {{ role: string, meta: Record<string, any> }} PeerInfo
 */

/**
 * One channel of a server. Channels of the same server share a connection, as many as it takes on one, unless they have the
 * same name.
 *
 * What is sent while the connection is lost is kept and arrives exactly once and in order, as does what others send
 * meanwhile. When the server has forgotten this peer (it was restarted, or the peer was away for too long) the channel is
 * joined anew: a `joined` event with `fresh` true says that `peers` is another list now, that everybody's id may be another
 * one, and that what was under way may be lost.
 *
 * Events: `joined` ({@link JoinedEvent}) with a new list of `peers`; `peerjoin` and `peerleave` ({@link PeerEvent}) for each
 * change of it; `message` ({@link SignalEvent}); `resumed` when a lost connection is back and nothing was missed; `left`
 * ({@link LeftEvent}) when the channel is left, but not by {@link close}; `statechange` ({@link StateEvent}) for every change
 * of {@link state} and every further try that failed; `error` ({@link FailureEvent}) when the server refuses something;
 * `iceservers` when the server has told of ICE servers.
 */
export class Channel extends EventTarget {
  /** @type {string} */ #name;
  /** @type {import('./access.js').Source<string | URL>} */ #url;
  /** @type {import('./connection.js').ConnectionOptions} */ #options;
  #address = '';
  /** @type {string} */ #role = 'peer';
  /** @type {Record<string, any>} */ #meta = {};
  /** @type {string} */ #token;
  /** @type {ChannelState} */ #state = 'idle';
  /** @type {Connection | null} */ #connection = null;
  /** @type {Map<string, PeerInfo>} */ #peers = new Map();
  #peer = '';
  #waiting = new Waiting();
  /** @type {string[]} The latest messages' ids, by which a refusal finds its channel. */ #sent = [];
  #membership = new Membership(this, (type) => this.#request(type), {
    joined: (message, wasInside) => this.#joined(message, wasInside),
    refused: (code, detail) => this.dispatchEvent(new FailureEvent(code, detail)),
    outside: (reason) => this.#step(reason),
  });
  #closed = new AbortController();

  /**
   * @param {string} name the channel's name
   * @param {object} [options]
   * @param {import('./access.js').Source<string | URL>} [options.url] where the server listens, `/signal` on the page's own
   *     host if not said; a function is asked for each try to connect, and may answer later
   * @param {string} [options.role] what this peer is to the others: 1 to 32 of `a-z`, `0-9` and `-`
   * @param {Record<string, any>} [options.meta] what the others shall know of it, 2,048 characters of JSON at most
   * @param {import('./access.js').Source<string>} [options.accessToken] what lets the connection in, if the server asks for that:
   *     goes along as a subprotocol. A function is asked for each try to connect, and whenever the token has ended, and may
   *     answer later; channels that have the same one share a connection
   * @param {string} [options.token] what lets it into the channel, if the server asks for that
   * @param {AbortSignal} [options.signal] closes the channel when it is aborted
   * @param {typeof WebSocket} [options.WebSocket] the class to use, the platform's if not said
   * @throws {TypeError} without a name, or if an option is none
   * @throws {DOMException} `SyntaxError` if there is no such address
   */
  constructor(name, { url = '/signal', role = 'peer', meta = {}, accessToken = '', token = '', signal, WebSocket } = {}) {
    super();
    if (name === undefined) {
      throw new TypeError('A Channel needs a name');
    }
    this.#name = `${name}`;
    this.#url = url;
    this.#address = new Access(url, accessToken).address;
    this.#options = { accessToken, ...(WebSocket === undefined ? {} : { WebSocket }) };
    this.role = role;
    this.meta = meta;
    this.#token = `${token}`;
    if (signal?.aborted) {
      this.#state = 'closed';
    } else {
      signal?.addEventListener('abort', () => this.close(), { signal: this.#closed.signal });
    }
  }

  /** The channel's name. */
  get name() {
    return this.#name;
  }

  /** The address of the server, `ws:` or `wss:`; empty if a function has yet to say it. */
  get url() {
    return this.#connection?.url || this.#address;
  }

  /**
   * `idle` before {@link join} and after {@link leave}, `connecting` until the channel is first joined, `open` while it is,
   * `reconnecting` while a lost connection is being replaced, `closed` for good.
   */
  get state() {
    return this.#state;
  }

  /** Who this is to the others, empty until the channel is joined. */
  get peer() {
    return this.#peer;
  }

  /** The others in the channel, in the order in which they joined. @type {ReadonlyMap<string, PeerInfo>} */
  get peers() {
    return this.#peers;
  }

  /**
   * The ICE servers that the server has told of, for an RTCPeerConnection: empty until then or if there are none. They may end,
   * so listen for `iceservers`.
   *
   * @type {readonly RTCIceServer[]}
   */
  get iceServers() {
    return this.#connection?.iceServers ?? [];
  }

  /** What this peer is to the others. A change holds from the next join on. */
  get role() {
    return this.#role;
  }
  set role(role) {
    if (!ROLE.test(role)) {
      throw new TypeError(`"${role}" is no role: 1 to 32 of a to z, 0 to 9 and "-"`);
    }
    this.#role = role;
  }

  /** What the others know of this peer. A change holds from the next join on. */
  get meta() {
    return this.#meta;
  }
  set meta(meta) {
    if (meta === null || typeof meta !== 'object' || Array.isArray(meta)) {
      throw new TypeError('The metadata of a peer must be an object');
    }
    if (toText(meta).length > MOST_METADATA) {
      throw new TypeError(`The metadata of a peer has ${MOST_METADATA} characters of JSON at most`);
    }
    this.#meta = meta;
  }

  /**
   * Becomes a member of the channel, and again whenever the server has forgotten it, until {@link leave} or {@link close}.
   *
   * @returns {Promise<Channel>} this channel, once it is joined; rejected with a {@link RefusedError} if the server
   *     refuses, with an `AbortError` if it is left or closed before, with an `InvalidStateError` on a closed channel
   */
  join() {
    if (this.#state === 'closed') {
      return Promise.reject(this.#isClosed());
    }
    if (this.#membership.joining !== null) {
      return this.#membership.joining;
    }
    this.#attach();
    const joining = this.#membership.want();
    this.#become(this.#connection?.state === 'reconnecting' ? 'reconnecting' : 'connecting');
    if (this.#membership.joining === joining) {
      this.#membership.ask(); // unless a listener has left again
    }
    return joining;
  }

  /**
   * Is a member no longer. What was sent and could not go out yet is dropped.
   *
   * @returns {Promise<void>} done once the server has said so, or if the channel is not joined
   */
  async leave() {
    if (this.#state === 'closed') {
      return;
    }
    if (this.#state === 'idle') {
      return this.#membership.leaving ?? undefined;
    }
    this.#connection?.withdraw(this.#member);
    const leaving = this.#membership.leave();
    this.#step('left');
    return leaving;
  }

  /**
   * Sends to everybody else in the channel or to one peer, now or as soon as it is joined.
   *
   * @param {any} data whatever JSON can carry
   * @param {{ to?: string }} [options] `to`: the one peer that it is for
   * @returns {string} an id that an `error` event repeats if the server refuses it; empty if it waits for the join
   * @throws {DOMException} `InvalidStateError` if the channel is closed or {@link join} was not called; `DataCloneError` if
   *     JSON cannot carry the data; `QuotaExceededError` if it is too large or too much waits to be sent
   */
  send(data, { to = '' } = {}) {
    if (this.#state === 'closed') {
      throw this.#isClosed();
    }
    if (this.#state === 'idle') {
      throw new DOMException(`The channel "${this.#name}" is not joined: call join() first`, 'InvalidStateError');
    }
    const text = toText(data);
    if (this.#membership.isInside && !this.#membership.isPending) {
      return this.#signal(data, to);
    }
    this.#waiting.add(text, to);
    return '';
  }

  /**
   * Something suggests that the network has changed, such as a peer connection that broke: a connection to the server
   * that does not answer within 2.5 s is replaced.
   */
  probe() {
    this.#connection?.probe();
  }

  /**
   * Asks for fresh ICE servers, as after a TURN server has refused a credential; they come by `iceservers`. Once in 2 s is as
   * often as the server is asked, and not if it has none.
   */
  refreshIceServers() {
    this.#connection?.refreshIceServers();
  }

  /** Leaves the channel for good. What was sent and could not go out yet is dropped. */
  close() {
    if (this.#state !== 'closed') {
      const connection = this.#connection;
      const isOutside = this.#state === 'idle' && this.#membership.leaving === null;
      this.#connection = null;
      connection?.detach(this.#name, isOutside ? undefined : { type: 'leave-channel', channel: this.#name });
      this.#end({});
    }
  }

  /** What the connection calls; not for others. @type {import('./connection.js').Member} */
  #member = {
    receive: (message) => this.#receive(message),
    changed: (state, why) => this.#follow(state, why),
    resumed: () => {
      const { joining, isPending, isInside } = this.#membership;
      if (joining !== null) {
        this.#become(!isPending ? 'open' : isInside ? 'reconnecting' : 'connecting');
        this.#tellIf(joining, new Event('resumed'));
      }
    },
    restarted: (unsent) => this.#restart(unsent),
  };

  #attach() {
    if (this.#connection === null) {
      this.#connection = Connection.shared(this.#url, this.#name, this.#options);
      this.#connection.attach(this.#name, this.#member);
      const tell = () => this.dispatchEvent(new Event('iceservers'));
      this.#connection.addEventListener('iceservers', tell, { signal: this.#closed.signal });
    }
  }

  /**
   * @param {'join-channel' | 'leave-channel'} type
   * @returns {string} its id
   */
  #request(type) {
    const token = this.#token === '' ? {} : { token: this.#token };
    const about = type === 'join-channel' ? { role: this.#role, meta: this.#meta, ...token } : {};
    return this.#connection?.post(this.#member, { type, channel: this.#name, ...about }) ?? '';
  }

  /**
   * @param {any} data
   * @param {string} to
   */
  #signal(data, to) {
    const directed = to === '' ? {} : { to };
    const message = { type: 'signal', channel: this.#name, ...directed, data };
    const id = this.#connection?.post(this.#member, message, { isSignal: true }) ?? '';
    this.#sent.push(id);
    if (this.#sent.length > MOST_SENT) {
      this.#sent.shift();
    }
    return id;
  }

  /** @param {{ data: any, to: string }} waiting */
  #sendLate({ data, to }) {
    try {
      this.#signal(data, to);
    } catch (reason) {
      this.dispatchEvent(new FailureEvent('not-sent', /** @type {Error} */ (reason).message, { peer: to }));
    }
  }

  /** @param {any} message */
  #receive(message) {
    switch (message.type) {
      case 'joined-channel':
        this.#membership.joined(message);
        break;
      case 'left-channel':
        this.#membership.left(message);
        break;
      case 'error':
        this.#refused(message);
        break;
      default:
        if (this.#membership.isInside) {
          this.#happened(message);
        }
    }
  }

  /** @param {any} message */
  #happened({ type, peer, role, meta, reason, from, data }) {
    if (type === 'peer-joined') {
      this.#peers.set(peer, { role, meta });
      this.dispatchEvent(new PeerEvent('peerjoin', { peer, role, meta }));
    } else if (type === 'peer-left') {
      const known = this.#peers.get(peer) ?? { role: 'peer', meta: {} };
      this.#peers.delete(peer);
      this.dispatchEvent(new PeerEvent('peerleave', { peer, ...known, reason }));
    } else if (type === 'signal') {
      this.dispatchEvent(new SignalEvent(data, from, new URL(this.url).origin));
    }
  }

  /**
   * @param {any} message
   * @param {boolean} wasInside
   */
  #joined({ peer, peers }, wasInside) {
    const { joining } = this.#membership;
    this.#peer = peer;
    this.#peers = new Map();
    for (const other of peers) {
      this.#peers.set(other.peer, { role: other.role, meta: other.meta });
    }
    for (const waiting of this.#waiting.take()) {
      if (this.#membership.joining === joining) {
        this.#sendLate(waiting);
      }
    }
    if (this.#membership.joining === joining) {
      this.#become('open');
    }
    this.#tellIf(joining, new JoinedEvent(wasInside));
  }

  /**
   * Tells of something unless a listener of what was told before has left, closed or joined anew.
   *
   * @param {Promise<any> | null} joining which join it was
   * @param {Event} event
   */
  #tellIf(joining, event) {
    if (this.#membership.joining === joining) {
      this.dispatchEvent(event);
    }
  }

  /** @param {any} message */
  #refused(message) {
    const { id, code, detail } = message;
    if (!this.#membership.refused(message) && (id === undefined || this.#sent.includes(id))) {
      this.dispatchEvent(new FailureEvent(code, detail, { id: id ?? '' }));
    }
  }

  /**
   * @param {import('./connection.js').ConnectionState} state
   * @param {{ reason?: string, code?: number, delay?: number }} why
   */
  #follow(state, why) {
    if (state === 'closed') {
      this.#end(why);
    } else if (state === 'reconnecting' && this.#state !== 'idle') {
      this.#become('reconnecting', why);
    }
  }

  /** @param {import('./connection.js').UnsentMessage[]} unsent */
  #restart(unsent) {
    this.#membership.hasLeft();
    if (this.#membership.joining !== null) {
      this.#waiting.putBack(unsent);
      this.#membership.ask();
    }
  }

  /**
   * Is outside from now on, and may come back.
   *
   * @param {string} reason
   */
  #step(reason) {
    const wasInside = this.#membership.isInside;
    this.#forget();
    this.#become('idle', { reason });
    if (wasInside) {
      this.dispatchEvent(new LeftEvent(reason));
    }
  }

  #forget() {
    this.#peers = new Map();
    this.#waiting.take();
    this.#membership.forget();
  }

  /** @param {{ reason?: string, code?: number, delay?: number }} why */
  #end(why) {
    this.#connection = null;
    this.#closed.abort();
    this.#forget();
    this.#membership.hasLeft();
    this.#become('closed', why);
  }

  /**
   * @param {ChannelState} state
   * @param {{ reason?: string, code?: number, delay?: number }} [why]
   */
  #become(state, why = {}) {
    if (state !== this.#state || state === 'reconnecting') {
      this.#state = state;
      this.dispatchEvent(new StateEvent(state, why));
    }
  }

  #isClosed() {
    return new DOMException(`The channel "${this.#name}" is closed`, 'InvalidStateError');
  }
}

defineHandlers(Channel, 'joined', 'left', 'message', 'peerjoin', 'peerleave', 'resumed', 'iceservers', 'statechange', 'error');
