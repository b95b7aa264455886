/**
 * How an RTCPeerConnection does with its ICE servers.
 *
 * @module
 */

import { isRefusal, worstWords } from './ice-errors.js';
import { isTurn, plainUrl, urlsOf } from './ice-urls.js';
import { Timers } from './timers.js';

/**
 * So long after a generation began its errors are nobody's business, in milliseconds: most connections find a way without a TURN
 * server by then.
 */
const GRACE = 4_000;
/**
 * TURN servers that have not answered by then, whatever was tried, are told of. Browsers wait longer: Firefox for 11 to 13 s,
 * Chromium for 40 s, over TCP for minutes; and either is silent about some of those that it cannot reach.
 */
const PATIENCE = 8_000;
/** Other servers in place of refused ones are used at once, but so long the connection may do without, and not too often. */
const RENEWAL = 2_000;
const RENEWAL_PAUSE = 8_000;

/**
 * @typedef {object} Told
 * @property {(url: string, used: readonly RTCIceServer[]) => void} refused a server did not take the credential it was given
 * @property {() => void} changed the {@link IceWatch.words} are other ones
 * @property {() => void} renew there are other servers in place of refused ones, and only a restart of ICE uses them
 */

/**
 * Listens to what one RTCPeerConnection tells of its ICE servers. It matters only while there is no way to the other end, and
 * only if no TURN server has given it a candidate of the present generation, which is what begins with every restart of ICE.
 */
export class IceWatch {
  /** @type {RTCPeerConnection} */ #connection;
  /** @type {() => RTCConfiguration} */ #configuration;
  /** @type {Told} */ #told;
  /** The name of the present generation, empty before the first. */
  #generation = '';
  #began = 0;
  /** Whether its errors count, and whether whatever was tried for so long was in vain. */
  #isRipe = false;
  #isLate = false;
  /** What it began with. @type {readonly RTCIceServer[]} */ #used = [];
  #hasRelay = false;
  /** By the plain URL of the server. @type {Map<string, import('./ice-errors.js').IceError>} */ #errors = new Map();
  #words = '';
  #renewed = -Infinity;
  #timers = new Timers();
  #ended = new AbortController();

  /**
   * @param {RTCPeerConnection} connection
   * @param {() => RTCConfiguration} configuration that of now
   * @param {Told} told
   */
  constructor(connection, configuration, told) {
    this.#connection = connection;
    this.#configuration = configuration;
    this.#told = told;
    const { signal } = this.#ended;
    connection.addEventListener('signalingstatechange', () => this.#begin(), { signal });
    connection.addEventListener('icegatheringstatechange', () => this.look(), { signal });
    connection.addEventListener('icecandidate', ({ candidate }) => this.#hear(candidate), { signal });
    connection.addEventListener('icecandidateerror', (error) => this.#fail(error), { signal });
  }

  /** What keeps the TURN servers from helping, in words; empty if they do, or if nobody needs to know. */
  get words() {
    return this.#words;
  }

  /** Why there may be no way, in words that go on after a colon. */
  get lack() {
    const { iceTransportPolicy } = this.#configuration();
    const turns = this.#turns;
    if (turns.length > 0) {
      return this.#hasRelay
        ? 'a TURN server was there, and did not help either: a firewall may be between'
        : lower(this.#words || this.#worst(turns));
    }
    if (iceTransportPolicy === 'relay') {
      return 'relays alone are allowed, and no TURN server is configured';
    }
    const errors = [...this.#errors.values()];
    const why = errors.length > 0 ? lower(worstWords(errors)) : 'a firewall may be between';
    return `${why}, and no TURN server is configured to help`;
  }

  /** The configuration has other servers: refused ones do not stand in the way any more. */
  replaced() {
    const isRefused = [...this.#errors.values()].some(({ errorCode }) => isRefusal(errorCode));
    const isTime = !this.#timers.has('renewal') && Date.now() - this.#renewed >= RENEWAL_PAUSE;
    if (isRefused && this.#isInNeed && isTime && !this.#ended.signal.aborted) {
      this.#timers.after('renewal', Math.max(0, this.#began + RENEWAL - Date.now()), () => this.#renew());
    }
  }

  /** Looks whether there is something to tell. */
  look() {
    this.#begin();
    if (this.#ended.signal.aborted) {
      return; // by whoever was just told
    }
    const turns = this.#turns;
    if (!this.#isInNeed || turns.length === 0) {
      this.#isLate = false;
      this.#timers.cancel('patience');
      this.#say('');
      return;
    }
    if (!this.#isLate && !this.#timers.has('patience')) {
      this.#timers.after('patience', PATIENCE, () => {
        this.#isLate = true;
        this.look();
      });
    }
    const { iceGatheringState, connectionState } = this.#connection;
    const isThrough =
      iceGatheringState === 'complete' || connectionState === 'failed' || turns.every((url) => this.#errors.has(plainUrl(url)));
    if (this.#isRipe && (isThrough || this.#isLate)) {
      this.#say(this.#worst(turns));
    } // else what was said of the generation before is the latest that is known
  }

  /** Does nothing more. */
  end() {
    this.#ended.abort();
    this.#timers.clear();
  }

  get #isInNeed() {
    return !this.#hasRelay && this.#connection.connectionState !== 'connected';
  }

  get #turns() {
    return urlsOf(this.#configuration().iceServers ?? []).filter(isTurn);
  }

  /** Looks whether there is a new generation; no event says so for each. */
  #begin() {
    const generation = /a=ice-ufrag:([^\s"]+)/.exec(this.#connection.localDescription?.sdp ?? '')?.[1] ?? '';
    if (generation !== this.#generation && !this.#ended.signal.aborted) {
      this.#generation = generation;
      this.#began = Date.now();
      this.#used = this.#configuration().iceServers ?? [];
      this.#hasRelay = false;
      this.#errors.clear();
      this.#isRipe = false;
      this.#timers.cancel('renewal');
      this.#timers.after('grace', GRACE, () => {
        this.#isRipe = true;
        this.look();
      });
      this.look();
    }
  }

  /** @param {RTCIceCandidate | null} candidate */
  #hear(candidate) {
    this.#begin();
    this.#hasRelay ||= candidate?.type === 'relay';
    this.look();
  }

  /** @param {import('./ice-errors.js').IceError} error */
  #fail({ errorCode, errorText = '', url = '' }) {
    this.#begin();
    const plain = plainUrl(url);
    const own = urlsOf(this.#used).find((each) => plainUrl(each) === plain) ?? url; // as it was written
    this.#errors.set(plain, { errorCode, errorText, url: own });
    if (isRefusal(errorCode)) {
      this.#told.refused(url, this.#used);
    }
    this.look();
  }

  /**
   * What is wrong with the TURN servers, those included of which nothing was heard.
   *
   * @param {string[]} turns
   */
  #worst(turns) {
    const silent = turns.filter((url) => !this.#errors.has(plainUrl(url))).map((url) => ({ errorCode: 701, url }));
    return worstWords([...[...this.#errors.values()].filter(({ url = '' }) => isTurn(url)), ...silent]);
  }

  #renew() {
    if (this.#isInNeed) {
      this.#renewed = Date.now();
      this.#told.renew();
    }
  }

  /** @param {string} words */
  #say(words) {
    if (words !== this.#words) {
      this.#words = words;
      this.#told.changed();
    }
  }
}

/** @param {string} words */
function lower(words) {
  return `${words.charAt(0).toLowerCase()}${words.slice(1)}`;
}
