/**
 * Streams to everybody who watches:
 *
 * ```js
 * const stream = await navigator.mediaDevices.getUserMedia({ video: true, audio: true });
 * const streamer = new Streamer(new Channel('stream-video'), { stream });
 * streamer.onviewerstate = ({ peer, state, reason }) => console.log(peer, state, reason);
 * ```
 *
 * @module
 */

import { Audience } from './audience.js';
import { defineHandlers } from './handlers.js';
import { isNegotiation } from './negotiation.js';
import { Part } from './part.js';
import { feed } from './watcher.js';

export { Watcher } from './watcher.js';

/** A viewer that says it waits, so soon after its connection was offered, has not got the offer yet. */
const OFFER_UNDER_WAY = 2_000;

/** @typedef {'connecting' | 'ready' | 'live' | 'reconnecting' | 'ended' | 'failed' | 'closed'} StreamerState */

/**
 * The one who streams. It joins the channel as `streamer` and has one RTCPeerConnection for each `viewer` in it, whenever
 * that arrives: made then, closed when it leaves, mended in between. When the server is lost, running video goes on.
 *
 * Events: `viewerjoin` and `viewerleave` (PeerEvent), `viewerstate` (ViewerStateEvent), `statechange`
 * (StateEvent), `handshake` (HandshakeEvent), `error` (FailureEvent).
 */
export class Streamer extends EventTarget {
  /** @type {Part<StreamerState>} */ #part;
  /** @type {MediaStream | null} */ #stream;
  /** The stream that viewers hear of: its tracks may be replaced by those of others. @type {MediaStream | null} */ #carrier;
  /** @type {Audience} */ #audience;
  #hasEnded = false;

  /**
   * @param {import('./channel.js').Channel} channel one that is not joined yet, or was given the role `streamer`
   * @param {object} [options]
   * @param {MediaStream | null} [options.stream] what to show; may come later, by {@link replaceStream}
   * @param {RTCConfiguration} [options.rtc] for each RTCPeerConnection; ICE servers in it stand in place of the signal server's
   * @param {RTCIceTransportPolicy} [options.iceTransportPolicy] `relay` lets media go by TURN servers alone
   * @param {number} [options.connectTimeout] in milliseconds, after which a viewer's state is `failed`
   * @param {typeof RTCPeerConnection} [options.RTCPeerConnection] the class to use, the platform's if not said
   * @throws {TypeError} without a channel, or if an option is none
   * @throws {DOMException} `InvalidStateError` if the channel is closed, or joined as something else
   */
  constructor(channel, { stream = null, ...options } = {}) {
    super();
    this.#stream = this.#carrier = stream === null ? null : checked(stream);
    this.#part = new Part(this, channel, 'streamer', 'connecting', options);
    this.#audience = new Audience(this, this.#part, (watcher) => this.#connect(watcher));
    this.#part.start({
      joined: ({ fresh }) => this.#enter(fresh),
      resumed: () => this.#signalingIsBack(false),
      peerjoin: ({ peer, role, meta }) => role === 'viewer' && this.#audience.arrive(peer, meta),
      peerleave: ({ peer, reason }) => this.#audience.remove(peer, reason),
      message: ({ data, from }) => this.#hear(from, data),
      statechange: ({ state, reason }) => this.#follow(state, reason),
    });
  }

  /** The channel that it streams in. */
  get channel() {
    return this.#part.channel;
  }

  /** What is shown, null if nothing is. */
  get stream() {
    return this.#stream;
  }

  /**
   * `connecting` until the channel is joined, `ready` while there is no stream, `live`, `reconnecting` while the server is
   * away (running video goes on), `ended` after {@link stop} or when the channel was left, `failed` if it was not let in or
   * was put out, `closed`.
   */
  get state() {
    return this.#part.state;
  }

  /** Why it is in that state: an error code or words, often empty. */
  get reason() {
    return this.#part.reason;
  }

  /** Everybody who watches or waits to, by id. @type {ReadonlyMap<string, import('./watcher.js').Watcher>} */
  get viewers() {
    return this.#audience.watchers;
  }

  /**
   * Shows something else from now on, such as the screen in place of the camera, or begins to, also after {@link stop}. A
   * track takes the place of one of its kind without a new offer; only a kind that was not there before needs one. The old
   * stream's tracks are not stopped.
   *
   * @param {MediaStream} stream
   * @returns {Promise<void>} done when all viewers get it
   * @throws {TypeError} if it is no stream
   */
  async replaceStream(stream) {
    this.#part.mustNotHaveEnded();
    this.#stream = checked(stream);
    this.#carrier ??= stream;
    this.#hasEnded = false;
    this.#show();
    await Promise.all([...this.viewers.values()].map((watcher) => this.#update(watcher)));
  }

  /** Shows nothing any more and tells the viewers so. Its tracks are not stopped, and the channel is not left. */
  stop() {
    this.#part.mustNotHaveEnded();
    this.#finish();
    this.#hasEnded = true;
    this.#show();
  }

  /** Ends it for good. The channel goes on: close it too if it is not needed. */
  close() {
    if (!this.#part.hasEnded) {
      this.#part.end();
      this.#finish();
      this.#shut('');
    }
  }

  /** @param {boolean} fresh */
  #enter(fresh) {
    this.#audience.enter();
    this.#show();
    if (fresh) {
      this.#signalingIsBack(true);
    }
  }

  /** @param {boolean} mayBeLost */
  #signalingIsBack(mayBeLost) {
    this.viewers.forEach(({ negotiation }) => negotiation?.signalingIsBack({ mayBeLost }));
  }

  /**
   * Starts afresh with one viewer.
   *
   * @param {import('./watcher.js').Watcher} watcher
   */
  #connect(watcher) {
    watcher.hangUp();
    if (this.#stream === null || this.viewers.get(watcher.peer) !== watcher) {
      return; // offered when there is a stream, unless a listener has closed
    }
    const negotiation = this.#part.negotiate({ peer: watcher.peer, polite: false });
    if (negotiation === null) {
      return; // the viewer will remind
    }
    watcher.negotiation = negotiation;
    watcher.since = Date.now();
    negotiation.addEventListener('statechange', () => this.#changed(negotiation));
    negotiation.addEventListener('exhausted', () => this.#renew(negotiation));
    feed(watcher, this.#stream, /** @type {MediaStream} */ (this.#carrier));
  }

  /** @param {import('./negotiation.js').Negotiation} negotiation */
  #changed(negotiation) {
    const watcher = this.viewers.get(negotiation.peer);
    if (watcher?.negotiation !== negotiation) {
      return;
    }
    this.#audience.tell(watcher);
    if (!negotiation.isAlive && this.channel.state === 'open' && !this.channel.peers.has(watcher.peer)) {
      this.#audience.remove(watcher.peer, 'timed-out');
    }
  }

  /** @param {import('./negotiation.js').Negotiation} negotiation */
  #renew(negotiation) {
    const watcher = this.viewers.get(negotiation.peer);
    if (watcher?.negotiation === negotiation) {
      this.#connect(watcher);
      this.#audience.tell(watcher);
    }
  }

  /**
   * Sees to it that a viewer gets the tracks of the present stream.
   *
   * @param {import('./watcher.js').Watcher} watcher
   */
  async #update(watcher) {
    if (watcher.negotiation === null) {
      this.#connect(watcher);
      this.#audience.tell(watcher);
    } else {
      await feed(watcher, this.#stream, /** @type {MediaStream} */ (this.#carrier));
    }
  }

  /**
   * @param {string} from
   * @param {any} data
   */
  #hear(from, data) {
    const watcher = this.viewers.get(from);
    if (watcher === undefined) {
      return;
    }
    if (isNegotiation(data)) {
      watcher.negotiation?.receive(data);
    } else if (data?.type === 'ready') {
      this.#part.heard(data, from);
      if (Date.now() - watcher.since >= OFFER_UNDER_WAY) {
        this.#connect(watcher);
        this.#audience.tell(watcher);
      }
    }
  }

  #finish() {
    for (const watcher of this.viewers.values()) {
      if (watcher.negotiation === null) {
        continue;
      }
      if (this.channel.state !== 'idle' && this.channel.state !== 'closed') {
        this.#part.say({ type: 'stream-ended', attempt: watcher.negotiation.attempt }, watcher.peer);
      }
      watcher.hangUp();
      this.#audience.tell(watcher);
    }
    this.#stream = this.#carrier = null;
  }

  /**
   * @param {string} state
   * @param {string} reason
   */
  #follow(state, reason) {
    if (state === 'closed') {
      this.#shut(reason);
    } else if (state === 'idle') {
      [...this.viewers.keys()].forEach((peer) => this.#audience.remove(peer, 'left'));
      this.#part.become(reason === 'left' ? 'ended' : 'failed', reason);
    } else {
      this.#show(reason);
    }
  }

  /** @param {string} reason */
  #shut(reason) {
    this.#part.end();
    this.#audience.close();
    this.#part.become('closed', reason);
  }

  #show(reason = '') {
    const channelState = this.channel.state;
    if (channelState === 'idle') {
      return;
    }
    if (this.#hasEnded) {
      this.#part.become('ended');
    } else if (channelState === 'open') {
      this.#part.become(this.#stream === null ? 'ready' : 'live');
    } else {
      this.#part.become(channelState === 'reconnecting' ? 'reconnecting' : 'connecting', reason);
    }
  }
}

defineHandlers(Streamer, 'viewerjoin', 'viewerleave', 'viewerstate', 'handshake', 'statechange', 'error');

/** @param {any} stream */
function checked(stream) {
  if (typeof stream?.getTracks !== 'function') {
    throw new TypeError('A streamer shows a MediaStream');
  }
  return stream;
}
