import { streamer } from '../assets/streamer.js';

streamer(new BroadcastChannel('stream-video'));
