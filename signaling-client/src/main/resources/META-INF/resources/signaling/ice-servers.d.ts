import type { Source } from './source.js';

/**
 * Asks a signal server over http for its ICE servers, for pages that have no `Channel`. None if it has none; rejected with an
 * `Error` in words if it cannot be asked or says no.
 *
 * @param url where the server tells of them, `/signal/ice-servers` on the page's own host if not said
 */
export declare function iceServers(
  url?: string | URL,
  options?: {
    /** What lets the page in, if the server asks for that: goes along in the header `Authorization`. */
    accessToken?: Source<string>;
    /** How many milliseconds the server may take, 5,000 if not said. */
    timeout?: number;
  },
): Promise<RTCIceServer[]>;
