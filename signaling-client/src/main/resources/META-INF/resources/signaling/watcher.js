/**
 * One who watches a streamer, as the streamer sees it.
 *
 * @module
 */

/** @typedef {'waiting' | import('./negotiation.js').NegotiationState} WatcherState */

/** One who watches, or waits to. */
export class Watcher {
  /** @type {import('./negotiation.js').Negotiation | null} */ negotiation = null;
  /** @type {Map<string, RTCRtpSender[]>} */ senders = new Map();
  since = 0;

  /**
   * @param {string} peer
   * @param {Record<string, any>} meta
   */
  constructor(peer, meta) {
    /** Its id in the channel. */
    this.peer = peer;
    /** What it says of itself. */
    this.meta = meta;
  }

  /** `waiting` while there is nothing to see, and else how its connection does. @returns {WatcherState} */
  get state() {
    return this.negotiation?.state ?? 'waiting';
  }

  /** Why, in words, often empty. */
  get reason() {
    return this.negotiation?.reason ?? '';
  }

  /** Its RTCPeerConnection, null while there is none. */
  get connection() {
    return this.negotiation?.connection ?? null;
  }

  /** Closes its connection; what comes of that is no news. */
  hangUp() {
    const { negotiation } = this;
    this.negotiation = null;
    this.senders.clear();
    negotiation?.close();
  }
}

/**
 * Gives a watcher the tracks of a stream, in place of those of its kind that it had.
 *
 * @param {Watcher} watcher one that has a connection
 * @param {MediaStream | null} stream
 * @param {MediaStream} carrier the stream that the other end hears of
 * @returns {Promise<unknown>} done when all are replaced
 */
export function feed({ connection, senders: all }, stream, carrier) {
  const replacements = [];
  for (const kind of ['audio', 'video']) {
    const tracks = stream?.getTracks().filter((track) => track.kind === kind) ?? [];
    const senders = all.get(kind) ?? [];
    all.set(kind, senders);
    replacements.push(...senders.map((sender, index) => sender.replaceTrack(tracks[index] ?? null)));
    for (const track of tracks.slice(senders.length)) {
      senders.push(/** @type {RTCPeerConnection} */ (connection).addTrack(track, carrier));
    }
  }
  return Promise.all(replacements);
}
