// Runs before any script of a page: records what the tests look at, so that the pages need no hooks for them.
() => {
  // The times are in milliseconds since the page was opened; 0 says never.
  const recorded = { connections: [], violations: [], events: [], firstConnection: 0, firstFrame: 0 };
  Object.defineProperty(globalThis, Symbol.for('recorded'), { value: recorded });

  // What became of sockets and connections, for the report of a failed test.
  const note = (what) => {
    recorded.events.push(`${new Date().toISOString().slice(11, 23)} ${what}`);
    recorded.events.splice(0, recorded.events.length - 200);
  };
  const count = { connection: 0, socket: 0 };

  const Connection = globalThis.RTCPeerConnection;
  globalThis.RTCPeerConnection = class RTCPeerConnection extends Connection {
    constructor(...args) {
      super(...args);
      recorded.connections.push(this);
      recorded.firstConnection ||= performance.now();
      const name = `connection ${++count.connection}`;
      note(`${name} new`);
      this.addEventListener('connectionstatechange', () => note(`${name} ${this.connectionState}`));
      this.addEventListener('iceconnectionstatechange', () => note(`${name} ICE ${this.iceConnectionState}`));
      this.addEventListener('signalingstatechange', () => note(`${name} ${this.signalingState}`));
    }
  };

  const Socket = globalThis.WebSocket;
  globalThis.WebSocket = class WebSocket extends Socket {
    #name = `socket ${++count.socket}`;

    constructor(...args) {
      super(...args);
      const name = this.#name;
      note(`${name} new`);
      this.addEventListener('open', () => note(`${name} open`));
      this.addEventListener('close', ({ code }) => note(`${name} closed ${code}`));
      this.addEventListener('message', ({ data }) => note(`${name} < ${data.slice(0, 100)}`));
    }

    send(data) {
      note(`${this.#name} > ${data.slice(0, 100)}`);
      super.send(data);
    }
  };

  addEventListener('DOMContentLoaded', () => {
    for (const video of document.querySelectorAll('video')) {
      video.requestVideoFrameCallback((now) => (recorded.firstFrame ||= now));
    }
  });

  addEventListener('securitypolicyviolation', (event) =>
    recorded.violations.push(`${event.effectiveDirective} ${event.blockedURI}`),
  );
}
