/**
 * What browsers tell of ICE servers (`icecandidateerror`), in words that a person can act on.
 *
 * @module
 */

import { isTurn } from './ice-urls.js';

/** What a TURN server answers that does not take a credential (RFC 8656, 19), and one that has too many users. */
const REFUSALS = new Set([401, 403, 441]);
const FULL = new Set([486, 508]);
/** Not a server's answer, but the browser's word that there was none. */
const UNREACHED = 701;

/** @typedef {{ errorCode: number, errorText?: string, url?: string }} IceError */

/**
 * Whether a server did not take the credential.
 *
 * @param {number} code
 */
export function isRefusal(code) {
  return REFUSALS.has(code);
}

/**
 * What one `icecandidateerror` means.
 *
 * @param {IceError} error
 */
export function iceErrorWords({ errorCode, errorText = '', url = '' }) {
  return words(errorCode, errorText, [url]);
}

/**
 * What several of them mean together. The one that somebody can do most about is told: a wrong credential is wrong by UDP and by
 * TCP, while by UDP alone nothing may come through a firewall.
 *
 * @param {IceError[]} errors at least one
 */
export function worstWords(errors) {
  const worst = /** @type {IceError} */ ([...errors].sort((one, other) => rank(one) - rank(other))[0]);
  const alike = errors.filter((error) => rank(error) === rank(worst));
  return words(worst.errorCode, worst.errorText ?? '', alike.map(({ url = '' }) => url));
}

/** @param {IceError} error */
function rank({ errorCode }) {
  return isRefusal(errorCode) ? 0 : errorCode === UNREACHED ? 2 : 1;
}

/**
 * @param {number} code
 * @param {string} text
 * @param {string[]} urls
 */
function words(code, text, urls) {
  const server = urls.some(isTurn) || !urls.some(Boolean) ? 'TURN server' : 'STUN server';
  const where = urls.filter(Boolean).join(', ');
  if (isRefusal(code)) {
    return `The ${server} refused the credential${where && ` (${where})`}`;
  }
  if (code === UNREACHED) {
    return `The ${server}${where && ` ${where}`} could not be reached`;
  }
  const answer = `${code} ${text}`.trim();
  return FULL.has(code)
    ? `The ${server}${where && ` ${where}`} has no room for one more connection (${answer})`
    : `The ${server}${where && ` ${where}`} gave an error (${answer})`;
}
