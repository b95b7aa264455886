import { Network } from './network.mjs';

const UNCOUNTED = new Set(['connection-established', 'pong', 'going-away', 'ice-servers']);

/** What signaling.v1 asks of a server, as simply as it can be said, over a network that a test moves. */
export class Model {
  network = new Network(this);
  /** The peers that are known, by id. */
  peers = new Map();
  /** Channels by name: sets of peers in join order. */
  channels = new Map();
  /** Everything that came and was handled, in order. */
  received = [];
  made = 0;

  /**
   * @param most how many messages are kept for a peer that is away
   * @param refuse what to answer to a message in place of handling it: a code, undefined for nothing
   * @param takes whether it takes that new token
   * @param ice what it says of ICE servers: `{ iceServers, ttl }`, undefined if they cannot be had; null if it knows no such thing
   */
  constructor({ most = 2_048, refuse = () => undefined, takes = () => true, ice = null } = {}) {
    Object.assign(this, { most, refuse, takes, ice });
  }

  get WebSocket() {
    return this.network.WebSocket;
  }

  accept(socket) {
    const id = `p${++this.made}`;
    const peer = { id, socket, token: `${id}-t1`, tokens: 1, before: null, received: 0, sent: [], covered: 0, joined: new Map() };
    this.peers.set(id, peer);
    Object.assign(socket, { peer, hasSpoken: false });
    this.establish(peer, { resumed: false });
  }

  establish(peer, more) {
    const limits = { messageCharacters: 65_536, channels: 16 };
    const { id, token, received } = peer;
    this.tell(peer, { type: 'connection-established', peer: id, resume: token, received, heartbeat: 5_000, grace: 30_000, limits, ...this.ice?.(), ...more });
  }

  /** Sends, counts and keeps. */
  tell(peer, message) {
    if (!UNCOUNTED.has(message.type)) {
      peer.sent.push(message);
      if (peer.sent.length > this.most && peer.socket === null) {
        this.forget(peer, 'timed-out');
        peer.hasOverflowed = true;
      }
    }
    if (peer.socket !== null) {
      this.network.send(peer.socket, message);
    }
  }

  receive(socket, text) {
    const message = JSON.parse(text);
    const isFirst = !socket.hasSpoken;
    socket.hasSpoken = true;
    const { peer } = socket;
    if (message.type === 'resume') {
      if (!isFirst) {
        throw new Error('resume is not the first message');
      }
      this.resume(socket, message);
      return;
    }
    peer.before = null;
    if (message.type === 'ping') {
      this.cover(peer, message.received);
      this.tell(peer, { type: 'pong', received: peer.received });
      return;
    }
    if (message.type === 'get-ice-servers' && this.ice !== null) {
      this.questions = (this.questions ?? 0) + 1;
      this.tellIceServers(peer, message.id);
      return;
    }
    peer.received++;
    this.received.push(message);
    const code = this.refuse(message, peer);
    if (code !== undefined) {
      this.tell(peer, { type: 'error', code, detail: `about ${message.type}`, id: message.id });
    } else {
      this.handle(peer, message);
    }
  }

  cover(peer, received) {
    const fresh = received - peer.covered;
    if (!(fresh >= 0 && fresh <= peer.sent.length)) {
      throw new Error(`the client has ${received}, of ${peer.covered} to ${peer.covered + peer.sent.length}`);
    }
    peer.sent.splice(0, fresh);
    peer.covered = received;
  }

  resume(socket, { token, received, id }) {
    const fresh = socket.peer;
    const old = [...this.peers.values()].find((peer) => peer !== fresh && (peer.token === token || peer.before === token));
    if (old === undefined) {
      this.tell(fresh, { type: 'error', code: 'resume-failed', detail: 'no such peer', id });
      return;
    }
    if (old.hasOverflowed) {
      this.peers.delete(old.id);
      this.establish(fresh, { resumed: false, reason: 'overflow', id });
      return;
    }
    this.peers.delete(fresh.id);
    if (old.socket !== null) {
      this.network.close(old.socket, 4500, 'replaced');
    }
    socket.peer = old;
    Object.assign(old, { socket, before: token, token: `${old.id}-t${++old.tokens}` });
    this.cover(old, received);
    this.establish(old, { resumed: true, id });
    old.sent.forEach((message) => this.network.send(socket, message));
  }

  handle(peer, { type, channel, id, role = 'peer', meta = {}, to, data, token }) {
    const members = this.channels.get(channel) ?? new Set();
    const fail = (code) => this.tell(peer, { type: 'error', code, detail: code, id });
    if (type === 'refresh-token') {
      return this.takes(token) ? this.tell(peer, { type: 'token-refreshed', id }) : fail('not-allowed');
    }
    if (type === 'join-channel') {
      if (members.has(peer)) {
        return fail('already-joined');
      }
      const peers = [...members].map((other) => ({ peer: other.id, ...other.joined.get(channel) }));
      peer.joined.set(channel, { role, meta });
      this.channels.set(channel, members);
      members.forEach((other) => this.tell(other, { type: 'peer-joined', channel, peer: peer.id, role, meta }));
      members.add(peer);
      this.tell(peer, { type: 'joined-channel', channel, peer: peer.id, role, meta, peers, id });
    } else if (!members.has(peer)) {
      fail('not-joined');
    } else if (type === 'leave-channel') {
      this.leave(peer, channel, 'left');
      this.tell(peer, { type: 'left-channel', channel, reason: 'left', id });
    } else if (type === 'signal') {
      const others = [...members].filter((other) => other !== peer && (to === undefined || other.id === to));
      if (to !== undefined && others.length === 0) {
        return fail('peer-not-found');
      }
      others.forEach((other) => this.tell(other, { type: 'signal', channel, from: peer.id, data }));
    } else {
      fail('unknown-type');
    }
  }

  /** Tells a peer of ICE servers, by itself or because it has asked. */
  tellIceServers(peer, id) {
    const told = this.ice();
    if (told === undefined) {
      this.tell(peer, { type: 'error', code: 'ice-servers-unavailable', detail: 'try again later', id });
    } else {
      this.tell(peer, { type: 'ice-servers', ...told, ...(id === undefined ? {} : { id }) });
    }
  }

  /** The token has ended that a socket's peer was let in by. */
  endToken({ peer }) {
    this.tell(peer, { type: 'error', code: 'token-expired', detail: 'another one is taken for 30 s' });
  }

  leave(peer, channel, reason) {
    peer.joined.delete(channel);
    const members = this.channels.get(channel) ?? new Set();
    members.delete(peer);
    members.forEach((other) => this.tell(other, { type: 'peer-left', channel, peer: peer.id, reason }));
  }

  forget(peer, reason) {
    [...peer.joined.keys()].forEach((channel) => this.leave(peer, channel, reason));
    peer.sent = [];
  }

  /** A socket is over: without a close frame its peer is waited for. */
  end(socket, code) {
    const { peer } = socket;
    if (peer.socket === socket) {
      peer.socket = null;
      if (code !== 1006) {
        this.forget(peer, 'disconnected');
        this.peers.delete(peer.id);
      }
    }
  }

  /** The grace of all who are away is over. */
  expire() {
    for (const peer of this.peers.values()) {
      if (peer.socket === null) {
        this.forget(peer, 'timed-out');
        this.peers.delete(peer.id);
      }
    }
  }

  /** The server is another one: it knows nobody, and all sockets are cut. */
  restart() {
    const sockets = this.network.open;
    this.peers.clear();
    this.channels.clear();
    sockets.forEach((socket) => {
      socket.isServed = false;
      this.network.cut(socket);
    });
  }
}
