/**
 * The URLs of ICE servers (RFC 7064, RFC 7065).
 *
 * @module
 */

const ICE_URL = /^(stuns?|turns?):(\[[^\]]*\]|[^:?]+)(?::(\d+))?(?:\?transport=(\w+))?$/;

/**
 * The URLs of some servers, each by itself.
 *
 * @param {readonly RTCIceServer[]} servers
 * @returns {string[]}
 */
export function urlsOf(servers) {
  return servers.flatMap(({ urls }) => urls);
}

/** @param {string} url */
export function isTurn(url) {
  return /^turns?:/i.test(url);
}

/**
 * The same for all ways to write the same URL: browsers fill in or leave out what is the default (RFC 7065, 3.1).
 *
 * @param {string} url
 */
export function plainUrl(url) {
  const written = url.toLowerCase();
  const [, scheme = '', host = '', port, transport] = ICE_URL.exec(written) ?? [];
  if (scheme === '') {
    return written;
  }
  const isSecure = scheme.endsWith('s');
  return `${scheme}:${host}:${port ?? (isSecure ? 5349 : 3478)}?${transport ?? (isSecure ? 'tcp' : 'udp')}`;
}
