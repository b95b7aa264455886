/**
 * Which ICE servers a browser is given.
 *
 * @module
 */

import { plainUrl } from './ice-urls.js';

/**
 * The ICE servers that a page names itself, as they are; or else those of the signal server. For one TURN server that may have
 * several credentials, such as one by the old secret and one by the new. A browser is given one of them: over UDP it has one port
 * for all, by which a TURN server knows it, and after a wrong credential it gets no answer to the right one.
 */
export class IceChoice {
  /** @type {readonly RTCIceServer[] | undefined} */ #own;
  /** @type {() => readonly RTCIceServer[]} */ #told;
  /** How often one was refused, by the server's URL: that says whose turn it is. @type {Map<string, number>} */
  #refusals = new Map();

  /**
   * @param {readonly RTCIceServer[] | undefined} own what the page names itself
   * @param {() => readonly RTCIceServer[]} told what the signal server names
   */
  constructor(own, told) {
    this.#own = own;
    this.#told = told;
  }

  /** Whether the page names them itself. */
  get isOwn() {
    return this.#own !== undefined;
  }

  /** Those of now. @returns {RTCIceServer[]} */
  get servers() {
    if (this.#own !== undefined) {
      return [...this.#own];
    }
    const told = this.#told();
    return told
      .map((server) => ({ ...server, urls: [server.urls].flat().filter((url) => this.#chosen(told, url) === server) }))
      .filter(({ urls }) => urls.length > 0);
  }

  /**
   * A server did not take the credential that a connection had: the next one's turn has come, if it has not yet.
   *
   * @param {string} url
   * @param {readonly RTCIceServer[]} used
   */
  refused(url, used) {
    const chosen = this.#chosen(this.#told(), url);
    const [tried] = naming(used, url);
    if (chosen !== undefined && chosen.username === tried?.username && chosen.credential === tried?.credential) {
      const key = plainUrl(url);
      this.#refusals.set(key, (this.#refusals.get(key) ?? 0) + 1);
    }
  }

  /**
   * @param {readonly RTCIceServer[]} servers
   * @param {string} url
   */
  #chosen(servers, url) {
    const all = naming(servers, url);
    return all[(this.#refusals.get(plainUrl(url)) ?? 0) % all.length];
  }
}

/**
 * @param {readonly RTCIceServer[]} servers
 * @param {string} url
 */
function naming(servers, url) {
  const plain = plainUrl(url);
  return servers.filter(({ urls }) => [urls].flat().some((each) => plainUrl(each) === plain));
}
