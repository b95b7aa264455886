/**
 * What everything here that holds a WebSocket has in common: where the server is, when to come back to it, and what the
 * page around it knows of the network.
 *
 * @module
 */

/**
 * Whether a close code (RFC 6455, 7.4) means that the server does not want to be asked again.
 *
 * @param {number} code
 */
export function isFinal(code) {
  return code === 1000 || code === 1008 || (code >= 4500 && code <= 4999);
}

/**
 * A wait before a new try: random, so that not all come back at once, and longer with every try that failed (exponential
 * backoff with full jitter).
 *
 * @param {number} tries how many failed before
 * @param {{ first: number, growth: number, longest: number }} bounds in milliseconds: the upper end of the first wait, by
 *     what it grows with each try, and what it is never above
 */
export function backoff(tries, { first, growth, longest }) {
  return Math.random() * Math.min(longest, first * growth ** tries);
}

/**
 * A server's address as a WebSocket wants it.
 *
 * @param {string | URL} url may be relative to the page; `http:` and `https:` are taken for `ws:` and `wss:`
 * @throws {DOMException} `SyntaxError` if there is no such address, or it is relative and there is no page to be relative to
 */
export function socketAddress(url) {
  const page = globalThis.location?.href;
  let address;
  try {
    address = new URL(url, page);
  } catch {
    const why = page === undefined ? 'outside of a page the whole address is needed, such as wss://host/signal' : `on ${page}`;
    throw new DOMException(`"${url}" is no address of a signal server: ${why}`, 'SyntaxError');
  }
  address.protocol = address.protocol.replace(/^http/, 'ws');
  address.hash = '';
  if (!/^wss?:$/.test(address.protocol)) {
    throw new DOMException(`"${address}" is no address of a signal server: it must be ws:, wss:, http: or https:`, 'SyntaxError');
  }
  return address.href;
}

/** Whether a person can see the page; outside of browsers there is none, and so nothing that slows its timers down. */
export function isVisible() {
  return globalThis.document === undefined || document.visibilityState === 'visible';
}

/**
 * Tells when a page is shown or hidden, and when its network comes back. (Firefox tells the latter seldom.)
 *
 * @param {{ shown?: () => void, hidden?: () => void, online: () => void }} told
 * @param {AbortSignal} signal ends it
 */
export function watchPage({ shown, hidden, online }, signal) {
  globalThis.document?.addEventListener('visibilitychange', () => (isVisible() ? shown?.() : hidden?.()), { signal });
  globalThis.addEventListener?.('online', online, { signal });
}
