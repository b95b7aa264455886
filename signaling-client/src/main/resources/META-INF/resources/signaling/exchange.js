/**
 * The offers, answers and candidates of one RTCPeerConnection.
 *
 * @module
 */

/** Signals that wait to be handled, and candidates that wait for the description they belong to. */
const MOST_SIGNALS = 256;
const MOST_CANDIDATES = 64;

/**
 * Comes to an agreement as the WebRTC specification's "perfect negotiation" does: either end may add or remove tracks at any
 * time; of two offers that cross, the impolite end's holds. Here everything that is done to the RTCPeerConnection stands in
 * one queue, so that an offer is only ever looked at when nothing is under way.
 *
 * Candidates that come before the description are kept, 64 at most.
 */
export class Exchange {
  /** @type {RTCPeerConnection} */ #connection;
  /** @type {boolean} */ #isPolite;
  /** @type {(data: any) => void} */ #say;
  /** @type {() => void} */ #agreed;
  /** @type {(message: string) => void} */ #disagreed;
  /** @type {(() => Promise<void>)[]} */ #queue = [];
  #isBusy = false;
  /** @type {any[]} */ #candidates = [];
  /** The number of the latest own offer, which its answer repeats. */
  #round = 0;

  /**
   * @param {RTCPeerConnection} connection
   * @param {object} options
   * @param {boolean} options.polite which end gives way when offers cross
   * @param {(data: any) => void} options.say sends to the other end
   * @param {() => void} options.agreed is told of each agreement
   * @param {(message: string) => void} options.disagreed is told that the browsers could not agree
   */
  constructor(connection, { polite, say, agreed, disagreed }) {
    this.#connection = connection;
    this.#isPolite = polite;
    this.#say = say;
    this.#agreed = agreed;
    this.#disagreed = disagreed;
    connection.addEventListener('negotiationneeded', () =>
      this.#enqueue(async () => {
        // If not stable, it is asked for again when it is.
        if (connection.signalingState === 'stable') {
          await this.#offer();
        }
      }),
    );
    connection.addEventListener('icecandidate', ({ candidate }) =>
      say({ type: 'icecandidate', candidate: candidate?.toJSON?.() ?? candidate ?? null }),
    );
  }

  /** Makes an offer, in place of an own one that is not answered yet. */
  offer() {
    this.#enqueue(() => this.#offer());
  }

  /**
   * Handles an offer, an answer or a candidate of the other end's.
   *
   * @param {any} data
   */
  receive(data) {
    this.#enqueue(() => (data.type === 'icecandidate' ? this.#addCandidate(data.candidate) : this.#describe(data)));
  }

  /** Forgets what waits. */
  end() {
    this.#queue.length = this.#candidates.length = 0;
  }

  /** @param {() => Promise<void>} task */
  #enqueue(task) {
    if (this.#queue.length >= MOST_SIGNALS) {
      return; // nobody has so many for a good reason
    }
    this.#queue.push(task);
    if (!this.#isBusy) {
      this.#work();
    }
  }

  async #work() {
    this.#isBusy = true;
    for (let task = this.#queue.shift(); task !== undefined; task = this.#queue.shift()) {
      try {
        await task();
      } catch (reason) {
        this.#disagreed(/** @type {Error} */ (reason).message);
      }
    }
    this.#isBusy = false;
  }

  async #offer() {
    const connection = this.#connection;
    await connection.setLocalDescription();
    if (connection.signalingState === 'have-local-offer') {
      this.#say({ type: 'offer', sdp: connection.localDescription?.sdp, round: ++this.#round });
    }
  }

  /** @param {any} description */
  async #describe({ type, sdp, round }) {
    const connection = this.#connection;
    const hasOffered = connection.signalingState === 'have-local-offer';
    if (type === 'answer') {
      if (hasOffered && (round === undefined || round === this.#round)) {
        await connection.setRemoteDescription({ type, sdp });
        await this.#addKept();
        this.#agreed();
      }
      return;
    }
    if (hasOffered && !this.#isPolite) {
      return;
    }
    await connection.setRemoteDescription({ type, sdp }); // takes an own offer back
    await this.#addKept();
    await connection.setLocalDescription();
    this.#say({ type: 'answer', sdp: connection.localDescription?.sdp, ...(round === undefined ? {} : { round }) });
    this.#agreed();
  }

  /** @param {any} candidate */
  async #addCandidate(candidate) {
    if (this.#connection.remoteDescription === null) {
      if (this.#candidates.length < MOST_CANDIDATES) {
        this.#candidates.push(candidate);
      }
      return;
    }
    try {
      await this.#connection.addIceCandidate(candidate ?? undefined);
    } catch {
      // One of an offer that was ignored or taken back: the others are enough.
    }
  }

  async #addKept() {
    for (const candidate of this.#candidates.splice(0)) {
      await this.#addCandidate(candidate);
    }
  }
}
