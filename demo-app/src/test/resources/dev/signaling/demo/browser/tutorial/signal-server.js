// A stand-in for BroadcastChannel in the tutorial's manner: three message types, no reconnecting, no queue.
class SignalServer {
  constructor(channel) {
    this.socket = new WebSocket('ws://localhost:80');
    this.socket.addEventListener('open', () => this.postMessage({ type: 'join-channel', channel }));
    this.socket.addEventListener('message', ({ data }) => {
      const message = JSON.parse(data);
      if (message.type === 'joined-channel') {
        document.body.dataset.joined = message.channel;
      } else if (message.type !== 'connection-established') {
        this.onmessage?.({ data: message });
      }
    });
  }

  postMessage(message) {
    this.socket.send(JSON.stringify(message));
  }
}
