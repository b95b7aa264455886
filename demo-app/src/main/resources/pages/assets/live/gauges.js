// How well one connection carries its video: three small charts, fed from getStats once a second.

import { Sparkline } from './sparkline.js';

export class Gauges {
  #roundTrip = new Sparkline('Round trip', 'ms');
  #bitrate = new Sparkline('Bitrate', 'kbit/s');
  #frames = new Sparkline('Frames', 'fps');
  #before;
  element = document.createElement('div');

  constructor() {
    this.element.className = 'charts';
    this.element.append(this.#roundTrip.element, this.#bitrate.element, this.#frames.element);
  }

  /** Takes the figures of now. A connection that is gone, or carries nothing yet, gives a gap. */
  async sample(connection) {
    const now = await look(connection);
    const before = this.#before;
    this.#before = now;
    const seconds = before && now ? (now.at - before.at) / 1000 : 0;
    const isSteady = seconds > 0 && now.bytes >= before.bytes && now.frames >= before.frames;
    this.#roundTrip.add(now?.roundTrip === undefined ? undefined : now.roundTrip * 1000);
    this.#bitrate.add(isSteady ? ((now.bytes - before.bytes) * 8) / 1000 / seconds : undefined);
    this.#frames.add(isSteady ? (now.frames - before.frames) / seconds : undefined);
  }
}

/** What passed so far, in either direction; undefined if there is no video. */
async function look(connection) {
  if (!connection || connection.connectionState === 'closed') {
    return undefined;
  }
  let video;
  let roundTrip;
  let pair;
  for (const report of (await connection.getStats()).values()) {
    if ((report.type === 'outbound-rtp' || report.type === 'inbound-rtp') && report.kind === 'video') {
      video = {
        at: report.timestamp,
        bytes: report.bytesSent ?? report.bytesReceived ?? 0,
        frames: report.framesEncoded ?? report.framesDecoded ?? 0,
      };
    } else if (report.type === 'remote-inbound-rtp' && report.kind === 'video') {
      roundTrip = report.roundTripTime;
    } else if (report.type === 'candidate-pair' && (report.nominated || report.selected)) {
      pair = report.currentRoundTripTime ?? pair;
    }
  }
  return video && { ...video, roundTrip: roundTrip ?? pair };
}
