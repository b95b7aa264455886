import { Channel } from '../../main/resources/META-INF/resources/signaling/index.js';
import { Streamer } from '../../main/resources/META-INF/resources/signaling/streamer.js';
import { Viewer } from '../../main/resources/META-INF/resources/signaling/viewer.js';
import { Model } from './model.mjs';
import { stream as fakeStream, World } from './rtc.mjs';

/** Streamers and viewers around a model of a server, in a world where only the test moves the time. */
export class Stage {
  world = new World();
  model = new Model();
  #mock;

  constructor(t) {
    this.#mock = t.mock;
    t.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 });
    t.mock.method(Math, 'random', () => 0.5);
    this.after = (task) => t.after(task);
  }

  get network() {
    return this.model.network;
  }

  channel(name = 'room', options = {}) {
    const channel = new Channel(name, { url: 'ws://signal.test/signal', WebSocket: this.model.WebSocket, ...options });
    this.after(() => channel.close());
    return channel;
  }

  streamer(options = {}, channel = this.channel()) {
    const { RTCPeerConnection } = this.world;
    return new Streamer(channel, { stream: fakeStream('audio', 'video'), RTCPeerConnection, ...options });
  }

  viewer(options = {}, channel = this.channel()) {
    return new Viewer(channel, { RTCPeerConnection: this.world.RTCPeerConnection, ...options });
  }

  /** Until nothing is under way any more. */
  async settle() {
    for (let quiet = 0; quiet < 8; quiet++) {
      if (this.network.size > 0) {
        quiet = 0;
      }
      this.network.settle();
      await new Promise((done) => setImmediate(done));
    }
  }

  async pass(milliseconds) {
    for (let passed = 0; passed < milliseconds; passed += 500) {
      this.#mock.timers.tick(Math.min(500, milliseconds - passed));
      await this.settle();
    }
  }

  socketOf({ channel }) {
    return this.network.open.find(({ peer }) => peer.id === channel.peer);
  }

  /** Ends a page as its browser does. */
  async leave({ channel }) {
    const socket = this.socketOf({ channel });
    socket.isServed = false;
    this.model.end(socket, 1001);
    socket.isMute = true;
    channel.close();
    await this.settle();
  }

  /** Everybody's RTCPeerConnection of this viewer is in this state now. */
  async ice(viewer, state) {
    const mine = viewer.connection;
    const theirs = this.world.open.find((other) => other.knows(mine));
    for (const connection of [mine, theirs]) {
      connection.candidates.clear();
      connection.become(state);
    }
    await this.settle();
  }
}

/** Lists the states that somebody goes through. */
export function states(target) {
  const seen = [];
  target.addEventListener('statechange', ({ state }) => seen.push(state));
  return seen;
}
