/** A world of peer connections that are as strict as the standard's about what may be done when, and carry nothing. */
export class World {
  connections = [];
  /** Whether packets find their way; a test that changes it calls `look`. */
  canReach = () => true;
  /**
   * What comes of a TURN server that a connection is configured with, `{ url, username, credential }`: `relay`, the number of an
   * error, `nothing` for one of which the browser says nothing, `silent` for one that it waits for.
   */
  turn = () => 'relay';

  get RTCPeerConnection() {
    const world = this;
    return class extends FakePeerConnection {
      constructor(rtc) {
        super(world, rtc);
      }
    };
  }

  get open() {
    return this.connections.filter(({ connectionState }) => connectionState !== 'closed');
  }

  /** Connects those that know each other and can reach each other. */
  look() {
    for (const one of this.open) {
      const other = this.open.find((each) => one.knows(each) && each.knows(one));
      if (other !== undefined && this.canReach(one, other)) {
        one.become('connected');
        other.become('connected');
      }
    }
  }
}

let made = 0;
const later = () => new Promise((done) => setImmediate(done));
const wrong = (what) => new DOMException(what, 'InvalidStateError');

class FakePeerConnection extends EventTarget {
  signalingState = 'stable';
  connectionState = 'new';
  iceConnectionState = 'new';
  iceGatheringState = 'new';
  localDescription = null;
  remoteDescription = null;
  id = `c${++made}`;
  generation = 0;
  tracks = [];
  /** What was added of the other end's candidates, by the name of their generation. */
  candidates = new Set();
  calls = [];
  #chain = Promise.resolve();
  #busy = 0;
  #needsRestart = false;
  /** The tracks that the other end knows of, or will once it has answered. */
  #agreed = new Set();
  #described = new Set();
  #stable = null;
  #streams = new Map();

  constructor(world, rtc) {
    super();
    Object.assign(this, { world, rtc });
    world.connections.push(this);
  }

  addTrack(track, stream) {
    this.#mustBeOpen();
    const sender = {
      track,
      replaceTrack: async (replacement) => {
        this.calls.push('replaceTrack');
        sender.track = replacement;
      },
    };
    this.tracks.push({ sender, kind: track.kind, stream: stream.id, id: `${this.id}-${this.tracks.length}` });
    this.#check();
    return sender;
  }

  restartIce() {
    this.#mustBeOpen();
    this.calls.push('restartIce');
    this.#needsRestart = true;
    this.#check();
  }

  setLocalDescription() {
    return this.#perform(() => {
      if (this.signalingState === 'have-remote-offer') {
        this.#answer();
      } else {
        this.#offer();
      }
    });
  }

  setRemoteDescription({ type, sdp }) {
    return this.#perform(() => {
      const content = JSON.parse(sdp);
      if (type === 'answer') {
        if (this.signalingState !== 'have-local-offer') {
          throw wrong(`an answer in ${this.signalingState}`);
        }
        if (content.to !== JSON.parse(this.localDescription.sdp).number) {
          throw new DOMException('the answer is not to this offer', 'InvalidAccessError');
        }
      } else if (this.signalingState === 'have-local-offer') {
        this.localDescription = this.#stable;
        this.calls.push('rollback');
      }
      if (this.remoteDescription !== null && JSON.parse(this.remoteDescription.sdp).id !== content.id) {
        throw new DOMException('another end’s fingerprint', 'InvalidAccessError');
      }
      this.remoteDescription = { type, sdp };
      this.#signal(type === 'answer' ? 'stable' : 'have-remote-offer');
      this.#hearTracks(content);
    });
  }

  addIceCandidate(candidate) {
    return this.#perform(() => {
      if (this.remoteDescription === null) {
        throw wrong('a candidate before the description');
      }
      if (candidate !== undefined && candidate !== null) {
        if (candidate.usernameFragment !== JSON.parse(this.remoteDescription.sdp).ice) {
          throw new DOMException('a candidate of another generation', 'OperationError');
        }
        this.candidates.add(candidate.usernameFragment);
        this.world.look();
      }
    });
  }

  setConfiguration(rtc) {
    this.#mustBeOpen();
    this.calls.push('setConfiguration');
    if (this.world.blocks?.(rtc)) {
      throw new DOMException('a port that is blocked', 'SyntaxError');
    }
    this.rtc = rtc;
  }

  async getStats() {
    if (this.hasMedia) {
      this.bytes = (this.bytes ?? 0) + 1_000;
    }
    return new Map([
      ['t', { type: 'transport', iceState: this.trueState ?? this.connectionState }],
      ['v', { type: 'inbound-rtp', bytesReceived: this.bytes }],
    ]);
  }

  close() {
    this.signalingState = 'closed';
    this.connectionState = this.iceConnectionState = 'closed';
  }

  /** Whether this one has agreed with that one, and has a way to it. */
  knows(other) {
    if (this.signalingState !== 'stable' || this.remoteDescription === null || other.localDescription === null) {
      return false;
    }
    const { id, ice } = JSON.parse(this.remoteDescription.sdp);
    return id === other.id && ice === JSON.parse(other.localDescription.sdp).ice && this.candidates.has(ice);
  }

  become(state) {
    if (state !== this.connectionState && this.connectionState !== 'closed') {
      this.connectionState = this.iceConnectionState = state;
      this.dispatchEvent(new Event('connectionstatechange'));
    }
  }

  #offer() {
    this.#stable = this.signalingState === 'stable' ? this.localDescription : this.#stable;
    if (this.#needsRestart || this.generation === 0) {
      this.generation++;
      this.#needsRestart = false;
    }
    this.localDescription = { type: 'offer', sdp: this.#text(this.tracks, { number: `${this.id}-${++made}` }) };
    this.calls.push('offer');
    this.#signal('have-local-offer');
    this.#gather();
  }

  #answer() {
    const offer = JSON.parse(this.remoteDescription.sdp);
    const isRestart = this.offered !== offer.ice;
    this.offered = offer.ice;
    this.generation += isRestart ? 1 : 0;
    this.#needsRestart &&= !isRestart;
    // An answer has no room for what the offer does not speak of.
    const tracks = this.tracks.filter(({ id, kind }) => this.#agreed.has(id) || offer.tracks.some((other) => other.kind === kind));
    this.localDescription = { type: 'answer', sdp: this.#text(tracks, { to: offer.number }) };
    this.calls.push('answer');
    this.#signal('stable');
    this.#gather();
  }

  #text(described, more) {
    this.#described = new Set(described.map(({ id }) => id));
    const tracks = described.map(({ kind, stream, id }) => ({ kind, stream, id }));
    const ice = `${this.id}-${this.generation}`;
    return JSON.stringify({ id: this.id, ice, tracks, line: `a=ice-ufrag:${ice}`, ...more });
  }

  #gather() {
    const usernameFragment = `${this.id}-${this.generation}`;
    if (this.gathered === usernameFragment) {
      return;
    }
    this.gathered = usernameFragment;
    this.hasRelay = false;
    const candidate = (type) => {
      const json = { candidate: `candidate:1 typ ${type}`, usernameFragment };
      return { ...json, type, toJSON: () => json };
    };
    const servers = this.rtc?.iceServers ?? [];
    setImmediate(() => {
      this.#become('gathering');
      this.#emit('icecandidate', { candidate: candidate('host') });
      const outcomes = servers.flatMap((server) => [server.urls].flat().map((url) => this.#tryServer({ ...server, url }, candidate)));
      if (!outcomes.includes('silent')) {
        this.#become('complete');
        this.#emit('icecandidate', { candidate: null });
      }
    });
  }

  #tryServer(server, candidate) {
    const outcome = server.url.startsWith('turn') ? this.world.turn(server) : 'nothing';
    if (outcome === 'relay') {
      this.hasRelay = true;
      this.#emit('icecandidate', { candidate: candidate('relay') });
    } else if (typeof outcome === 'number') {
      this.#emit('icecandidateerror', { errorCode: outcome, errorText: '', url: server.url });
    }
    return outcome;
  }

  #become(state) {
    this.iceGatheringState = state;
    this.#emit('icegatheringstatechange');
  }

  #hearTracks({ tracks }) {
    for (const { kind, stream, id } of tracks) {
      if (!this.#streams.has(id)) {
        const same = [...this.#streams.values()].find((each) => each.id === stream) ?? { id: stream, getTracks: () => [] };
        this.#streams.set(id, same);
        this.#emit('track', { track: { kind, id }, streams: [same] });
      }
    }
  }

  #signal(state) {
    this.signalingState = state;
    if (state === 'stable') {
      this.#agreed = this.#described;
      this.world.look();
    }
    this.#check();
  }

  /** Asks for a negotiation as the standard does: when stable, with nothing under way, if something is not agreed upon. */
  #check() {
    setImmediate(() => this.#askIfNeeded());
  }

  #askIfNeeded() {
    const isNeeded = this.#needsRestart || this.tracks.some(({ id }) => !this.#agreed.has(id));
    if (isNeeded && this.signalingState === 'stable' && this.#busy === 0) {
      this.#emit('negotiationneeded');
    }
  }

  /** One after the other, each a little later. */
  #perform(task) {
    this.#busy++;
    const done = this.#chain.then(later).then(() => {
      this.#busy--;
      this.#mustBeOpen();
      task();
    });
    this.#chain = done.catch(() => {}).then(() => this.#busy === 0 && this.#check());
    return done;
  }

  #emit(type, more = {}) {
    if (this.signalingState !== 'closed') {
      this.dispatchEvent(Object.assign(new Event(type), more));
    }
  }

  #mustBeOpen() {
    if (this.signalingState === 'closed') {
      throw wrong('the connection is closed');
    }
  }
}

/** A stream with tracks of these kinds. */
export function stream(...kinds) {
  const tracks = kinds.map((kind) => ({ kind, id: `t${++made}` }));
  return { id: `s${++made}`, getTracks: () => tracks };
}
