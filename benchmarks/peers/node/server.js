// The tutorial's signal server on npm ws: node server.js PORT
import { WebSocket, WebSocketServer } from 'ws';

const channels = new Map();
const server = new WebSocketServer({ host: '127.0.0.1', port: Number(process.argv[2] ?? 8080) });

function leave(socket) {
  const members = channels.get(socket.channel);
  if (members?.delete(socket) && members.size === 0) channels.delete(socket.channel);
}

function join(socket, channel) {
  leave(socket);
  socket.channel = channel;
  if (!channels.has(channel)) channels.set(channel, new Set());
  channels.get(channel).add(socket);
  socket.send(JSON.stringify({ type: 'joined-channel', channel }));
}

server.on('connection', (socket) => {
  socket.on('error', (error) => console.error(error.message));
  socket.on('close', () => leave(socket));
  socket.on('message', (text) => {
    let message;
    try {
      message = JSON.parse(text);
    } catch {
      return;
    }
    if (message?.type === 'join-channel') return join(socket, message.channel);
    for (const member of channels.get(socket.channel) ?? []) {
      if (member !== socket && member.readyState === WebSocket.OPEN) member.send(text, { binary: false });
    }
  });
  socket.send(JSON.stringify({ type: 'connection-established' }));
});
