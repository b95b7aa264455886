import { once } from 'node:events';
import { WebSocketServer } from 'ws';

/** A signal server in small, for the client's tests: it joins and relays, and does otherwise as a test tells it. */
export class Server {
  #sockets;
  #join;
  #greet;
  /** Every text that came from a client, in order. */
  texts = [];
  /** What each client asked for, in order. */
  asked = [];

  /**
   * @param join what to do with a client that wants to join, if not to let it
   * @param greet what to do with one that has connected, if not to greet it at once
   */
  static async start({ port = 0, join = Server.letIn, greet = Server.greet } = {}) {
    const server = new Server();
    server.#join = join;
    server.#greet = greet;
    server.#sockets = new WebSocketServer({ host: '127.0.0.1', port, closeTimeout: 100 });
    server.#sockets.on('connection', (socket, { url, headers }) => {
      server.asked.push({ url, protocols: headers['sec-websocket-protocol'] });
      server.#serve(socket);
    });
    await once(server.#sockets, 'listening');
    return server;
  }

  static greet(socket) {
    socket.send('{"type":"connection-established"}');
  }

  static letIn(socket, { channel }) {
    socket.channel = channel;
    socket.send(JSON.stringify({ type: 'joined-channel', channel }));
  }

  #serve(socket) {
    this.#greet(socket);
    socket.on('error', () => {});
    socket.on('message', (bytes) => {
      const text = bytes.toString();
      this.texts.push(text);
      const message = JSON.parse(text);
      if (message.type === 'join-channel') {
        this.#join(socket, message);
        return;
      }
      for (const other of this.clients) {
        if (other !== socket && other.channel === socket.channel) {
          other.send(text);
        }
      }
    });
  }

  get port() {
    return this.#sockets.address().port;
  }

  get url() {
    return `ws://127.0.0.1:${this.port}/signal`;
  }

  get clients() {
    return [...this.#sockets.clients];
  }

  async stop() {
    this.clients.forEach((socket) => socket.terminate());
    await new Promise((stopped) => this.#sockets.close(stopped));
  }
}
