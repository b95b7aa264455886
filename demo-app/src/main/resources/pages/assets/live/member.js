// What streaming and watching have in common: this page as a member of the room's channel.

import { Channel } from '/signaling/channel.js';
import { ME, SERVER } from './handshake.js';
import { nameOf } from './people.js';

/** A room is a channel whose name begins so: the server keeps those to one streamer. */
const PREFIX = 'live-';

export class Member {
  #handshake;
  #streamerName = '';
  #closed = new AbortController();

  /**
   * @param room its name
   * @param role `streamer` or `viewer`
   * @param name what the person wants to be called, may be empty
   * @param handshake where what is said is noted
   * @param changed called after every change
   */
  constructor({ room, role, name, handshake, changed }) {
    this.#handshake = handshake;
    this.changed = changed;
    const meta = name === '' ? {} : { name };
    this.channel = new Channel(PREFIX + room, { role, meta, signal: this.#closed.signal });
    this.#on('statechange', ({ state, reason }) => {
      if (state === 'reconnecting') {
        this.#note(SERVER, ME, reason ? `lost: ${reason}` : 'lost');
      }
    });
    this.#on('joined', () => {
      this.#note(ME, SERVER, `join as ${role}`);
      this.#note(SERVER, ME, `joined, ${this.channel.peers.size} others here`);
    });
    this.#on('resumed', () => this.#note(SERVER, ME, 'resumed'));
    this.#on('peerjoin', ({ peer, role: part }) => this.#note(SERVER, ME, `${this.#who(peer).label} joins as ${part}`));
    this.#on('peerleave', ({ peer, meta: about, reason }) =>
      this.#note(SERVER, ME, `${nameOf(peer, about)} leaves: ${reason}`),
    );
  }

  /** Who else is in the room and streams, if anybody does. */
  get streamer() {
    return [...this.channel.peers].find(([, { role }]) => role === 'streamer');
  }

  /** How the streamer is called, or the last one was; empty if there was none. */
  get streamerName() {
    if (this.streamer !== undefined) {
      this.#streamerName = nameOf(this.streamer[0], this.streamer[1].meta);
    }
    return this.#streamerName;
  }

  /** Notes what passes between the two ends of a connection. */
  noteHandshakeOf(end) {
    end.addEventListener('handshake', ({ from, to, what, at }) =>
      this.#handshake.add({ kind: 'signal', from: this.#who(from), to: this.#who(to), what, at }),
    );
  }

  /** Notes that video flows from or to a peer. */
  noteMedia(from, to) {
    this.#handshake.add({ kind: 'media', from: this.#who(from), to: this.#who(to), what: 'video flows' });
  }

  leave() {
    this.#closed.abort();
  }

  #on(type, listener) {
    this.channel.addEventListener(type, (event) => {
      listener(event);
      this.changed();
    });
  }

  #note(from, to, what) {
    this.#handshake.add({ kind: 'server', from, to, what });
  }

  #who(peer) {
    if (peer === this.channel.peer) {
      return ME;
    }
    return { key: peer, label: nameOf(peer, this.channel.peers.get(peer)?.meta) };
  }
}
