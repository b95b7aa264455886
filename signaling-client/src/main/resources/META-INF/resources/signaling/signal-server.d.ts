import type { Source } from './source.js';
import type { Target } from './target.js';

/** `connecting` until the channel is first joined, `reconnecting` while a lost connection is being replaced. */
export type SignalState = 'connecting' | 'joined' | 'reconnecting' | 'closed';

/** What a channel carries: an object with a `type`, and whatever else JSON can hold. */
export interface Signal {
  readonly type: string;
}

export interface SignalServerOptions {
  /**
   * Where the server listens, `/signal` on the page's own host if not said. May be relative to the page; `http:` and
   * `https:` are taken for `ws:` and `wss:`. A function is asked for each try to connect, and may answer later.
   */
  url?: Source<string | URL>;
  /**
   * What lets it in, if the server asks for that: goes along as a subprotocol. A function is asked for each try to connect,
   * and may answer later.
   */
  accessToken?: Source<string>;
}

/** A change of state, and every further try to reconnect that failed. */
export declare class SignalStateEvent extends Event {
  constructor(state: SignalState, why?: { code?: number; reason?: string; delay?: number });
  readonly type: 'statechange';
  /** The state from now on. */
  readonly state: SignalState;
  /** The close code of the connection that was lost (RFC 6455, 7.4), 0 if none was. */
  readonly code: number;
  /** The server's words for it, often empty. */
  readonly reason: string;
  /** Milliseconds until the next try, when reconnecting. */
  readonly delay: number;
}

/** The server refused something that was sent. */
export declare class SignalErrorEvent extends Event {
  constructor(code: string, detail: string);
  readonly type: 'error';
  /** For programs: never changes its meaning. */
  readonly code: string;
  /** For people. */
  readonly detail: string;
}

export interface SignalServerEventMap {
  message: MessageEvent;
  messageerror: MessageEvent;
  statechange: SignalStateEvent;
  error: SignalErrorEvent;
}

/**
 * A channel to everybody else who opened one of the same name on the same server: a `BroadcastChannel` whose other ends
 * are in other browsers. What is posted while there is no connection is kept, up to 256 messages or 1,048,576 characters;
 * a lost connection is opened anew unless the server closed it with 1000, 1008 or 4500 to 4999.
 */
export declare class SignalServer extends Target<SignalServerEventMap> {
  /**
   * @throws TypeError without a name, or if the access token can be none
   * @throws DOMException `SyntaxError` if there is no such address, or it is relative and there is no page to be relative to
   */
  constructor(name: string, options?: SignalServerOptions);

  /** The channel's name. */
  readonly name: string;
  /** The address of the server, `ws:` or `wss:`; empty if a function has yet to say it. */
  readonly url: string;
  readonly state: SignalState;

  onmessage: ((this: SignalServer, event: MessageEvent) => unknown) | null;
  onmessageerror: ((this: SignalServer, event: MessageEvent) => unknown) | null;
  onstatechange: ((this: SignalServer, event: SignalStateEvent) => unknown) | null;
  onerror: ((this: SignalServer, event: SignalErrorEvent) => unknown) | null;

  /**
   * Sends to everybody else in the channel, now or as soon as it is joined.
   *
   * @throws DOMException `InvalidStateError` on a closed channel, `DataCloneError` if JSON cannot carry the data,
   *     `QuotaExceededError` if too much waits to be sent
   * @throws TypeError if the data is no object with a `type`, or its type is one of the server's own
   */
  postMessage<T extends Signal>(data: T): void;

  /** Leaves the channel for good. What was posted and not yet sent for want of a connection is dropped. */
  close(): void;
}
