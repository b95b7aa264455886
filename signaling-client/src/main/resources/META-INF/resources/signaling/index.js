/**
 * Everything that a page may use.
 *
 * - A message goes out by `channel.js`, where it waits (`waiting.js`) until the channel is joined (`membership.js`), then
 *   `connection.js`, which keeps it (`outbox.js`) until it has arrived, and `sockets.js`, one WebSocket after another. It comes
 *   in the other way round and is handed to its channel by `members.js`. `heartbeat.js` tells when a socket hangs, `access.js`
 *   the address and the token for each.
 * - Video goes from `streamer.js`, with one `watcher.js` for each in its `audience.js`, to `viewer.js`. What both do in their
 *   channel is in `part.js`. Each `negotiation.js` holds one RTCPeerConnection: `exchange.js` comes to an agreement,
 *   `media.js` looks whether it works, `mending.js` mends it.
 * - ICE servers are told to `connection.js` (`ice-supply.js`), or to a page over http by `ice-servers.js`. `ice-choice.js` says
 *   which of them a browser gets, `ice-watch.js` how it does with them, `ice-errors.js` that in words. `path.js` says which way
 *   media goes.
 * - `signal-server.js` stands apart: it speaks the tutorial's format.
 *
 * @module
 */

export { Channel } from './channel.js';
export { Connection } from './connection.js';
export {
  FailureEvent,
  HandshakeEvent,
  JoinedEvent,
  LeftEvent,
  PeerEvent,
  RefusedError,
  SignalEvent,
  StateEvent,
  StreamEvent,
  ViewerStateEvent,
} from './events.js';
export { iceErrorWords } from './ice-errors.js';
export { iceServers } from './ice-servers.js';
export { Negotiation } from './negotiation.js';
export { pathOf } from './path.js';
export { SignalErrorEvent, SignalServer, SignalStateEvent } from './signal-server.js';
export { Streamer, Watcher } from './streamer.js';
export { Viewer } from './viewer.js';
