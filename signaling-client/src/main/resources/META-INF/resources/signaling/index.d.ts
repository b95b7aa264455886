export { Channel, type ChannelEventMap, type ChannelOptions, type ChannelState, type PeerInfo } from './channel.js';
export { Connection, type ConnectionEventMap, type ConnectionState, type Member, type UnsentMessage } from './connection.js';
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
export { iceErrorWords, type IceError } from './ice-errors.js';
export { iceServers } from './ice-servers.js';
export { Negotiation, type NegotiationEventMap, type NegotiationOptions, type NegotiationState } from './negotiation.js';
export { pathOf, type Path } from './path.js';
export {
  SignalErrorEvent,
  SignalServer,
  SignalStateEvent,
  type Signal,
  type SignalServerEventMap,
  type SignalServerOptions,
  type SignalState,
} from './signal-server.js';
export { Streamer, Watcher, type StreamerEventMap, type StreamerOptions, type StreamerState, type WatcherState } from './streamer.js';
export { Viewer, type ViewerEventMap, type ViewerOptions, type ViewerState } from './viewer.js';
