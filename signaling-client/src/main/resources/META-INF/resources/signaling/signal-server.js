/**
 * The browser's half of the signaling: {@link SignalServer} stands in for a `BroadcastChannel` whose other ends are in
 * other browsers. No build step; a page imports it from where its server serves it:
 *
 * ```html
 * <script type="module">
 *   import { SignalServer } from '/signaling/signal-server.js';
 *
 *   const channel = new SignalServer('stream-video');
 *   channel.onmessage = ({ data }) => console.log(data.type);
 *   channel.postMessage({ type: 'offer', sdp: '…' });
 * </script>
 * ```
 *
 * @module
 */

import { Access, subprotocols } from './access.js';
import { defineHandlers } from './handlers.js';
import { toText } from './json.js';
import { backoff, isFinal, watchPage } from './reconnect.js';

/** What to ask for that has a token with it: without one, nothing is asked for. */
const SUBPROTOCOL = 'signaling.tutorial';
/** How long a try may take from the opening of the socket to the joined channel, in milliseconds. */
const JOIN_TIMEOUT = 10_000;
/** The upper end of the first wait before a new try; it doubles with every further one. */
const FIRST_DELAY = 1_000;
/** What no wait before a new try is longer than. */
const LONGEST_DELAY = 30_000;
/** A connection that held this long was a good one: after its loss the waits start small again. */
const STEADY = 5_000;
/** What is kept for a server that is away, in messages and in UTF-16 units. */
const MOST_MESSAGES = 256;
const MOST_CHARACTERS = 1_048_576;

/** Types that the server and this class say to each other; a page can neither send nor receive them. */
const OWN_TYPES = new Set(['connection-established', 'join-channel', 'joined-channel', 'error', 'going-away']);

/** @typedef {'connecting' | 'joined' | 'reconnecting' | 'closed'} SignalState */

/** A `statechange`: what became of the connection, with what a page needs to say so in words. */
export class SignalStateEvent extends Event {
  /**
   * @param {SignalState} state
   * @param {{ code?: number, reason?: string, delay?: number }} [why]
   */
  constructor(state, { code = 0, reason = '', delay = 0 } = {}) {
    super('statechange');
    /** The state from now on. */
    this.state = state;
    /** The close code of the connection that was lost (RFC 6455, 7.4), 0 if none was. */
    this.code = code;
    /** The server's words for it, often empty. */
    this.reason = reason;
    /** Milliseconds until the next try, when reconnecting. */
    this.delay = delay;
  }
}

/** An `error`: the server refused something that was sent. */
export class SignalErrorEvent extends Event {
  /**
   * @param {string} code
   * @param {string} detail
   */
  constructor(code, detail) {
    super('error');
    /** For programs: never changes its meaning. */
    this.code = code;
    /** For people. */
    this.detail = detail;
  }
}

/**
 * A channel to everybody else who opened one of the same name on the same server.
 *
 * It is used as a `BroadcastChannel` is, and differs in what a network makes different:
 *
 * - Data travels as JSON, not as a structured clone, and must be an object with a `type`: `{type: 'offer', sdp}`. An
 *   `RTCIceCandidate` or `RTCSessionDescription` within it need not be copied, they know how to become JSON.
 * - What is posted before the channel is joined, or while the connection is lost, is kept and sent in order once it is
 *   joined. No more than 256 messages or 1,048,576 characters are kept: beyond that `postMessage` throws and nothing
 *   that was accepted is dropped. What was already on its way when a connection broke may be lost.
 * - A lost connection is opened anew after a wait of random length (exponential backoff with full jitter, at most 30 s),
 *   at once when the page is shown again or the network comes back. It is not after the close codes 1000, 1008 and 4500 to
 *   4999, by which the server says that it is meant: then the channel is closed for good.
 *
 * Events: `message` and `messageerror` as with a `BroadcastChannel`; `statechange` ({@link SignalStateEvent}) for every change
 * of {@link state} and for every further try that failed; `error` ({@link SignalErrorEvent}) when the server refuses something.
 * A join that is refused is tried again like a connection that was lost.
 */
export class SignalServer extends EventTarget {
  /** @type {string} */ #name;
  /** @type {Access} */ #access;
  /** How many tries began: what is still to be found out for an earlier one is of no use any more. */
  #begun = 0;
  /** Whether the way of the latest one is still to be found out. */
  #isAsking = false;
  /** @type {SignalState} */ #state = 'connecting';
  /** @type {WebSocket | null} */ #socket = null;
  /** @type {string[]} */ #queue = [];
  #queuedCharacters = 0;
  #losses = 0;
  /** One is enough: the join's limit, the wait before a new try and the proof of steadiness never overlap.
   * @type {ReturnType<typeof setTimeout> | undefined} */ #timer;
  #closed = new AbortController();

  /**
   * @param {string} name the channel's name
   * @param {object} [options]
   * @param {import('./access.js').Source<string | URL>} [options.url] where the server listens, `/signal` on the page's own
   *     host if not said. May be relative to the page; `http:` and `https:` are taken for `ws:` and `wss:`. A function is
   *     asked for each try to connect, and may answer later
   * @param {import('./access.js').Source<string>} [options.accessToken] what lets it in, if the server asks for that: goes along
   *     as a subprotocol. A function is asked for each try to connect, and may answer later
   * @throws {TypeError} without a name, or if the access token can be none
   * @throws {DOMException} `SyntaxError` if there is no such address, or it is relative and there is no page to be relative to
   */
  constructor(name, { url = '/signal', accessToken = '' } = {}) {
    super();
    if (name === undefined) {
      throw new TypeError('A SignalServer needs the name of a channel');
    }
    this.#name = `${name}`;
    this.#access = new Access(url, accessToken);
    this.#connect();
    this.#watchPage();
  }

  /** The channel's name. */
  get name() {
    return this.#name;
  }

  /** The address of the server, `ws:` or `wss:`; empty if a function has yet to say it. */
  get url() {
    return this.#access.address;
  }

  /** `connecting` until the channel is first joined, `reconnecting` while a lost connection is being replaced. */
  get state() {
    return this.#state;
  }

  /**
   * Sends to everybody else in the channel, now or as soon as it is joined.
   *
   * @param {any} data an object with a `type`, which JSON can carry
   * @throws {DOMException} `InvalidStateError` on a closed channel, `DataCloneError` if JSON cannot carry the data,
   *     `QuotaExceededError` if too much waits to be sent
   * @throws {TypeError} if the data is no object with a `type`, or its type is one of the server's own
   */
  postMessage(data) {
    if (this.#state === 'closed') {
      throw new DOMException(`The channel "${this.#name}" is closed`, 'InvalidStateError');
    }
    const text = checked(data);
    if (this.#state === 'joined' && this.#socket?.readyState === WebSocket.OPEN) {
      if (this.#socket.bufferedAmount + text.length > MOST_CHARACTERS) {
        throw new DOMException('The signal server takes messages more slowly than they are posted', 'QuotaExceededError');
      }
      this.#socket.send(text);
      return;
    }
    if (this.#queue.length >= MOST_MESSAGES || this.#queuedCharacters + text.length > MOST_CHARACTERS) {
      throw new DOMException('Too many messages wait for the signal server to come back', 'QuotaExceededError');
    }
    this.#queue.push(text);
    this.#queuedCharacters += text.length;
  }

  /** Leaves the channel for good. What was posted and not yet sent for want of a connection is dropped. */
  close() {
    if (this.#state !== 'closed') {
      this.#end(1000, '');
    }
  }

  #connect() {
    const begun = ++this.#begun;
    this.#after(JOIN_TIMEOUT, () => this.#lose(this.#socket, 1006, 'The signal server did not answer'));
    const way = this.#access.next();
    this.#isAsking = way instanceof Promise;
    if (way instanceof Promise) {
      way.then(
        (found) => begun === this.#begun && this.#open(found),
        ({ message }) => begun === this.#begun && this.#lose(null, 1006, `There is no way to the signal server: ${message}`),
      );
    } else {
      this.#open(way);
    }
  }

  /** @param {import('./access.js').Way} way */
  #open({ address, token }) {
    this.#isAsking = false;
    const socket = token === '' ? new WebSocket(address) : new WebSocket(address, subprotocols(SUBPROTOCOL, token));
    this.#socket = socket;
    // Only ever the current one's: a socket that was given up is closing, and then hands over nothing more.
    socket.addEventListener('message', ({ data }) => this.#receive(data));
    socket.addEventListener('close', ({ code, reason }) => this.#lose(socket, code, reason));
  }

  /** @param {any} text */
  #receive(text) {
    let message;
    try {
      message = JSON.parse(text);
    } catch {
      this.dispatchEvent(new MessageEvent('messageerror', { data: text, origin: new URL(this.url).origin }));
      return;
    }
    switch (message?.type) {
      case 'connection-established': // some servers never answer one who speaks while they are still at the handshake
        this.#socket?.send(JSON.stringify({ type: 'join-channel', channel: this.#name }));
        break;
      case 'going-away': // the close that follows says it all
        break;
      case 'joined-channel':
        this.#join();
        break;
      case 'error':
        this.#refuse(`${message.code ?? ''}`, `${message.detail ?? ''}`);
        break;
      default:
        this.dispatchEvent(new MessageEvent('message', { data: message, origin: new URL(this.url).origin }));
    }
  }

  #join() {
    if (this.#state === 'joined') {
      return;
    }
    this.#after(STEADY, () => (this.#losses = 0));
    for (const text of this.#queue.splice(0)) {
      this.#socket?.send(text);
    }
    this.#queuedCharacters = 0;
    this.#become('joined');
  }

  /**
   * @param {string} code
   * @param {string} detail
   */
  #refuse(code, detail) {
    const socket = this.#socket;
    const isAnswerToJoin = this.#state !== 'joined';
    this.dispatchEvent(new SignalErrorEvent(code, detail));
    if (isAnswerToJoin && socket !== null) {
      this.#lose(socket, 1006, detail);
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
      this.#end(code, reason);
      return;
    }
    this.#socket = null;
    this.#begun++;
    this.#isAsking = false;
    socket?.close();
    const delay = backoff(this.#losses, { first: FIRST_DELAY, growth: 2, longest: LONGEST_DELAY });
    this.#losses++;
    this.#after(delay, () => this.#connect());
    this.#become('reconnecting', { code, reason, delay });
  }

  /**
   * @param {number} code
   * @param {string} reason
   */
  #end(code, reason) {
    const socket = this.#socket;
    this.#socket = null;
    this.#begun++;
    socket?.close(1000);
    clearTimeout(this.#timer);
    this.#closed.abort();
    this.#queue.length = 0;
    this.#become('closed', { code, reason });
  }

  /** A hidden page's timers may be a minute late, and a network that came back is worth no waiting for. */
  #watchPage() {
    const online = () => {
      // A connection that was there before is likely to hang half-open on an address that is no longer ours.
      this.#losses = 0;
      if (this.#socket !== null) {
        this.#lose(this.#socket, 1006, 'The network was away');
      }
      this.#retryNow();
    };
    watchPage({ shown: () => this.#retryNow(), online }, this.#closed.signal);
  }

  #retryNow() {
    if (this.#state === 'reconnecting' && this.#socket === null && !this.#isAsking) {
      this.#connect();
    }
  }

  /**
   * @param {SignalState} state
   * @param {{ code: number, reason: string, delay?: number }} [why]
   */
  #become(state, why) {
    this.#state = state;
    this.dispatchEvent(new SignalStateEvent(state, why));
  }

  /**
   * @param {number} milliseconds
   * @param {() => void} task
   */
  #after(milliseconds, task) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(task, milliseconds);
  }
}

defineHandlers(SignalServer, 'message', 'messageerror', 'statechange', 'error');

/** @param {any} data */
function checked(data) {
  const text = toText(data);
  const message = JSON.parse(text);
  if (message === null || typeof message !== 'object' || typeof message.type !== 'string') {
    throw new TypeError('A signal server carries objects that have a type, such as {type: "offer", sdp: "…"}');
  }
  if (OWN_TYPES.has(message.type)) {
    throw new TypeError(`The type "${message.type}" is the signal server's own`);
  }
  return text;
}
