import type { FailureEvent, HandshakeEvent, StateEvent } from './events.js';
import type { Target } from './target.js';

export type NegotiationState = 'connecting' | 'live' | 'reconnecting' | 'failed' | 'closed';

export interface NegotiationOptions {
  /** Who this end is. */
  self: string;
  /** Who the other end is. */
  peer: string;
  /** The name of this connection on both ends. */
  attempt: string;
  /** Whether this end gives way when offers cross. */
  polite: boolean;
  send: (data: any, to: string) => void;
  canSignal: () => boolean;
  /** In milliseconds. */
  connectTimeout: number;
  rtc?: RTCConfiguration;
  RTCPeerConnection?: typeof RTCPeerConnection;
}

export interface NegotiationEventMap {
  statechange: StateEvent<NegotiationState>;
  handshake: HandshakeEvent;
  track: Event & Pick<RTCTrackEvent, 'track' | 'streams'>;
  suspect: Event;
  exhausted: Event;
  refused: Event & { readonly url: string; readonly used: readonly RTCIceServer[] };
  error: FailureEvent;
}

/** Whether a signal is one of a negotiation's: an offer, an answer or a candidate. */
export declare function isNegotiation(data: any): boolean;

/** A name that nobody else has. */
export declare function freshId(): string;

/** One RTCPeerConnection to one peer, by "perfect negotiation": what `Streamer` and `Viewer` have in common. */
export declare class Negotiation extends Target<NegotiationEventMap> {
  constructor(options: NegotiationOptions);

  readonly connection: RTCPeerConnection;
  readonly state: NegotiationState;
  /** Why it is in that state, in words, often empty. */
  readonly reason: string;
  /** Whether media can flow right now. */
  readonly isAlive: boolean;
  /** For how many milliseconds no media has come that came before; 0 while it does. */
  readonly silence: number;
  /** Who the other end is. */
  readonly peer: string;
  /** The name of this connection on both ends. */
  readonly attempt: string;

  /** Handles what the other end said about this connection. What belongs to another one is ignored. */
  receive(data: any): void;
  /** Either end is known by another id now. */
  rename(self: string, peer: string): void;
  /** There is a way to signal again: what is broken is mended at once, and what may be lost is said again. */
  signalingIsBack(options: { mayBeLost: boolean }): void;
  /**
   * Uses other ICE servers from the next restart on, which comes soon if those of before were refused and there is no way
   * without.
   */
  useIceServers(iceServers: RTCIceServer[]): void;
  /** Closes the connection; nothing comes from it any more. */
  close(): void;
}
