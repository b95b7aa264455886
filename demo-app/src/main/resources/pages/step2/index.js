import { viewer } from '../assets/viewer.js';

viewer(new BroadcastChannel('stream-video'));
