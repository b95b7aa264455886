// Never run: what a page in TypeScript writes with signaling.v1, accepted or refused by the type declarations.
import {
  Channel,
  Connection,
  FailureEvent,
  Negotiation,
  RefusedError,
  SignalServer,
  Streamer,
  Viewer,
  Watcher,
  iceErrorWords,
  iceServers,
  pathOf,
  type ChannelState,
  type Path,
  type ViewerState,
} from '../../main/resources/META-INF/resources/signaling/index.js';

const ending = new AbortController();
const channel = new Channel('lobby', {
  url: new URL('wss://signal.example/signal'),
  role: 'viewer',
  meta: { name: 'Ada' },
  accessToken: 'let-me-in',
  token: 'and-here',
  signal: ending.signal,
  WebSocket,
});
new Channel('lobby');
new Channel('lobby', { url: () => '/signal', accessToken: async () => (await fetch('/token')).text() });
// @ts-expect-error a token is a text
new Channel('lobby', { accessToken: () => 7 });
new SignalServer('lobby', { url: async () => new URL('wss://signal.example/signal'), accessToken: () => 'let-me-in' });
channel.onmessage = ({ data, from }) => channel.send(data, { to: from });
channel.onpeerjoin = ({ peer, role, meta }) => console.log(peer, role, meta['name']);
channel.onpeerleave = ({ peer, reason }) => console.log(peer, reason.length);
channel.onjoined = ({ fresh }) => console.log(fresh);
channel.onleft = ({ reason }) => console.log(reason);
channel.onresumed = null;
channel.onstatechange = ({ state, reason, code, delay }) => console.log(state === 'open', reason, code + delay);
channel.onerror = ({ code, detail, id, peer }) => console.log(code, detail, id, peer);
channel.addEventListener('peerjoin', function (event) {
  console.log(this.name, event.was);
});
channel.addEventListener('something-else', { handleEvent: (event: Event) => console.log(event.type) });
channel.role = 'moderator';
channel.meta = { ...channel.meta, name: 'Grace' };
try {
  const joined: Channel = await channel.join();
  const ids: string[] = [...joined.peers.keys(), joined.peer, joined.send({ type: 'hello' }), channel.url];
  console.log(ids);
} catch (reason) {
  if (reason instanceof RefusedError) {
    console.log(reason.code, reason.message);
  }
}
channel.oniceservers = () => console.log(channel.iceServers.length);
channel.refreshIceServers();
channel.probe();
await channel.leave();
channel.close();
ending.abort();

const stream = await navigator.mediaDevices.getUserMedia({ video: true });
const streamer = new Streamer(new Channel('stream-video'), { stream, rtc: { iceServers: [] }, connectTimeout: 5_000, RTCPeerConnection });
new Streamer(channel, { iceTransportPolicy: 'relay' });
streamer.onviewerjoin = ({ peer, was }) => console.log(peer, was);
streamer.onviewerleave = ({ peer, reason }) => console.log(peer, reason);
streamer.onviewerstate = ({ peer, state, reason }) => console.log(peer, state === 'waiting', reason);
streamer.onhandshake = ({ from, to, what, at, data }) => console.log(from, to, what, at.toFixed(), data.sdp);
streamer.onstatechange = ({ state, reason }) => console.log(state === 'live', reason);
streamer.onerror = ({ code }) => console.log(code);
for (const [peer, watcher] of streamer.viewers) {
  const one: Watcher = watcher;
  console.log(peer, one.peer, one.meta, one.state, one.reason, await one.connection?.getStats(), one.negotiation?.attempt);
}
await streamer.replaceStream(await navigator.mediaDevices.getDisplayMedia());
console.log(streamer.stream?.id, streamer.state, streamer.reason, streamer.channel.name);
streamer.stop();
streamer.close();

const viewer = new Viewer(new Channel('stream-video'), { rtc: {}, connectTimeout: 5_000, RTCPeerConnection });
viewer.onstream = ({ stream }) => (document.querySelector('video')!.srcObject = stream);
viewer.onstatechange = ({ state, reason }) => console.log(state === 'waiting', reason);
viewer.onhandshake = ({ what }) => console.log(what === 'offer');
viewer.onerror = (event: FailureEvent) => console.log(event.detail);
viewer.addEventListener('stream', (event) => console.log(event.stream?.getTracks()), { once: true });
console.log(viewer.stream, viewer.connection?.connectionState, viewer.streamer, viewer.reason, viewer.channel);
if (viewer.connection !== null) {
  const { kind, protocol, local, remote }: Path = await pathOf(viewer.connection);
  console.log(kind === 'relayed', protocol === 'tls', local === 'prflx', remote.length);
  viewer.connection.addEventListener('icecandidateerror', (event) => console.log(iceErrorWords(event).length));
}
viewer.retry();
viewer.close();
new RTCPeerConnection({ iceServers: await iceServers() });
const servers: RTCIceServer[] = await iceServers(new URL('https://signal.example/signal/ice-servers'), { accessToken: async () => 'let-me-in' });

const connection = Connection.shared('wss://signal.example/signal', 'lobby');
connection.addEventListener('statechange', ({ state }) => console.log(state === 'reconnecting', connection.limits['channels']));
const negotiation = new Negotiation({
  self: 'a',
  peer: 'b',
  attempt: 'c',
  polite: true,
  send: (data, to) => channel.send(data, { to }),
  canSignal: () => true,
  connectTimeout: 1_000,
});
negotiation.addEventListener('refused', ({ url, used }) => console.log(url, used.length));
negotiation.useIceServers(servers);
negotiation.addEventListener('track', ({ track, streams }) => console.log(track.kind, streams.length));
const states: [ChannelState, ViewerState] = [channel.state, viewer.state];
console.log(states, SignalServer);

// @ts-expect-error there is no such policy
new Viewer(channel, { iceTransportPolicy: 'none' });
// @ts-expect-error the server tells of them
channel.iceServers.push({ urls: 'stun:stun.example' });
// @ts-expect-error a channel has a name
new Channel();
// @ts-expect-error a role is a text
new Channel('lobby', { role: 1 });
// @ts-expect-error the server says who this is
channel.peer = 'somebody';
// @ts-expect-error others come and go by themselves
channel.peers.delete('somebody');
// @ts-expect-error a streamer is in a channel
new Streamer('stream-video');
// @ts-expect-error there is no such state
const wrong: ViewerState = 'open';
console.log(wrong);
// @ts-expect-error a stream is what a camera gives
await streamer.replaceStream('camera');
// @ts-expect-error viewers do not stream
viewer.replaceStream(stream);
