import type { Source } from './source.js';
import type { FailureEvent, JoinedEvent, LeftEvent, PeerEvent, SignalEvent, StateEvent } from './events.js';
import type { Target } from './target.js';

/**
 * `idle` before `join` and after `leave`, `connecting` until the channel is first joined, `open` while it is, `reconnecting`
 * while a lost connection is being replaced, `closed` for good.
 */
export type ChannelState = 'idle' | 'connecting' | 'open' | 'reconnecting' | 'closed';

export interface PeerInfo {
  readonly role: string;
  readonly meta: Record<string, any>;
}

export interface ChannelOptions {
  /**
   * Where the server listens, `/signal` on the page's own host if not said. May be relative to the page; `http:` and
   * `https:` are taken for `ws:` and `wss:`. A function is asked for each try to connect, and may answer later.
   */
  url?: Source<string | URL>;
  /** What this peer is to the others: 1 to 32 of `a-z`, `0-9` and `-`; `peer` if not said. */
  role?: string;
  /** What the others shall know of it, 2,048 characters of JSON at most. */
  meta?: Record<string, any>;
  /**
   * What lets the connection in, if the server asks for that: goes along as a subprotocol. A function is asked for each try to
   * connect, and whenever the token has ended, and may answer later. Channels that have the same one share a connection.
   */
  accessToken?: Source<string>;
  /** What lets it into the channel, if the server asks for that. */
  token?: string;
  /** Closes the channel when it is aborted. */
  signal?: AbortSignal;
  /** The class to use, the platform's if not said. */
  WebSocket?: typeof WebSocket;
}

export interface ChannelEventMap {
  joined: JoinedEvent;
  left: LeftEvent;
  message: SignalEvent;
  peerjoin: PeerEvent;
  peerleave: PeerEvent;
  resumed: Event;
  iceservers: Event;
  statechange: StateEvent<ChannelState>;
  error: FailureEvent;
}

/**
 * One channel of a server. Channels of the same server share a connection, as many as it takes on one, unless they have the
 * same name. What is sent while the connection is lost is kept and arrives exactly once and in order, as does what others send
 * meanwhile; when the server has forgotten this peer, a `joined` event with `fresh` true says that what was under way may be
 * lost.
 */
export declare class Channel extends Target<ChannelEventMap> {
  /**
   * @throws TypeError without a name, or if an option is none
   * @throws DOMException `SyntaxError` if there is no such address, or it is relative and there is no page to be relative to
   */
  constructor(name: string, options?: ChannelOptions);

  /** The channel's name. */
  readonly name: string;
  /** The address of the server, `ws:` or `wss:`; empty if a function has yet to say it. */
  readonly url: string;
  readonly state: ChannelState;
  /** Who this is to the others, empty until the channel is joined. */
  readonly peer: string;
  /** The others in the channel, in the order in which they joined. */
  readonly peers: ReadonlyMap<string, PeerInfo>;
  /**
   * The ICE servers that the server has told of, for an RTCPeerConnection: empty until then or if there are none. They may end,
   * so listen for `iceservers`. A `Streamer` and a `Viewer` use them by themselves.
   */
  readonly iceServers: readonly RTCIceServer[];
  /** What this peer is to the others. A change holds from the next join on. */
  role: string;
  /** What the others know of this peer. A change holds from the next join on. */
  meta: Record<string, any>;

  onjoined: ((this: Channel, event: JoinedEvent) => unknown) | null;
  onleft: ((this: Channel, event: LeftEvent) => unknown) | null;
  onmessage: ((this: Channel, event: SignalEvent) => unknown) | null;
  onpeerjoin: ((this: Channel, event: PeerEvent) => unknown) | null;
  onpeerleave: ((this: Channel, event: PeerEvent) => unknown) | null;
  onresumed: ((this: Channel, event: Event) => unknown) | null;
  oniceservers: ((this: Channel, event: Event) => unknown) | null;
  onstatechange: ((this: Channel, event: StateEvent<ChannelState>) => unknown) | null;
  onerror: ((this: Channel, event: FailureEvent) => unknown) | null;

  /**
   * Becomes a member of the channel, and again whenever the server has forgotten it, until `leave` or `close`. Rejected with a
   * `RefusedError` if the server refuses, with an `AbortError` if it is left or closed before, with an `InvalidStateError` on a
   * closed channel.
   */
  join(): Promise<this>;
  /** Is a member no longer; done once the server has said so. What was sent and could not go out yet is dropped. */
  leave(): Promise<void>;
  /**
   * Sends whatever JSON can carry to everybody else in the channel or to one peer, now or as soon as it is joined. Returns an
   * id that an `error` event repeats if the server refuses it, empty if it waits for the join.
   *
   * @throws DOMException `InvalidStateError` if the channel is closed or `join` was not called; `DataCloneError` if JSON cannot
   *     carry the data; `QuotaExceededError` if it is too large or too much waits to be sent
   */
  send(data: unknown, options?: { to?: string }): string;
  /** Something suggests that the network has changed: a connection that does not answer within 2.5 s is replaced. */
  probe(): void;
  /**
   * Asks for fresh ICE servers, as after a TURN server has refused a credential; they come by `iceservers`. Once in 2 s is as
   * often as the server is asked, and not if it has none.
   */
  refreshIceServers(): void;
  /** Leaves the channel for good. What was sent and could not go out yet is dropped. */
  close(): void;
}
