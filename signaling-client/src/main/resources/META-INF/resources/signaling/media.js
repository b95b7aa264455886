/**
 * Whether media comes over an RTCPeerConnection.
 *
 * @module
 */

/** How often it is looked whether media still comes, in milliseconds, and for how many looks it may stay away unsuspected. */
const LOOK_EVERY = 1_000;
const MOST_SILENCE = 2;

/** Looks whether media still comes: that it does not is seen seconds before ICE takes the connection for interrupted. */
export class MediaWatch {
  /** @type {RTCPeerConnection} */ #connection;
  /** @type {() => void} */ #silent;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;
  #hasEnded = false;
  #heardAt = 0;
  #bytes = 0;
  /** For how many looks no media has come that came before; -1 if it never did. */
  #silence = -1;

  /**
   * @param {RTCPeerConnection} connection
   * @param {() => void} silent is told when media stays away that came before
   */
  constructor(connection, silent) {
    this.#connection = connection;
    this.#silent = silent;
  }

  get isSilent() {
    return this.#silence >= MOST_SILENCE;
  }

  /** For how many milliseconds no media has come that came before; 0 while it does. */
  get silence() {
    return this.isSilent ? Date.now() - this.#heardAt : 0;
  }

  /** Looks from now on, if it has not ended. */
  start() {
    clearTimeout(this.#timer);
    if (!this.#hasEnded) {
      this.#timer = setTimeout(() => this.#look(), LOOK_EVERY);
    }
  }

  /** Looks no more. */
  end() {
    this.#hasEnded = true;
    clearTimeout(this.#timer);
  }

  async #look() {
    let bytes = 0;
    for (const { type, bytesReceived } of await reports(this.#connection)) {
      bytes += type === 'inbound-rtp' ? (bytesReceived ?? 0) : 0;
    }
    if (this.#hasEnded) {
      return;
    }
    if (bytes !== this.#bytes) {
      this.#silence = 0;
      this.#heardAt = Date.now();
    } else if (this.#silence >= 0) {
      this.#silence++;
    }
    this.#bytes = bytes;
    if (this.#silence === MOST_SILENCE) {
      this.#silent();
    }
    this.start();
  }
}

/**
 * What the browser tells of a connection; nothing if it does not.
 *
 * @param {RTCPeerConnection} connection
 * @returns {Promise<any[]>}
 */
export async function reports(connection) {
  try {
    return [...(await connection.getStats()).values()];
  } catch {
    return [];
  }
}
