// This page as the one that streams.

import { Streamer } from '/signaling/streamer.js';
import { Member } from './member.js';

export class Streaming extends Member {
  #streamer;
  #stream;

  constructor({ stream, iceTransportPolicy, ...options }) {
    super({ ...options, role: 'streamer' });
    this.#stream = stream;
    this.#streamer = new Streamer(this.channel, { stream, iceTransportPolicy });
    this.noteHandshakeOf(this.#streamer);
    this.#streamer.addEventListener('viewerstate', ({ peer, state }) => {
      if (state === 'live') {
        this.noteMedia(this.channel.peer, peer);
      }
      this.changed();
    });
    this.#streamer.addEventListener('viewerjoin', () => this.changed());
    this.#streamer.addEventListener('viewerleave', () => this.changed());
  }

  role = 'streamer';
  state = 'streaming';

  async enter() {
    await this.channel.join();
  }

  get stream() {
    return this.#stream;
  }

  /** How many would like to see the video. */
  get viewers() {
    return this.#streamer.viewers.size;
  }

  /** How many see the video now. */
  get watching() {
    return [...this.#streamer.viewers.values()].filter(({ state }) => state === 'live').length;
  }

  /** Sends another picture to everybody, without a new handshake. */
  async replace(stream) {
    await this.#streamer.replaceStream(stream);
    const before = this.#stream;
    this.#stream = stream;
    stopTracks(before);
  }

  /** How one in the room is doing. */
  about(peer) {
    if (peer === this.channel.peer) {
      return { state: 'streaming' };
    }
    const { state, reason, connection } = this.#streamer.viewers.get(peer) ?? {};
    return { state: state ?? 'waiting', reason, connection: connection ?? undefined };
  }

  leave() {
    if (this.#streamer.state !== 'closed') {
      this.#streamer.stop(); // which tells the viewers
      this.#streamer.close();
    }
    stopTracks(this.#stream);
    super.leave();
  }
}

export function stopTracks(stream) {
  stream?.getTracks().forEach((track) => track.stop());
}
