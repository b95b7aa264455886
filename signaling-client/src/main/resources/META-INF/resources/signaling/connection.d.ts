import type { Source } from './source.js';
import type { StateEvent } from './events.js';
import type { Target } from './target.js';

/** `connecting` until the server first answers, `reconnecting` while a lost socket is being replaced. */
export type ConnectionState = 'connecting' | 'open' | 'reconnecting' | 'closed';

/** A message that never went out to a server that has forgotten this peer. */
export interface UnsentMessage {
  readonly text: string;
}

/** Who is in a channel over a connection. */
export interface Member {
  /** Gets each message about its channel, and each error that may be about what it sent. */
  receive(message: any): void;
  changed(state: ConnectionState, why: { reason?: string; code?: number; delay?: number }): void;
  /** The connection goes on as the same peer, and nothing was missed. */
  resumed(): void;
  /** The connection goes on as a new peer, which is in no channel. */
  restarted(unsent: UnsentMessage[]): void;
}

export interface ConnectionOptions {
  /** Lets it in, if the server asks for that. A function is asked for each try and whenever the token has ended. */
  accessToken?: Source<string>;
  /** The class to use, the platform's if not said. */
  WebSocket?: typeof WebSocket;
}

export interface ConnectionEventMap {
  iceservers: Event;
  statechange: StateEvent<ConnectionState>;
}

/**
 * Holds on to one peer of the server's, whatever becomes of its sockets: each message goes out and comes in exactly once and
 * in order for as long as the server remembers the peer. Pages use a `Channel`, which finds its connection by itself.
 */
export declare class Connection extends Target<ConnectionEventMap> {
  /**
   * @throws DOMException `SyntaxError` if there is no such address
   * @throws TypeError if there is no WebSocket here, or the access token can be none
   */
  constructor(url: Source<string | URL>, options?: ConnectionOptions);

  /** The connection for one more channel: one that is there, unless all have a channel of that name or as many as they may. */
  static shared(url: Source<string | URL>, channel: string, options?: ConnectionOptions): Connection;

  /** The address of the server, `ws:` or `wss:`; empty if a function has yet to say it. */
  readonly url: string;
  readonly state: ConnectionState;
  /** Who this is to the others, empty until the server has said so. */
  readonly peer: string;
  /** What the server said of its limits, empty until then. */
  readonly limits: Readonly<Record<string, number>>;
  /** The ICE servers that the server has told of, empty until then or if there are none. */
  readonly iceServers: readonly RTCIceServer[];

  /**
   * Asks the server for fresh ICE servers, which it also tells of by itself before the old ones end. Does nothing while an answer
   * is under way, for 2 s after the last question, without a connection, and if the server has none.
   */
  refreshIceServers(): void;
  attach(channel: string, member: Member): void;
  /** The last one out closes the connection. */
  detach(channel: string, farewell?: Record<string, any>): void;
  /** Forgets what a member has posted and what did not go out yet. */
  withdraw(member: Member): void;
  /**
   * Sends a message now or as soon as there is a socket, and returns its `id`.
   *
   * @throws DOMException `QuotaExceededError` if it is too large or too much waits to be sent, `InvalidStateError` on a closed
   *     connection, `DataCloneError` if JSON cannot carry it
   */
  post(member: Member, message: Record<string, any>, options?: { isSignal?: boolean }): string;
  /** Something suggests that the socket hangs: it is given up if the server does not answer at once. */
  probe(): void;
  /** Ends it for good: the server forgets this peer at once. */
  close(): void;
}
