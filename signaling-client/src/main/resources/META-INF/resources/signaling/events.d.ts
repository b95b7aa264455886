/** A `statechange`: what is so from now on, with what a page needs to say so in words. */
export declare class StateEvent<S extends string = string> extends Event {
  constructor(state: S, why?: { reason?: string; code?: number; delay?: number });
  readonly type: 'statechange';
  /** The state from now on. */
  readonly state: S;
  /** Why, in words or an error code, often empty. */
  readonly reason: string;
  /** The close code of the socket that was lost (RFC 6455, 7.4), 0 if none was. */
  readonly code: number;
  /** Milliseconds until the next try, when a lost connection is being replaced. */
  readonly delay: number;
}

/**
 * The server refused something, or something that was tried failed: `not-sent` if a message could not be handed over,
 * `negotiation-failed` if the browser makes no connection or the two could not agree on a change of one, `ice-server-failed` if
 * a TURN server that is needed cannot be used.
 */
export declare class FailureEvent extends Event {
  constructor(code: string, detail: string, about?: { id?: string; peer?: string });
  readonly type: 'error';
  /** For programs: never changes its meaning. */
  readonly code: string;
  /** For people. */
  readonly detail: string;
  /** What `send` returned for the message that was refused, empty if it is about none. */
  readonly id: string;
  /** The peer that it is about, empty if it is about none. */
  readonly peer: string;
}

/** Why a promise was rejected that waited for the server: it said no. */
export declare class RefusedError extends Error {
  constructor(code: string, detail: string);
  /** For programs: never changes its meaning. */
  readonly code: string;
}

/** What another peer sent to the channel or to this peer. */
export declare class SignalEvent<D = any> extends MessageEvent<D> {
  constructor(data: D, from: string, origin: string);
  readonly type: 'message';
  /** The peer that sent it; the server vouches for that. */
  readonly from: string;
}

/** The channel's roster is new and stands in `peers`. */
export declare class JoinedEvent extends Event {
  constructor(fresh: boolean);
  readonly type: 'joined';
  /** Whether the peer was in the channel before, and what happened since is not known: peers may have new ids. */
  readonly fresh: boolean;
}

/** This peer is in the channel no longer; `close` tells by `statechange` alone. */
export declare class LeftEvent extends Event {
  constructor(reason: string);
  readonly type: 'left';
  /** `left` if it asked to; `replaced`, `removed` or an error code if not. */
  readonly reason: string;
}

/** Somebody came or went. */
export declare class PeerEvent extends Event {
  constructor(
    type: 'peerjoin' | 'peerleave' | 'viewerjoin' | 'viewerleave',
    about: { peer: string; role: string; meta: Record<string, any>; reason?: string; was?: string },
  );
  readonly type: 'peerjoin' | 'peerleave' | 'viewerjoin' | 'viewerleave';
  readonly peer: string;
  readonly role: string;
  readonly meta: Record<string, any>;
  /** Why it left: `left`, `disconnected`, `timed-out`, `replaced`, `removed`; `renamed` if it is there under a new id. */
  readonly reason: string;
  /** The id that it had before the server forgot everybody, empty if it is new. */
  readonly was: string;
}

/** What became of the connection to one viewer. */
export declare class ViewerStateEvent<S extends string = string> extends Event {
  constructor(peer: string, state: S, reason: string);
  readonly type: 'viewerstate';
  readonly peer: string;
  readonly state: S;
  /** In words, often empty. */
  readonly reason: string;
}

/** A message of the handshake went by, for pages that show it. */
export declare class HandshakeEvent extends Event {
  constructor(from: string, to: string, data: { type: string });
  readonly type: 'handshake';
  readonly from: string;
  readonly to: string;
  readonly what: 'offer' | 'answer' | 'icecandidate' | 'restart' | 'ready' | 'stream-ended';
  /** When, in milliseconds since 1970. */
  readonly at: number;
  /** The message itself. */
  readonly data: any;
}

/** There is something new to show, or, with null, nothing any more. */
export declare class StreamEvent extends Event {
  constructor(stream: MediaStream | null);
  readonly type: 'stream';
  readonly stream: MediaStream | null;
}
