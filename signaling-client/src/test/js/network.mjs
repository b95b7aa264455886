/** A network in small, where nothing moves unless a test moves it: one step hands one frame to one end. */
export class Network {
  /** Frames under way, each lane in order: from each end of each socket. */
  #lanes = [];
  sockets = [];
  /** While it is down no socket opens, and those that try hear so at once. */
  isDown = false;

  /** @param server what `accept(socket)`, `receive(socket, text)` and `end(socket, code)` are called on */
  constructor(server) {
    this.server = server;
    const network = this;
    this.WebSocket = class extends FakeWebSocket {
      constructor(url, protocol) {
        super(network, url, protocol);
      }
    };
  }

  /** How many frames are under way. */
  get size() {
    return this.#lanes.reduce((sum, lane) => sum + lane.frames.length, 0);
  }

  /** Sockets that are open at both ends, as far as both know. */
  get open() {
    return this.sockets.filter(({ readyState, isServed }) => readyState === 1 && isServed);
  }

  put(socket, direction, frame) {
    if (!socket.isMute) {
      let lane = this.#lanes.find((each) => each.socket === socket && each.direction === direction);
      if (lane === undefined) {
        lane = { socket, direction, frames: [] };
        this.#lanes.push(lane);
      }
      lane.frames.push(frame);
    }
  }

  /** Hands over one frame; false if none is under way. */
  step(random = () => 0) {
    const lanes = this.#lanes.filter(({ frames }) => frames.length > 0);
    const lane = lanes[Math.floor(random() * lanes.length)];
    lane?.frames.shift()();
    return lane !== undefined;
  }

  /** Hands over all frames, and those that come of them. */
  settle() {
    for (let steps = 0; this.step(); steps++) {
      if (steps > 100_000) {
        throw new Error('It never ends');
      }
    }
  }

  /** Both ends lose a socket, without a close frame, and what was under way. */
  cut(socket, code = 1006, reason = '') {
    this.#clear(socket);
    if (socket.isServed) {
      socket.isServed = false;
      this.server.end(socket, 1006);
    }
    socket.isMute = false;
    socket.hear(code, reason);
  }

  /** A socket hangs: what was under way is lost, and neither end hears of it. */
  mute(socket) {
    this.#clear(socket);
    socket.isMute = true;
  }

  /** The server closes a socket with a close frame. */
  close(socket, code, reason = '') {
    if (socket.isServed) {
      socket.isServed = false;
      this.put(socket, 'down', () => socket.hear(code, reason));
    }
  }

  send(socket, message) {
    if (socket.isServed) {
      this.put(socket, 'down', () => socket.deliver(JSON.stringify(message)));
    }
  }

  #clear(socket) {
    this.#lanes = this.#lanes.filter((lane) => lane.socket !== socket);
  }
}

/** As strict as the platform's where the client must be careful. */
class FakeWebSocket extends EventTarget {
  static CONNECTING = 0;
  static OPEN = 1;
  static CLOSING = 2;
  static CLOSED = 3;
  readyState = 0;
  protocol = '';
  bufferedAmount = 0;
  /** Whether the server has this socket. */
  isServed = false;
  isMute = false;
  /** Whether it has heard anything yet. */
  isGreeted = false;
  /** Everything that was sent over it. */
  texts = [];

  constructor(network, url, protocol) {
    super();
    Object.assign(this, { network, url, asked: protocol });
    network.sockets.push(this);
    network.put(this, 'up', () => this.#open());
  }

  #open() {
    if (this.network.isDown) {
      this.hear(1006, '');
      return;
    }
    this.isServed = true;
    this.network.put(this, 'down', () => {
      this.readyState = 1;
      this.protocol = this.network.server.protocol ?? [this.asked].flat()[0];
      this.dispatchEvent(new Event('open'));
    });
    this.network.server.accept(this);
  }

  send(text) {
    if (this.readyState === 0) {
      throw new DOMException('Still connecting', 'InvalidStateError');
    }
    if (!this.isGreeted) {
      throw new Error('There are servers that never answer one who speaks before they have'); // GlassFish, Payara
    }
    this.texts.push(JSON.parse(text));
    if (this.readyState === 1) {
      this.network.put(this, 'up', () => this.isServed && this.network.server.receive(this, text));
    }
  }

  close(code = 1005, reason = '') {
    if (this.readyState >= 2) {
      return;
    }
    this.readyState = 2;
    this.network.put(this, 'up', () => {
      if (this.isServed) {
        this.isServed = false;
        this.network.server.end(this, code);
      }
      this.network.put(this, 'down', () => this.hear(code, reason));
    });
  }

  deliver(text) {
    if (this.readyState === 1) {
      this.isGreeted = true;
      this.dispatchEvent(new MessageEvent('message', { data: text }));
    }
  }

  hear(code, reason) {
    if (this.readyState !== 3) {
      this.readyState = 3;
      this.dispatchEvent(Object.assign(new Event('close'), { code, reason }));
    }
  }
}
