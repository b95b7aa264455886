import type { Channel } from './channel.js';
import type { FailureEvent, HandshakeEvent, PeerEvent, StateEvent, ViewerStateEvent } from './events.js';
import type { Negotiation, NegotiationState } from './negotiation.js';
import type { Target } from './target.js';

/**
 * `connecting` until the channel is joined, `ready` while there is no stream, `live`, `reconnecting` while the server is away
 * (running video goes on), `ended` after `stop` or when the channel was left, `failed` if it was not let in or was put out,
 * `closed`.
 */
export type StreamerState = 'connecting' | 'ready' | 'live' | 'reconnecting' | 'ended' | 'failed' | 'closed';

/** `waiting` while there is nothing to see, and else how the viewer's connection does. */
export type WatcherState = 'waiting' | NegotiationState;

/** One who watches, or waits to. */
export declare class Watcher {
  constructor(peer: string, meta: Record<string, any>);
  /** Its id in the channel. */
  readonly peer: string;
  /** What it says of itself. */
  readonly meta: Record<string, any>;
  readonly state: WatcherState;
  /** Why, in words, often empty. */
  readonly reason: string;
  /** Its RTCPeerConnection, null while there is none. */
  readonly connection: RTCPeerConnection | null;
  readonly negotiation: Negotiation | null;
  readonly senders: ReadonlyMap<string, readonly RTCRtpSender[]>;
  /** When its connection was offered, in milliseconds since 1970. */
  readonly since: number;
  /** Closes its connection. */
  hangUp(): void;
}

export interface StreamerOptions {
  /** What to show; may come later, by `replaceStream`. */
  stream?: MediaStream | null;
  /** For each RTCPeerConnection; ICE servers in it stand in place of the signal server's. */
  rtc?: RTCConfiguration;
  /** `relay` lets media go by TURN servers alone; `all` if not said. */
  iceTransportPolicy?: RTCIceTransportPolicy;
  /** In milliseconds, after which a viewer's state is `failed`; 12,000 if not said. */
  connectTimeout?: number;
  /** The class to use, the platform's if not said. */
  RTCPeerConnection?: typeof RTCPeerConnection;
}

export interface StreamerEventMap {
  viewerjoin: PeerEvent;
  viewerleave: PeerEvent;
  viewerstate: ViewerStateEvent<WatcherState>;
  handshake: HandshakeEvent;
  statechange: StateEvent<StreamerState>;
  error: FailureEvent;
}

/**
 * The one who streams. It joins the channel as `streamer` and has one RTCPeerConnection for each `viewer` in it, whenever that
 * arrives: made then, closed when it leaves, mended in between. When the server is lost, running video goes on.
 */
export declare class Streamer extends Target<StreamerEventMap> {
  /**
   * @param channel one that is not joined yet, or was given the role `streamer`
   * @throws TypeError without a channel, or if an option is none
   * @throws DOMException `InvalidStateError` if the channel is closed, or joined as something else
   */
  constructor(channel: Channel, options?: StreamerOptions);

  readonly channel: Channel;
  /** What is shown, null if nothing is. */
  readonly stream: MediaStream | null;
  readonly state: StreamerState;
  /** Why it is in that state: an error code or words, often empty. */
  readonly reason: string;
  /** Everybody who watches or waits to, by id. */
  readonly viewers: ReadonlyMap<string, Watcher>;

  onviewerjoin: ((this: Streamer, event: PeerEvent) => unknown) | null;
  onviewerleave: ((this: Streamer, event: PeerEvent) => unknown) | null;
  onviewerstate: ((this: Streamer, event: ViewerStateEvent<WatcherState>) => unknown) | null;
  onhandshake: ((this: Streamer, event: HandshakeEvent) => unknown) | null;
  onstatechange: ((this: Streamer, event: StateEvent<StreamerState>) => unknown) | null;
  onerror: ((this: Streamer, event: FailureEvent) => unknown) | null;

  /**
   * Shows something else from now on, or begins to, also after `stop`. A track takes the place of one of its kind without a new
   * offer. The old stream's tracks are not stopped. Done when all viewers get it; rejected with a `TypeError` if it is no stream.
   */
  replaceStream(stream: MediaStream): Promise<void>;
  /** Shows nothing any more and tells the viewers so. Its tracks are not stopped, and the channel is not left. */
  stop(): void;
  /** Ends it for good. The channel goes on: close it too if it is not needed. */
  close(): void;
}
