// One attempt to connect two browsers, and what both sides' pages need around it.

/** A peer that has answered, or was answered, connects within this time or never. */
const PATIENCE = 14_000;
const MOST_EARLY = 64;

/** A name that nobody else has. (`crypto.randomUUID` is kept from pages over plain http.) */
export function freshId() {
  return Array.from(crypto.getRandomValues(new Uint32Array(3)), (part) => part.toString(36)).join('');
}

/**
 * An RTCPeerConnection together with its name in the messages. It tells of `connected`, `interrupted` (which may heal by
 * itself), `lost` (it had been connected) and `failed` (it never was), and of nothing once it is closed.
 */
export class Call {
  #tell;
  #patience;
  #wasConnected = false;
  peerConnection = new RTCPeerConnection();

  constructor(id, tell) {
    this.id = id;
    this.#tell = tell;
    this.peerConnection.addEventListener('connectionstatechange', () => this.#changed());
  }

  /**
   * Asks which servers help to find a way across networks, before the connection looks for one. Each connection asks anew,
   * since what they want to be shown soon ends. Without an answer it goes on without servers.
   */
  async useServers(iceServers) {
    try {
      this.peerConnection.setConfiguration({ iceServers: await iceServers() });
    } catch (reason) {
      console.debug('No ICE servers are used:', reason.message);
    }
  }

  get isDescribed() {
    return this.peerConnection.remoteDescription !== null;
  }

  get isBroken() {
    return ['disconnected', 'failed', 'closed'].includes(this.peerConnection.connectionState);
  }

  /** Starts the time within which the connection must come to be. */
  expectConnection() {
    clearTimeout(this.#patience);
    if (!this.#wasConnected) {
      this.#patience = setTimeout(() => this.#tell('failed'), PATIENCE);
    }
  }

  async addCandidate(candidate) {
    try {
      await this.peerConnection.addIceCandidate(candidate);
    } catch (reason) {
      // One that belongs to an older connection, or to somebody else in the channel: the others are enough.
      console.debug('A candidate was of no use here:', reason.message);
    }
  }

  close() {
    this.#tell = () => {};
    clearTimeout(this.#patience);
    this.peerConnection.close();
  }

  #changed() {
    switch (this.peerConnection.connectionState) {
      case 'connected':
        this.#wasConnected = true;
        clearTimeout(this.#patience);
        this.#tell('connected');
        break;
      case 'disconnected':
        this.#tell('interrupted');
        break;
      case 'failed':
        this.#tell(this.#wasConnected ? 'lost' : 'failed');
        break;
      default:
    }
  }
}

/** Candidates that came before the description they belong to. The oldest make room. */
export class EarlyCandidates {
  #messages = [];

  keep(message) {
    this.#messages.push(message);
    if (this.#messages.length > MOST_EARLY) {
      this.#messages.shift();
    }
  }

  /** Hands over those that belong, and forgets the others. */
  take(belongs) {
    return this.#messages.splice(0).filter(belongs);
  }
}
