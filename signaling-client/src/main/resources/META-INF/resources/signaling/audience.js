/**
 * Who watches a streamer: who comes, goes, and comes back under another id.
 *
 * @module
 */

import { PeerEvent, ViewerStateEvent } from './events.js';
import { Watcher } from './watcher.js';

/** The watchers of one streamer, as the channel tells of them. It dispatches the streamer's events about them. */
export class Audience {
  /** @type {EventTarget} */ #self;
  /** @type {import('./part.js').Part<any>} */ #part;
  /** @type {(watcher: Watcher) => void} */ #connect;
  /** @type {Map<string, Watcher>} */ #watchers = new Map();

  /**
   * @param {EventTarget} self the streamer
   * @param {import('./part.js').Part<any>} part
   * @param {(watcher: Watcher) => void} connect gives one a new connection
   */
  constructor(self, part, connect) {
    this.#self = self;
    this.#part = part;
    this.#connect = connect;
  }

  /** All of them, by id. */
  get watchers() {
    return this.#watchers;
  }

  /** The channel's list is a new one. */
  enter() {
    const { peers } = this.#part.channel;
    for (const [peer, { role, meta }] of peers) {
      if (role === 'viewer') {
        this.arrive(peer, meta);
      }
    }
    for (const [peer, watcher] of this.#watchers) {
      // Those whose video runs are likely to come back under another id; they are waited for as long as it does.
      if (!peers.has(peer) && !watcher.negotiation?.isAlive) {
        this.remove(peer, 'timed-out');
      }
    }
  }

  /**
   * @param {string} peer
   * @param {Record<string, any>} meta
   */
  arrive(peer, meta) {
    if (this.#part.hasEnded) {
      return; // by a listener
    }
    const before = this.#watchers.get(peer) ?? this.#lostOne(meta?.['key']);
    if (before === undefined) {
      this.#add(new Watcher(peer, meta), '');
    } else if (before.peer === peer) {
      this.#connect(before); // it saw this peer leave, and closed its end
    } else {
      this.#rename(before, peer, meta);
    }
  }

  /**
   * @param {string} peer
   * @param {string} reason
   */
  remove(peer, reason) {
    const watcher = this.#watchers.get(peer);
    if (watcher !== undefined) {
      this.#watchers.delete(peer);
      watcher.negotiation?.close();
      this.#self.dispatchEvent(new PeerEvent('viewerleave', { peer, role: 'viewer', meta: watcher.meta, reason }));
    }
  }

  /**
   * Tells how one does.
   *
   * @param {Watcher} watcher
   */
  tell({ peer, state, reason }) {
    this.#self.dispatchEvent(new ViewerStateEvent(peer, state, reason));
  }

  /** Closes all connections. */
  close() {
    this.#watchers.forEach(({ negotiation }) => negotiation?.close());
    this.#watchers.clear();
  }

  /**
   * One that was here before under an id that is in the channel no longer.
   *
   * @param {unknown} key
   */
  #lostOne(key) {
    const { peers } = this.#part.channel;
    const isLost = (/** @type {Watcher} */ { peer, meta }) => meta?.['key'] === key && !peers.has(peer);
    return key === undefined ? undefined : [...this.#watchers.values()].find(isLost);
  }

  /**
   * @param {Watcher} watcher
   * @param {string} peer
   * @param {Record<string, any>} meta
   */
  #rename(watcher, peer, meta) {
    const was = watcher.peer;
    const renamed = new Watcher(peer, meta);
    if (watcher.negotiation?.isAlive) {
      Object.assign(renamed, { negotiation: watcher.negotiation, senders: watcher.senders, since: watcher.since });
      renamed.negotiation?.rename(this.#part.channel.peer, peer);
      watcher.negotiation = null;
    }
    this.remove(was, 'renamed');
    this.#add(renamed, was);
  }

  /**
   * @param {Watcher} watcher
   * @param {string} was
   */
  #add(watcher, was) {
    const { peer, meta } = watcher;
    this.#watchers.set(peer, watcher);
    this.#self.dispatchEvent(new PeerEvent('viewerjoin', { peer, role: 'viewer', meta, was }));
    if (watcher.negotiation === null) {
      this.#connect(watcher);
    }
    this.tell(watcher);
  }
}
