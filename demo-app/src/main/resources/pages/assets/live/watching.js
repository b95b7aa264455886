// This page as a viewer.

import { Viewer } from '/signaling/viewer.js';
import { Member } from './member.js';

export class Watching extends Member {
  #viewer;

  constructor({ iceTransportPolicy, ...options }) {
    super({ ...options, role: 'viewer' });
    this.#viewer = new Viewer(this.channel, { iceTransportPolicy });
    this.noteHandshakeOf(this.#viewer);
    this.#viewer.addEventListener('stream', () => this.changed());
    this.#viewer.addEventListener('statechange', ({ state }) => {
      if (state === 'live' && this.streamer !== undefined) {
        this.noteMedia(this.streamer[0], this.channel.peer);
      }
      this.changed();
    });
  }

  role = 'viewer';

  async enter() {
    await this.channel.join();
  }

  get stream() {
    return this.#viewer.stream;
  }

  /** Why the video does not come, in words, if it does not. */
  get reason() {
    return this.#viewer.reason;
  }

  /** Whether somebody streams here, as far as can be told while the server is away. */
  get hasStreamer() {
    return this.streamer !== undefined || ['live', 'reconnecting'].includes(this.state);
  }

  get state() {
    return this.#viewer.state;
  }

  /** How one in the room is doing, as far as this page knows. */
  about(peer, role) {
    if (peer === this.channel.peer) {
      return { state: this.state, connection: this.#viewer.connection ?? undefined };
    }
    return { state: role === 'streamer' ? 'streaming' : undefined };
  }

  leave() {
    this.#viewer.close();
    super.leave();
  }
}
