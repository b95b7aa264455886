/**
 * The ICE servers of a signal server, for pages that have no `Channel`:
 *
 * ```js
 * const connection = new RTCPeerConnection({ iceServers: await iceServers() });
 * ```
 *
 * @module
 */

import { isServer } from './ice-supply.js';

/** What a server answers that has none. One where nobody answers this question may have some all the same. */
const NONE = 'no-ice-servers';
/** Of an answer that is not for this page, such as another server's page of errors. */
const MOST_WORDS = 100;

/**
 * Asks over http.
 *
 * @param {string | URL} [url] where the server tells of them
 * @param {{ accessToken?: import('./access.js').Source<string>, timeout?: number }} [options] `accessToken`: what lets the page
 *     in, if the server asks for that; goes along in the header `Authorization`. `timeout`: how many milliseconds the server may
 *     take
 * @returns {Promise<RTCIceServer[]>} none if the server has none; rejected with an Error in words if it says no
 */
export async function iceServers(url = '/signal/ice-servers', { accessToken = '', timeout = 5_000 } = {}) {
  const token = typeof accessToken === 'function' ? await accessToken() : accessToken;
  const headers = token === '' ? {} : { Authorization: `Bearer ${token}` };
  // As the WebSocket does, it shows the cookies of another host, too.
  const signal = AbortSignal.timeout(timeout); // of the answer's body, too
  try {
    return await serversIn(await fetch(url, { headers, cache: 'no-store', credentials: 'include', signal }), url);
  } catch (error) {
    throw signal.aborted ? new Error(`The server did not answer within ${timeout / 1_000} s`) : error;
  }
}

/**
 * @param {Response} response
 * @param {string | URL} url
 * @returns {Promise<RTCIceServer[]>}
 */
async function serversIn(response, url) {
  if (!response.ok) {
    const words = (await response.text()).trim();
    if (response.status === 404 && words === NONE) {
      return [];
    }
    throw new Error(`The server does not tell of ICE servers: ${response.status} ${words.slice(0, MOST_WORDS)}`.trim());
  }
  const told = (await response.json())?.iceServers;
  if (!Array.isArray(told)) {
    throw new Error(`What ${response.url || url} tells is no list of ICE servers`);
  }
  return told.filter(isServer);
}
