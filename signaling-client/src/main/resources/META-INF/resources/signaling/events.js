/**
 * The events of `Channel`, `Streamer` and `Viewer`.
 *
 * @module
 */

/** A `statechange`: what is so from now on, with what a page needs to say so in words. */
export class StateEvent extends Event {
  /**
   * @param {string} state
   * @param {{ reason?: string, code?: number, delay?: number }} [why]
   */
  constructor(state, { reason = '', code = 0, delay = 0 } = {}) {
    super('statechange');
    /** The state from now on. */
    this.state = state;
    /** Why, in words or an error code, often empty. */
    this.reason = reason;
    /** The close code of the socket that was lost (RFC 6455, 7.4), 0 if none was. */
    this.code = code;
    /** Milliseconds until the next try, when a lost connection is being replaced. */
    this.delay = delay;
  }
}

/** An `error`: the server refused something, or something that was tried failed. */
export class FailureEvent extends Event {
  /**
   * @param {string} code
   * @param {string} detail
   * @param {{ id?: string, peer?: string }} [about]
   */
  constructor(code, detail, { id = '', peer = '' } = {}) {
    super('error');
    /** For programs: never changes its meaning. */
    this.code = code;
    /** For people. */
    this.detail = detail;
    /** What `send` returned for the message that was refused, empty if it is about none. */
    this.id = id;
    /** The peer that it is about, empty if it is about none. */
    this.peer = peer;
  }
}

/** Why a promise was rejected that waited for the server: it said no. */
export class RefusedError extends Error {
  /**
   * @param {string} code
   * @param {string} detail
   */
  constructor(code, detail) {
    super(detail || code);
    this.name = 'RefusedError';
    /** For programs: never changes its meaning. */
    this.code = code;
  }
}

/** A `message`: what another peer sent to the channel or to this peer. */
export class SignalEvent extends MessageEvent {
  /**
   * @param {any} data
   * @param {string} from
   * @param {string} origin
   */
  constructor(data, from, origin) {
    super('message', { data, origin });
    /** The peer that sent it; the server vouches for that. */
    this.from = from;
  }
}

/** `joined`: the channel's roster is new and stands in `peers`. */
export class JoinedEvent extends Event {
  /** @param {boolean} fresh */
  constructor(fresh) {
    super('joined');
    /** Whether the peer was in the channel before, and what happened since is not known: peers may have new ids. */
    this.fresh = fresh;
  }
}

/** `left`: this peer is in the channel no longer. */
export class LeftEvent extends Event {
  /** @param {string} reason */
  constructor(reason) {
    super('left');
    /** `left` if it asked to; `replaced`, `removed`, … if not. */
    this.reason = reason;
  }
}

/** `peerjoin` and `peerleave` of a channel, `viewerjoin` and `viewerleave` of a streamer. */
export class PeerEvent extends Event {
  /**
   * @param {string} type
   * @param {{ peer: string, role: string, meta: Record<string, any>, reason?: string, was?: string }} about
   */
  constructor(type, { peer, role, meta, reason = '', was = '' }) {
    super(type);
    this.peer = peer;
    this.role = role;
    this.meta = meta;
    /** Why it left: `left`, `disconnected`, `timed-out`, `replaced`, `removed`; `renamed` if it is there under a new id. */
    this.reason = reason;
    /** The id that it had before the server forgot everybody, empty if it is new. */
    this.was = was;
  }
}

/** `viewerstate`: what became of the connection to one viewer. */
export class ViewerStateEvent extends Event {
  /**
   * @param {string} peer
   * @param {string} state
   * @param {string} reason
   */
  constructor(peer, state, reason) {
    super('viewerstate');
    this.peer = peer;
    this.state = state;
    /** In words, often empty. */
    this.reason = reason;
  }
}

/** `handshake`: a message of the handshake went by, for pages that show it. */
export class HandshakeEvent extends Event {
  /**
   * @param {string} from
   * @param {string} to
   * @param {any} data
   */
  constructor(from, to, data) {
    super('handshake');
    this.from = from;
    this.to = to;
    /** `offer`, `answer`, `icecandidate`, `restart`, `ready`, `stream-ended`. */
    this.what = `${data.type}`;
    /** When, in milliseconds since 1970. */
    this.at = Date.now();
    /** The message itself. */
    this.data = data;
  }
}

/** `stream`: there is something new to show, or, with null, nothing any more. */
export class StreamEvent extends Event {
  /** @param {MediaStream | null} stream */
  constructor(stream) {
    super('stream');
    this.stream = stream;
  }
}
