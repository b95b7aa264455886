import type { Channel } from './channel.js';
import type { FailureEvent, HandshakeEvent, StateEvent, StreamEvent } from './events.js';
import type { Target } from './target.js';

/**
 * `waiting` for a streamer or its offer, `connecting`, `live`, `reconnecting` while the connection is mended, `ended` when the
 * streamer has said so or the channel was left, `failed` with a reason in words (it is tried again all the same) or, if it was
 * not let in or was put out, with an error code (only `retry` tries again), `closed` for good.
 */
export type ViewerState = 'waiting' | 'connecting' | 'live' | 'reconnecting' | 'ended' | 'failed' | 'closed';

export interface ViewerOptions {
  /** For each RTCPeerConnection; ICE servers in it stand in place of the signal server's. */
  rtc?: RTCConfiguration;
  /** `relay` lets media go by TURN servers alone; `all` if not said. */
  iceTransportPolicy?: RTCIceTransportPolicy;
  /** In milliseconds, after which the state is `failed`; 12,000 if not said. */
  connectTimeout?: number;
  /** The class to use, the platform's if not said. */
  RTCPeerConnection?: typeof RTCPeerConnection;
}

export interface ViewerEventMap {
  stream: StreamEvent;
  statechange: StateEvent<ViewerState>;
  handshake: HandshakeEvent;
  error: FailureEvent;
}

/**
 * One who watches. It joins the channel as `viewer`, answers what the `streamer` in it offers, and starts afresh with whoever
 * streams next, without anybody's touch. When the server is lost, running video goes on.
 */
export declare class Viewer extends Target<ViewerEventMap> {
  /**
   * @param channel one that is not joined yet, or was given the role `viewer`
   * @throws TypeError without a channel, or if an option is none
   * @throws DOMException `InvalidStateError` if the channel is closed, or joined as something else
   */
  constructor(channel: Channel, options?: ViewerOptions);

  readonly channel: Channel;
  /** What there is to show, null if there is nothing. */
  readonly stream: MediaStream | null;
  /** The RTCPeerConnection, null if there is none. */
  readonly connection: RTCPeerConnection | null;
  /** Who streams, by its id in the channel; empty if nobody does. */
  readonly streamer: string;
  readonly state: ViewerState;
  /** Why it is in that state: an error code or words, often empty. */
  readonly reason: string;

  onstream: ((this: Viewer, event: StreamEvent) => unknown) | null;
  onstatechange: ((this: Viewer, event: StateEvent<ViewerState>) => unknown) | null;
  onhandshake: ((this: Viewer, event: HandshakeEvent) => unknown) | null;
  onerror: ((this: Viewer, event: FailureEvent) => unknown) | null;

  /**
   * Starts afresh at once, for a person who does not want to wait.
   *
   * @throws DOMException `InvalidStateError` on a closed viewer
   */
  retry(): void;
  /** Ends it for good. The channel goes on: close it too if it is not needed. */
  close(): void;
}
