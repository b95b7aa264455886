import { iceServers } from '/signaling/ice-servers.js';
import { SignalServer } from '/signaling/signal-server.js';
import { viewer } from '../assets/viewer.js';

viewer(new SignalServer('stream-video'), iceServers);
