import { iceServers } from '/signaling/ice-servers.js';
import { SignalServer } from '/signaling/signal-server.js';
import { streamer } from '../assets/streamer.js';

streamer(new SignalServer('stream-video'), iceServers);
