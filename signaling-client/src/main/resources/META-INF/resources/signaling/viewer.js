/**
 * Shows what a streamer streams:
 *
 * ```js
 * const viewer = new Viewer(new Channel('stream-video'));
 * viewer.onstream = ({ stream }) => (document.querySelector('video').srcObject = stream);
 * viewer.onstatechange = ({ state, reason }) => console.log(state, reason);
 * ```
 *
 * @module
 */

import { StreamEvent } from './events.js';
import { defineHandlers } from './handlers.js';
import { isNegotiation } from './negotiation.js';
import { Part } from './part.js';

/** A streamer that is there and offers nothing is asked to, and later less often, in milliseconds. */
const FIRST_REMINDER = 5_000;
const REMINDER_GROWTH = 1.5;
const LONGEST_REMINDER = 30_000;
/** From when on a connection that is cut off is given up rather than mended, in milliseconds. */
const LONG_SILENCE = 15_000;

/** @typedef {'waiting' | 'connecting' | 'live' | 'reconnecting' | 'ended' | 'failed' | 'closed'} ViewerState */

/**
 * One who watches. It joins the channel as `viewer`, answers what the `streamer` in it offers, and starts afresh with
 * whoever streams next, without anybody's touch. When the server is lost, running video goes on.
 *
 * Events: `stream` ({@link StreamEvent}) when there is something else to show; `statechange` (StateEvent),
 * `handshake` (HandshakeEvent), `error` (FailureEvent).
 */
export class Viewer extends EventTarget {
  /** @type {Part<ViewerState>} */ #part;
  /** Who streams, empty if nobody does. */
  #streamer = '';
  /** By what it is known again, under whatever id. @type {unknown} */ #key;
  /** @type {import('./negotiation.js').Negotiation | null} */ #negotiation = null;
  /** @type {MediaStream | null} */ #stream = null;
  #reminders = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #reminder;

  /**
   * @param {import('./channel.js').Channel} channel one that is not joined yet, or was given the role `viewer`
   * @param {object} [options]
   * @param {RTCConfiguration} [options.rtc] for each RTCPeerConnection; ICE servers in it stand in place of the signal server's
   * @param {RTCIceTransportPolicy} [options.iceTransportPolicy] `relay` lets media go by TURN servers alone
   * @param {number} [options.connectTimeout] in milliseconds, after which the state is `failed`
   * @param {typeof RTCPeerConnection} [options.RTCPeerConnection] the class to use, the platform's if not said
   * @throws {TypeError} without a channel, or if an option is none
   * @throws {DOMException} `InvalidStateError` if the channel is closed, or joined as something else
   */
  constructor(channel, options = {}) {
    super();
    this.#part = new Part(this, channel, 'viewer', 'waiting', options);
    this.#part.start({
      joined: ({ fresh }) => this.#enter(fresh),
      resumed: () => this.#mend(),
      peerjoin: ({ peer, role, meta }) => role === 'streamer' && this.#arrive(peer, meta),
      peerleave: ({ peer }) => peer === this.#streamer && this.#lose(),
      message: ({ data, from }) => from === this.#streamer && this.#hear(data),
      statechange: ({ state, reason }) => this.#follow(state, reason),
    });
  }

  /** The channel that it watches. */
  get channel() {
    return this.#part.channel;
  }

  /** What there is to show, null if there is nothing. */
  get stream() {
    return this.#stream;
  }

  /** The RTCPeerConnection, null if there is none. */
  get connection() {
    return this.#negotiation?.connection ?? null;
  }

  /** Who streams, by its id in the channel; empty if nobody does. */
  get streamer() {
    return this.#streamer;
  }

  /**
   * `waiting` for a streamer or its offer, `connecting`, `live`, `reconnecting` while the connection is mended, `ended` when
   * the streamer has said so or the channel was left, `failed` with a reason in words (it is tried again all the same) or, if
   * it was not let in or was put out, with an error code (only {@link retry} tries again), `closed` for good.
   */
  get state() {
    return this.#part.state;
  }

  /** Why it is in that state: an error code or words, often empty. */
  get reason() {
    return this.#part.reason;
  }

  /** Starts afresh at once, for a person who does not want to wait. */
  retry() {
    this.#part.mustNotHaveEnded();
    if (this.channel.state === 'idle') {
      this.#part.join();
      this.#part.become('waiting');
      return;
    }
    this.#hangUp('waiting');
    if (this.#streamer !== '') {
      this.#remind();
    }
  }

  /** Ends it for good. The channel goes on: close it too if it is not needed. */
  close() {
    if (!this.#part.hasEnded) {
      this.#part.end();
      this.#hangUp('closed');
    }
  }

  /**
   * The socket is back, and what was missed comes next. After a long time that is offers which nobody waits for any more,
   * and ICE at either end has given up some of them: a new connection is there sooner.
   */
  #mend() {
    if ((this.#negotiation?.silence ?? 0) > LONG_SILENCE) {
      this.retry();
    } else {
      this.#negotiation?.signalingIsBack({ mayBeLost: false });
    }
  }

  /** @param {boolean} fresh */
  #enter(fresh) {
    this.#streamer = '';
    if (this.state === 'failed' && this.#negotiation === null) {
      this.#part.become('waiting');
    }
    const streamers = this.#streamers();
    const same = streamers.find(([, { meta }]) => this.#key !== undefined && meta?.['key'] === this.#key);
    const [peer, info] = same ?? streamers[0] ?? [];
    if (peer !== undefined) {
      this.#arrive(peer, info?.meta);
    } else if (!this.#negotiation?.isAlive) {
      this.#hangUp('waiting');
    }
    if (fresh) {
      this.#negotiation?.signalingIsBack({ mayBeLost: true });
    }
  }

  #streamers() {
    return [...this.channel.peers].filter(([, { role }]) => role === 'streamer');
  }

  /**
   * @param {string} peer
   * @param {any} meta
   */
  #arrive(peer, meta) {
    if (this.#streamer !== '' || this.#part.hasEnded) {
      return; // one is enough
    }
    const isSame = this.#key !== undefined && meta?.key === this.#key;
    this.#streamer = peer;
    this.#key = meta?.key;
    if (isSame && this.#negotiation !== null) {
      this.#negotiation.rename(this.channel.peer, peer);
    } else {
      this.#hangUp('waiting');
      this.#expectOffer();
    }
  }

  /** The streamer is gone. If there is another one, that has offered its stream before and has to be asked. */
  #lose() {
    this.#streamer = '';
    this.#key = undefined;
    this.#hangUp('waiting');
    const [next] = this.#streamers();
    if (next !== undefined) {
      this.#arrive(next[0], next[1].meta);
      this.#remind();
    }
  }

  /** @param {any} data */
  #hear(data) {
    if (data?.type === 'stream-ended') {
      this.#part.heard(data, this.#streamer);
      if (data.attempt === undefined || data.attempt === this.#negotiation?.attempt) {
        this.#hangUp('ended');
      }
    } else if (isNegotiation(data)) {
      if (data.type === 'offer' && typeof data.attempt === 'string' && data.attempt !== this.#negotiation?.attempt) {
        this.#answer(data.attempt);
      }
      this.#negotiation?.receive(data);
    }
  }

  /**
   * Starts afresh with what the streamer offers.
   *
   * @param {string} attempt
   */
  #answer(attempt) {
    this.#negotiation?.close();
    clearTimeout(this.#reminder);
    const canSignal = () => this.channel.state === 'open' && this.#streamer !== '';
    const negotiation = this.#part.negotiate({ peer: this.#streamer, polite: true, attempt, canSignal });
    if (negotiation === null) {
      this.#hangUp('waiting');
      this.#expectOffer();
      return;
    }
    this.#negotiation = negotiation;
    negotiation.addEventListener('statechange', () => this.#changed(negotiation));
    negotiation.addEventListener('track', (event) => this.#show(negotiation, /** @type {RTCTrackEvent} */ (event)));
    negotiation.addEventListener('exhausted', () => negotiation === this.#negotiation && this.retry());
    this.#part.become('connecting');
  }

  /** @param {import('./negotiation.js').Negotiation} negotiation */
  #changed(negotiation) {
    if (negotiation !== this.#negotiation || negotiation.state === 'closed') {
      return;
    }
    if (!negotiation.isAlive && this.#streamer === '' && this.channel.state === 'open') {
      this.#hangUp('waiting'); // the streamer has not come back since the server forgot it
      return;
    }
    this.#part.become(negotiation.state, negotiation.reason);
  }

  /**
   * @param {import('./negotiation.js').Negotiation} negotiation
   * @param {RTCTrackEvent} event
   */
  #show(negotiation, { track, streams }) {
    const stream = streams[0] ?? new MediaStream([track]);
    if (negotiation === this.#negotiation && stream !== this.#stream) {
      this.#stream = stream;
      this.dispatchEvent(new StreamEvent(stream));
    }
  }

  #expectOffer() {
    clearTimeout(this.#reminder);
    if (this.#streamer === '' || this.#part.hasEnded) {
      return;
    }
    const delay = Math.min(LONGEST_REMINDER, FIRST_REMINDER * REMINDER_GROWTH ** this.#reminders);
    this.#reminder = setTimeout(() => this.#remind(), delay);
  }

  #remind() {
    if (this.#streamer !== '' && this.#negotiation === null && this.channel.state === 'open') {
      this.#part.say({ type: 'ready' }, this.#streamer);
    }
    this.#reminders++;
    this.#expectOffer();
  }

  /**
   * @param {ViewerState} state
   * @param {string} [reason]
   */
  #hangUp(state, reason) {
    clearTimeout(this.#reminder);
    this.#reminders = 0;
    const negotiation = this.#negotiation;
    this.#negotiation = null;
    negotiation?.close();
    if (this.#stream !== null) {
      this.#stream = null;
      this.dispatchEvent(new StreamEvent(null));
    }
    this.#part.become(state, reason);
  }

  /**
   * @param {string} state
   * @param {string} reason
   */
  #follow(state, reason) {
    if (state === 'closed') {
      this.#part.end();
      this.#hangUp('closed', reason);
    } else if (state === 'idle') {
      this.#streamer = '';
      this.#key = undefined;
      this.#hangUp(reason === 'left' ? 'ended' : 'failed', reason);
    }
  }
}

defineHandlers(Viewer, 'stream', 'statechange', 'handshake', 'error');
