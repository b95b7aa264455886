// What became of one server, in words.

import { PATIENCE } from './gathering.js';

/**
 * How a server did.
 *
 * @param attempt as of `oneByOne`
 * @param gathered as of `gather`
 * @param hasAddress whether this browser has an address to be seen from at all
 * @returns `state`: `yes`, `refused` (its credential), `unreachable` or `no`, with the reason in `words`; `sees`: as whom a
 *     STUN server sees this browser, or where a TURN server relays
 */
export function outcomeOf({ url, kind, protocol }, { candidates, errors, end, words }, hasAddress) {
  const hit = candidates.find((candidate) => candidate.kind === kind);
  if (hit !== undefined) {
    const what = kind === 'relay' ? `relays at ${hit.address}` : `sees this browser as ${hit.address}`;
    return { url, kind, protocol, state: 'yes', words: `${what}, after ${Math.round(hit.after)} ms`, sees: hit.address };
  }
  if (kind === 'srflx' && end === 'complete' && errors.length === 0 && hasAddress) {
    // A browser does not tell what it knows already.
    return { url, kind, protocol, state: 'yes', words: 'sees this browser under its own address', sees: '' };
  }
  return { url, kind, protocol, ...fault(url, kind, errors, end, words), sees: '' };
}

function fault(url, kind, errors, end, words) {
  const told = errors.find(({ code }) => code !== 701) ?? errors[0];
  if (end === 'refused') {
    return { state: 'no', words: `is no address that this browser takes: ${words}` };
  }
  switch (told?.code) {
    case undefined:
      break;
    case 401:
    case 403:
      return { state: 'refused', words: 'refused the credential' };
    case 486:
    case 508:
      return { state: 'no', words: `has no room for another relay (${told.code})` };
    case 701:
      return { state: 'unreachable', words: 'could not be reached' };
    default:
      return { state: 'no', words: `answered with error ${told.code}${told.text ? `: ${told.text}` : ''}` };
  }
  if (end === 'late') {
    return { state: 'unreachable', words: `did not answer within ${PATIENCE / 1_000} s` };
  }
  return url.startsWith('turns')
    ? { state: 'no', words: 'could not be used: it has no certificate that this browser trusts, or speaks no TLS there' }
    : { state: 'no', words: kind === 'relay' ? 'gave no relay, and the browser does not say why' : 'did not say how it sees this browser' };
}
