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

/**
 * Asks over http.
 *
 * @param {string | URL} [url] where the server tells of them
 * @param {{ accessToken?: import('./access.js').Source<string> }} [options] `accessToken`: what lets the page in, if the server
 *     asks for that; goes along in the header `Authorization`
 * @returns {Promise<RTCIceServer[]>} none if the server has none; rejected with an Error in words if it says no
 */
export async function iceServers(url = '/signal/ice-servers', { accessToken = '' } = {}) {
  const token = typeof accessToken === 'function' ? await accessToken() : accessToken;
  const headers = token === '' ? {} : { Authorization: `Bearer ${token}` };
  // As the WebSocket does, it shows the cookies of another host, too.
  const response = await fetch(url, { headers, cache: 'no-store', credentials: 'include' });
  if (response.status === 404) {
    return [];
  }
  if (!response.ok) {
    throw new Error(`The server does not tell of ICE servers: ${response.status} ${(await response.text()).trim()}`.trim());
  }
  const told = (await response.json())?.iceServers;
  if (!Array.isArray(told)) {
    throw new Error(`What ${response.url || url} tells is no list of ICE servers`);
  }
  return told.filter(isServer);
}
