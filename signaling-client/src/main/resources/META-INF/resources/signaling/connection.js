/**
 * One peer of a server's, whatever becomes of its sockets. What pages use is a `Channel`, which finds its connection by
 * itself.
 *
 * @module
 */

import { Access } from './access.js';
import { StateEvent } from './events.js';
import { Heartbeat } from './heartbeat.js';
import { IceSupply } from './ice-supply.js';
import { fromText, toText } from './json.js';
import { Members } from './members.js';
import { Outbox } from './outbox.js';
import { watchPage } from './reconnect.js';
import { Sockets } from './sockets.js';

const DEFAULT_CHANNELS = 16;

/**
 * @typedef {'connecting' | 'open' | 'reconnecting' | 'closed'} ConnectionState
 * @typedef {import('./members.js').Member} Member
 * @typedef {object} ConnectionOptions
 * @property {import('./access.js').Source<string>} [accessToken] lets it in, if the server asks for that; a function is asked for
 *     each try and whenever the token has ended, and may answer later
 * @property {typeof WebSocket} [WebSocket] the class to use, the platform's if not said
 */

/**
 * Connections that channels share, by address, or by the function that says it.
 *
 * @type {Map<unknown, Set<Connection>>}
 */
const shared = new Map();

/**
 * Holds on to one peer of the server's: whatever becomes of its sockets, each message goes out and comes in exactly once
 * and in order, for as long as the server remembers the peer (`resume`). When it does not, or too much was missed, there is
 * a new peer, and every member is told.
 *
 * - A lost socket is replaced ({@link Sockets}), at once when the network comes back or the page is shown.
 * - While the page is visible it sends a `ping` every 5 s ({@link Heartbeat}). A socket that leaves one unanswered for 5 s is
 *   given up.
 *
 * Events: `statechange` ({@link StateEvent}) for every change of {@link state} and every further try that failed; `iceservers`
 * when the server has told of ICE servers.
 */
export class Connection extends EventTarget {
  /** @type {Access} */ #access;
  /** @type {typeof WebSocket} */ #WebSocket;
  /** @type {ConnectionState} */ #state = 'connecting';
  /** @type {Sockets} */ #sockets;
  /** What the present socket waits for: its greeting, the answer to its `resume`, or nothing. */
  #awaits = 'greeting';
  #greeting = /** @type {any} */ (null);
  #peer = '';
  #token = '';
  #received = 0;
  #outbox = new Outbox();
  #members = new Members();
  #requests = 0;
  #ice = new IceSupply();
  /** @type {Record<string, number>} */ #limits = {};
  #heartbeat = new Heartbeat(
    () => this.#ping(),
    () => this.#sockets.giveUp('The signal server does not answer any more'),
  );
  #closed = new AbortController();

  /**
   * The connection for one more channel: one that is there, unless all have a channel of that name or as many as they may.
   *
   * @param {import('./access.js').Source<string | URL>} url
   * @param {string} channel
   * @param {ConnectionOptions} [options]
   */
  static shared(url, channel, options = {}) {
    const access = new Access(url, options.accessToken);
    const connections = shared.get(access.key) ?? new Set();
    for (const connection of connections) {
      const isSame = connection.#access.isSame(access) && connection.#WebSocket === (options.WebSocket ?? globalThis.WebSocket);
      if (isSame && connection.#hasRoom(channel)) {
        return connection;
      }
    }
    const connection = new Connection(url, options);
    shared.set(access.key, connections.add(connection));
    return connection;
  }

  /**
   * @param {import('./access.js').Source<string | URL>} url may be relative to the page; `http:` and `https:` are taken for
   *     `ws:` and `wss:`. A function is asked for each try, and may answer later
   * @param {ConnectionOptions} [options]
   * @throws {DOMException} `SyntaxError` if there is no such address
   * @throws {TypeError} if there is no WebSocket here, or the access token can be none
   */
  constructor(url, options = {}) {
    super();
    this.#access = new Access(url, options.accessToken);
    this.#WebSocket = options.WebSocket ?? globalThis.WebSocket;
    if (typeof this.#WebSocket !== 'function') {
      throw new TypeError('There is no WebSocket here: pass one as the option "WebSocket"');
    }
    this.#sockets = new Sockets(this.#access, this.#WebSocket, {
      received: (text) => this.#receive(text),
      lost: (why) => this.#lose(why),
      refused: (code, reason) => this.#end(code, reason),
    });
    const shown = () => {
      this.#sockets.retryNow();
      this.probe();
    };
    const page = { shown, hidden: () => this.#heartbeat.pause(), online: () => this.#sockets.online() };
    watchPage(page, this.#closed.signal);
  }

  /** The address of the server, `ws:` or `wss:`; empty if a function has yet to say it. */
  get url() {
    return this.#access.address;
  }

  /** `connecting` until the server first answers, `reconnecting` while a lost socket is being replaced. */
  get state() {
    return this.#state;
  }

  /** Who this is to the others, empty until the server has said so. */
  get peer() {
    return this.#peer;
  }

  /** What the server said of its limits, empty until then. */
  get limits() {
    return this.#limits;
  }

  /** The ICE servers that the server has told of, empty until then or if there are none. @type {readonly RTCIceServer[]} */
  get iceServers() {
    return this.#ice.servers;
  }

  /**
   * Asks the server for fresh ICE servers, which it also tells of by itself before the old ones end. Does nothing while an answer
   * is under way, for 2 s after the last question, without a connection, and if the server has none.
   */
  refreshIceServers() {
    if (this.#awaits === 'nothing' && this.#sockets.isOpen && this.#ice.mayAsk) {
      const id = `${++this.#requests}`;
      this.#ice.asked(id);
      this.#sockets.send(toText({ type: 'get-ice-servers', id })); // not counted, and of no use on another socket
    }
  }

  /**
   * @param {string} channel
   * @param {Member} member
   */
  attach(channel, member) {
    this.#members.add(channel, member);
  }

  /**
   * The last one out closes the connection.
   *
   * @param {string} channel
   * @param {Record<string, any>} [farewell] the last that is sent about the channel, if the connection goes on
   */
  detach(channel, farewell) {
    const member = this.#members.remove(channel);
    if (this.#members.size === 0) {
      this.close();
    } else if (member !== undefined && this.#state !== 'closed') {
      this.withdraw(member);
      if (farewell !== undefined) {
        this.post(member, farewell);
      }
    }
  }

  /**
   * Forgets what a member has posted and what did not go out yet.
   *
   * @param {Member} member
   */
  withdraw(member) {
    this.#outbox.withdraw(member);
  }

  /**
   * Sends a message now or as soon as there is a socket.
   *
   * @param {Member} member whose it is: gets the error if it is refused
   * @param {Record<string, any>} message without an `id`
   * @param {{ isSignal?: boolean }} [options]
   * @returns {string} its `id`
   * @throws {DOMException} `QuotaExceededError` if it is too large or too much waits to be sent; `InvalidStateError` on a
   *     closed connection; `DataCloneError` if JSON cannot carry it
   */
  post(member, message, { isSignal = false } = {}) {
    if (this.#state === 'closed') {
      throw new DOMException('The connection is closed', 'InvalidStateError');
    }
    const id = `${++this.#requests}`;
    const text = toText({ ...message, id });
    const most = this.#limits['messageCharacters'] ?? Infinity;
    if (text.length > most) {
      throw new DOMException(`The message has ${text.length} characters, the server takes ${most}`, 'QuotaExceededError');
    }
    this.#outbox.add(member, text, isSignal);
    this.#flush();
    return id;
  }

  /** Something suggests that the socket hangs: it is given up if the server does not answer at once. */
  probe() {
    if (this.#state === 'open') {
      this.#heartbeat.suspect();
    }
  }

  /** Ends it for good: the server forgets this peer at once. */
  close() {
    if (this.#state !== 'closed') {
      this.#end(1000, '');
    }
  }

  /** @param {string} channel */
  #hasRoom(channel) {
    const most = this.#limits['channels'] ?? DEFAULT_CHANNELS;
    return !this.#members.has(channel) && this.#members.size < most;
  }

  /** @param {any} text */
  #receive(text) {
    const message = fromText(text);
    this.#heartbeat.heard();
    switch (message?.type) {
      case 'connection-established':
        this.#greet(message);
        return;
      case 'pong':
        this.#outbox.cover(message.received);
        return;
      case 'going-away':
        this.#sockets.wait(message.retryAfter);
        return;
      case 'ice-servers':
        this.#supply(message);
        return;
      default:
    }
    if (this.#awaits === 'answer' && message?.type === 'error') {
      this.#restart(this.#greeting);
    }
    if (this.#awaits !== 'nothing') {
      return;
    }
    this.#received++;
    if (message?.type === 'error' && message.code === 'token-expired' && this.#access.canRenew) {
      this.#renew(message.code);
    } else if (message?.type !== 'error' || !this.#ice.refused(message)) {
      this.#members.hand(message);
    }
    if (this.#awaits === 'nothing') {
      this.#heartbeat.received(`${text}`.length); // unless a listener has closed the connection
    }
  }

  /** @param {any} message */
  #greet(message) {
    if (this.#awaits === 'greeting' && this.#token !== '') {
      this.#greeting = message;
      this.#awaits = 'answer';
      // Not before: some servers never answer one who speaks while they are still at the handshake.
      this.#sockets.send(toText({ type: 'resume', token: this.#token, received: this.#received, id: 'resume' }));
    } else if (this.#awaits === 'answer' && message.resumed === true) {
      this.#peer = `${message.peer}`;
      this.#outbox.cover(message.received);
      this.#establish(message, (member) => member.resumed());
    } else if (this.#awaits !== 'nothing') {
      this.#restart(message);
    }
  }

  /**
   * Goes on as a new peer. What was sent by the old one may have come or not, and is not sent again.
   *
   * @param {any} message
   */
  #restart(message) {
    this.#peer = `${message.peer}`;
    this.#received = 0;
    this.#ice.forget();
    const unsent = this.#outbox.restart();
    this.#establish(message, (member) => member.restarted(unsent.filter((entry) => entry.member === member)));
  }

  /**
   * @param {any} message
   * @param {(member: Member) => void} tell
   */
  #establish(message, tell) {
    this.#awaits = 'nothing';
    this.#token = `${message.resume ?? ''}`;
    this.#limits = message.limits ?? {};
    // The server takes the first message here for the sign that the older sockets and their token are done with.
    this.#heartbeat.start(message.heartbeat);
    this.#outbox.rewind();
    this.#sockets.established();
    this.#become('open');
    this.#supply(message); // before anybody mends or makes a connection
    this.#members.each(tell);
    this.#flush();
  }

  /** @param {any} message one that may bring ICE servers */
  #supply(message) {
    if (this.#awaits === 'nothing' && this.#ice.take(message)) {
      this.dispatchEvent(new Event('iceservers'));
    }
  }

  #flush() {
    while (this.#awaits === 'nothing' && this.#sockets.isOpen) {
      const text = this.#outbox.next();
      if (text === undefined) {
        return;
      }
      this.#sockets.send(text);
      this.#heartbeat.sent(text.length);
    }
  }

  /**
   * Shows another access token in place of the one that has ended. One that the server does not take, or that comes too late,
   * makes no difference: the server closes the connection, and the next one is asked for another.
   *
   * @param {string} code
   */
  async #renew(code) {
    const peer = this.#token;
    try {
      const token = await this.#access.renew();
      if (this.#awaits === 'nothing' && this.#token === peer) {
        this.#outbox.add(this, toText({ type: 'refresh-token', token, id: `${++this.#requests}` }), false);
        this.#flush();
      }
    } catch (reason) {
      const detail = `There is no other access token: ${/** @type {Error} */ (reason).message}`;
      this.#members.each((member) => member.receive({ type: 'error', code, detail }));
    }
  }

  #ping() {
    if (this.#sockets.isOpen) {
      this.#sockets.send(toText({ type: 'ping', received: this.#received }));
    }
  }

  /** @param {{ reason: string, code: number, delay: number }} why */
  #lose(why) {
    this.#awaits = 'greeting';
    this.#ice.forgetQuestion();
    this.#heartbeat.stop();
    this.#become('reconnecting', why);
  }

  /**
   * @param {number} code
   * @param {string} reason
   */
  #end(code, reason) {
    this.#awaits = 'greeting';
    this.#heartbeat.stop();
    this.#sockets.end();
    this.#closed.abort();
    this.#outbox.restart();
    const connections = shared.get(this.#access.key);
    connections?.delete(this);
    if (connections?.size === 0) {
      shared.delete(this.#access.key);
    }
    this.#become('closed', { code, reason });
  }

  /**
   * @param {ConnectionState} state
   * @param {{ reason?: string, code?: number, delay?: number }} [why]
   */
  #become(state, why = {}) {
    this.#state = state;
    this.dispatchEvent(new StateEvent(state, why));
    this.#members.each((member) => member.changed(state, why));
  }
}
