import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Negotiation, Streamer, Viewer } from '../../main/resources/META-INF/resources/signaling/index.js';
import { stream, World } from './rtc.mjs';
import { Stage, states } from './stage.mjs';

const calls = (connection, name) => connection.calls.filter((call) => call === name).length;
/** The streamer's restarts: viewers only ask for them. */
const restarts = ({ viewers }) => [...viewers.values()].map(({ connection }) => calls(connection, 'restartIce'));
const conditions = ({ viewers }) => [...viewers.values()].map(({ state }) => state);

/** A streamer and so many viewers, all live. */
async function live(t, count = 1) {
  const stage = new Stage(t);
  const streamer = stage.streamer();
  const viewers = Array.from({ length: count }, () => stage.viewer());
  await stage.settle();
  assert.deepEqual(viewers.map(({ state }) => state), viewers.map(() => 'live'));
  assert.equal(streamer.state, 'live');
  return { stage, streamer, viewers, viewer: viewers[0] };
}

test('reach viewers that were there before and those that come later, each over a connection of its own', async (t) => {
  const stage = new Stage(t);
  const early = [stage.viewer(), stage.viewer()];
  await stage.settle();
  assert.deepEqual(early.map(({ state }) => state), ['waiting', 'waiting']);
  const streamer = stage.streamer();
  await stage.settle();
  const late = stage.viewer();
  const seen = states(late);
  const streams = [];
  late.onstream = ({ stream: shown }) => streams.push(shown);
  await stage.settle();
  assert.deepEqual([...early, late].map(({ state }) => state), ['live', 'live', 'live']);
  assert.deepEqual(seen, ['connecting', 'live']);
  assert.deepEqual(streams, [late.stream]);
  assert.equal(late.stream.id, streamer.stream.id);
  assert.equal(stage.world.open.length, 6);
  assert.deepEqual(conditions(streamer), ['live', 'live', 'live']);
  assert.equal(late.streamer, streamer.channel.peer);
});

test('close the connection of a viewer that leaves, and no other', async (t) => {
  const { stage, streamer, viewers } = await live(t, 2);
  const events = [];
  streamer.onviewerleave = ({ peer, reason }) => events.push(peer, reason);
  const { peer } = viewers[0].channel;
  const [closing, staying] = [...streamer.viewers.values()].map(({ connection }) => connection);
  await stage.leave(viewers[0]);
  assert.deepEqual(events, [peer, 'disconnected']);
  assert.deepEqual([closing.connectionState, staying.connectionState], ['closed', 'connected']);
  assert.deepEqual([...streamer.viewers.keys()], [viewers[1].channel.peer]);
});

test('wait for a stream that comes later', async (t) => {
  const stage = new Stage(t);
  const streamer = stage.streamer({ stream: null });
  const viewer = stage.viewer();
  await stage.settle();
  assert.deepEqual([streamer.state, viewer.state, conditions(streamer)], ['ready', 'waiting', ['waiting']]);
  await streamer.replaceStream(stream('video'));
  await stage.settle();
  assert.deepEqual([streamer.state, viewer.state, conditions(streamer)], ['live', 'live', ['live']]);
});

test('switch from camera to screen without a new offer, and need one for a kind that is new', async (t) => {
  const { stage, streamer, viewer } = await live(t);
  const [{ connection, senders }] = streamer.viewers.values();
  const offers = calls(connection, 'offer');
  const screen = stream('video');
  await streamer.replaceStream(screen);
  await stage.settle();
  assert.equal(calls(connection, 'offer'), offers);
  assert.equal(senders.get('video')[0].track, screen.getTracks()[0]);
  assert.equal(senders.get('audio')[0].track, null);
  await streamer.replaceStream(stream('video', 'video'));
  await stage.settle();
  assert.equal(calls(connection, 'offer'), offers + 1);
  assert.equal(viewer.state, 'live');
  assert.equal(streamer.viewers.get(viewer.channel.peer).connection, connection);
});

test('tell viewers of the end of the stream, and begin again', async (t) => {
  const { stage, streamer, viewer } = await live(t);
  const seen = states(viewer);
  const streams = [];
  viewer.onstream = ({ stream: shown }) => streams.push(shown);
  streamer.stop();
  await stage.settle();
  assert.deepEqual([streamer.state, viewer.state, viewer.stream, stage.world.open.length], ['ended', 'ended', null, 0]);
  await streamer.replaceStream(stream('video'));
  await stage.settle();
  assert.deepEqual([streamer.state, seen], ['live', ['ended', 'connecting', 'live']]);
  assert.deepEqual(streams, [null, viewer.stream]);
});

test('find each other again after the streamer’s page was reloaded, and leave no connection behind', async (t) => {
  const { stage, streamer, viewers } = await live(t, 2);
  const seen = states(viewers[0]);
  await stage.leave(streamer);
  assert.deepEqual(seen, ['waiting']);
  assert.equal(stage.world.open.length, 0);
  const again = stage.streamer();
  await stage.settle();
  assert.deepEqual(seen, ['waiting', 'connecting', 'live']);
  assert.equal(stage.world.open.length, 4);
  assert.deepEqual(conditions(again), ['live', 'live']);
});

test('find each other again after a viewer’s page was reloaded', async (t) => {
  const { stage, streamer, viewer } = await live(t);
  await stage.leave(viewer);
  const again = stage.viewer();
  await stage.settle();
  assert.deepEqual([again.state, conditions(streamer), stage.world.open.length], ['live', ['live'], 2]);
});

test('keep running media when the server is restarted, and know each other again by their keys', async (t) => {
  const { stage, streamer, viewers } = await live(t, 2);
  const before = stage.world.open;
  const offers = before.map((connection) => calls(connection, 'offer'));
  const seen = [states(streamer), states(viewers[0]), states(viewers[1])];
  const renamed = [];
  streamer.onviewerjoin = ({ peer, was }) => renamed.push([was, peer]);
  const old = viewers.map(({ channel }) => channel.peer);
  stage.network.isDown = true;
  stage.model.restart();
  await stage.pass(3_000);
  stage.network.isDown = false;
  await stage.pass(5_000);
  const now = viewers.map(({ channel }) => channel.peer);
  assert.deepEqual(stage.world.open, before);
  assert.deepEqual(before.map((connection) => calls(connection, 'offer')), offers);
  assert.deepEqual(new Map(renamed), new Map([[old[0], now[0]], [old[1], now[1]]]));
  assert.deepEqual([...streamer.viewers.keys()].sort(), [...now].sort());
  assert.deepEqual(seen[0].filter((state) => state !== 'reconnecting'), ['live']);
  assert.deepEqual([seen[1], seen[2]], [[], []]);
  // What they say to each other from now on arrives, too.
  await stage.ice(viewers[0], 'disconnected');
  await stage.pass(3_000);
  assert.equal(viewers[0].state, 'live');
  const late = stage.viewer();
  await stage.settle();
  assert.equal(late.state, 'live');
});

test('make new connections after a restart for those whose media had stopped', async (t) => {
  const { stage, streamer, viewers } = await live(t, 2);
  const [, kept] = viewers.map(({ connection }) => connection);
  stage.network.isDown = true;
  stage.model.restart();
  await stage.ice(viewers[0], 'failed');
  await stage.pass(1_000);
  stage.network.isDown = false;
  await stage.pass(5_000);
  assert.deepEqual(viewers.map(({ state }) => state), ['live', 'live']);
  assert.equal(viewers[1].connection, kept);
  assert.deepEqual([stage.world.open.length, streamer.viewers.size], [4, 2]);
});

test('let go after a restart of those that do not come back, once their media stops', async (t) => {
  const { stage, streamer, viewers } = await live(t, 2);
  viewers[0].channel.close();
  stage.model.restart();
  await stage.pass(2_000);
  assert.equal(streamer.viewers.size, 2);
  const lost = streamer.viewers.get([...streamer.viewers.keys()].find((peer) => !streamer.channel.peers.has(peer)));
  lost.connection.become('disconnected');
  await stage.settle();
  assert.equal(streamer.viewers.size, 1);
});

test('start afresh when the server has forgotten the streamer alone', async (t) => {
  const { stage, streamer, viewer } = await live(t);
  stage.network.isDown = true;
  stage.network.cut(stage.socketOf(streamer));
  stage.model.expire();
  await stage.settle();
  assert.deepEqual([viewer.state, viewer.connection], ['waiting', null]);
  stage.network.isDown = false;
  await stage.pass(3_000);
  assert.deepEqual([viewer.state, conditions(streamer), stage.world.open.length], ['live', ['live'], 2]);
});

test('start afresh when the server has forgotten the viewer alone', async (t) => {
  const { stage, streamer, viewer } = await live(t);
  stage.network.isDown = true;
  stage.network.cut(stage.socketOf(viewer));
  stage.model.expire();
  stage.network.isDown = false;
  await stage.pass(3_000);
  assert.deepEqual([viewer.state, conditions(streamer), stage.world.open.length], ['live', ['live'], 2]);
});

test('notice nothing when a lost connection to the server is resumed', async (t) => {
  const { stage, streamer, viewer } = await live(t);
  const [before, seen] = [stage.world.open, [states(streamer), states(viewer)]];
  stage.network.cut(stage.socketOf(viewer));
  stage.network.cut(stage.socketOf(streamer));
  await stage.pass(2_000);
  assert.deepEqual([stage.world.open, seen], [before, [['reconnecting', 'live'], []]]);
});

test('recover from a viewer’s change of address by heartbeat, resume and a restart of ICE', async (t) => {
  const { stage, viewer, streamer } = await live(t);
  const { connection } = viewer;
  await stage.pass(1_000);
  stage.network.mute(stage.socketOf(viewer));
  stage.world.canReach = () => true;
  connection.candidates.clear();
  await stage.pass(6_000);
  connection.become('disconnected');
  [...streamer.viewers.values()][0].connection.candidates.clear();
  await stage.pass(3_500);
  assert.deepEqual([viewer.state, viewer.connection === connection], ['live', true]);
});

test('tell a second streamer that the role is taken, and leave the first alone', async (t) => {
  const { stage, streamer, viewer } = await live(t);
  const seen = states(viewer);
  stage.model.refuse = ({ type, role }) => (type === 'join-channel' && role === 'streamer' ? 'role-taken' : undefined);
  const second = stage.streamer();
  const codes = [];
  second.onerror = ({ code }) => codes.push(code);
  await stage.settle();
  assert.deepEqual([second.state, second.reason, codes], ['failed', 'role-taken', ['role-taken']]);
  assert.deepEqual([streamer.state, seen], ['live', []]);
  stage.model.refuse = () => undefined;
  await stage.leave(streamer);
  second.channel.join();
  await stage.settle();
  assert.deepEqual([second.state, viewer.state], ['live', 'live']);
});

test('hand over to a streamer that takes the role', async (t) => {
  const { stage, streamer, viewer } = await live(t);
  const { model } = stage;
  const peer = model.peers.get(streamer.channel.peer);
  model.leave(peer, 'room', 'replaced');
  model.tell(peer, { type: 'left-channel', channel: 'room', reason: 'replaced' });
  const second = stage.streamer();
  await stage.settle();
  assert.deepEqual([streamer.state, streamer.reason], ['failed', 'replaced']);
  assert.deepEqual([viewer.state, viewer.streamer, stage.world.open.length], ['live', second.channel.peer, 2]);
});

test('go on with another streamer that was there all along', async (t) => {
  const { stage, streamer, viewer } = await live(t);
  const second = stage.streamer();
  await stage.pass(3_000);
  assert.equal(viewer.streamer, streamer.channel.peer);
  await stage.leave(streamer);
  await stage.pass(1_000);
  assert.deepEqual([viewer.state, viewer.streamer], ['live', second.channel.peer]);
});

test('remind a streamer that offers nothing, less and less often', async (t) => {
  const stage = new Stage(t);
  stage.channel('room', { role: 'streamer' }).join();
  await stage.settle();
  const viewer = stage.viewer();
  await stage.pass(60_000);
  const reminders = stage.model.received.filter(({ data }) => data?.type === 'ready').length;
  assert.equal(reminders, 4);
  assert.equal(viewer.state, 'waiting');
});

test('do not speak of connections that are gone', async (t) => {
  const { stage, streamer, viewer } = await live(t);
  const { attempt } = [...streamer.viewers.values()][0].negotiation;
  const rival = stage.channel('room');
  rival.join();
  await stage.settle();
  rival.send({ type: 'offer', sdp: 'x', attempt: 'new' }, { to: viewer.channel.peer });
  rival.send({ type: 'stream-ended', attempt }, { to: viewer.channel.peer });
  rival.send({ type: 'answer', sdp: 'x', attempt }, { to: streamer.channel.peer });
  streamer.channel.send({ type: 'icecandidate', candidate: {}, attempt: 'old' }, { to: viewer.channel.peer });
  streamer.channel.send({ type: 'stream-ended', attempt: 'old' }, { to: viewer.channel.peer });
  viewer.channel.send({ type: 'offer', sdp: 'x', attempt: 'old' });
  for (const data of [null, 'offer', 7, [], {}, { type: 'offer' }, { type: 7 }, { type: 'offer', attempt: 7 }]) {
    viewer.channel.send(data);
    streamer.channel.send(data);
  }
  await stage.settle();
  assert.deepEqual([viewer.state, conditions(streamer), stage.world.open.length], ['live', ['live'], 2]);
});

test('show the handshake', async (t) => {
  const stage = new Stage(t);
  const streamer = stage.streamer();
  const seen = [];
  streamer.onhandshake = ({ from, to, what, at }) => {
    assert.equal(at, 1_000_000);
    seen.push(`${from === streamer.channel.peer ? '>' : '<'} ${what} ${[from, to].includes(streamer.channel.peer)}`);
  };
  const viewer = stage.viewer();
  const told = [];
  viewer.onhandshake = ({ from, what }) => told.push(`${from === viewer.channel.peer ? '<' : '>'} ${what}`);
  await stage.settle();
  assert.deepEqual([...seen].sort(), ['< answer true', ...Array(2).fill('< icecandidate true'), ...Array(2).fill('> icecandidate true'), '> offer true']);
  assert.deepEqual([...told].sort(), seen.map((line) => line.replace(' true', '')).sort());
});

test('end with their channel', async (t) => {
  const { stage, streamer, viewer } = await live(t);
  streamer.channel.close();
  viewer.close();
  viewer.close();
  await stage.settle();
  assert.deepEqual([streamer.state, viewer.state, stage.world.open.length], ['closed', 'closed', 0]);
  assert.throws(() => viewer.retry(), { name: 'InvalidStateError' });
  assert.throws(() => streamer.stop(), { name: 'InvalidStateError' });
  await assert.rejects(streamer.replaceStream(stream('video')), { name: 'InvalidStateError' });
});

test('refuse what makes no sense', async (t) => {
  const stage = new Stage(t);
  const { RTCPeerConnection } = stage.world;
  assert.throws(() => new Streamer(), TypeError);
  assert.throws(() => new Viewer('room', { RTCPeerConnection }), TypeError);
  assert.throws(() => new Viewer(stage.channel()), /no RTCPeerConnection/);
  assert.throws(() => stage.streamer({ stream: 'camera' }), TypeError);
  assert.throws(() => stage.viewer({ connectTimeout: 0 }), TypeError);
  const joined = stage.channel();
  joined.join();
  assert.throws(() => stage.viewer({}, joined), { name: 'InvalidStateError', message: /joined as "peer"/ });
  const closed = stage.channel();
  closed.close();
  assert.throws(() => stage.viewer({}, closed), { name: 'InvalidStateError' });
  await assert.rejects(stage.streamer().replaceStream(null), TypeError);
});

test('say why a connection did not come to be', async (t) => {
  const stage = new Stage(t);
  stage.world.canReach = () => false;
  const streamer = stage.streamer({ connectTimeout: 10_000 });
  const viewer = stage.viewer();
  const dead = stage.channel('room', { role: 'viewer' });
  dead.join();
  await stage.settle();
  await stage.pass(10_000);
  const reasons = [...streamer.viewers.values()].map(({ state, reason }) => `${state}: ${reason}`);
  assert.match(reasons[0], /^failed: No way to the other side was found within 10 s: a firewall/);
  assert.match(reasons[1], /^failed: The other side did not answer within 10 s/);
  await stage.pass(5_000);
  assert.match(viewer.reason, /No way to the other side was found within 12 s/);
  stage.world.canReach = () => true;
  await stage.pass(6_000);
  assert.deepEqual([viewer.state, viewer.reason], ['live', '']);
});

test('restart ICE only when an interruption lasts for 2 s', async (t) => {
  const { stage, viewer, streamer } = await live(t);
  const { connection } = viewer;
  const seen = states(viewer);
  connection.become('disconnected');
  await stage.pass(1_500);
  connection.become('connected');
  await stage.pass(10_000);
  assert.deepEqual(restarts(streamer), [0]);
  await stage.ice(viewer, 'disconnected');
  await stage.pass(1_500);
  assert.deepEqual(restarts(streamer), [0]);
  await stage.pass(500);
  assert.deepEqual(restarts(streamer), [1]);
  assert.equal(calls(connection, 'restartIce'), 0);
  assert.deepEqual([viewer.state, seen], ['live', ['reconnecting', 'live', 'reconnecting', 'live']]);
  assert.deepEqual([conditions(streamer), viewer.connection], [['live'], connection]);
});

test('restart ICE at once when it has failed, and again every 5 s, less often later', async (t) => {
  const { stage, viewer, streamer } = await live(t);
  stage.world.canReach = () => false;
  await stage.ice(viewer, 'failed');
  assert.deepEqual(restarts(streamer), [1]);
  await stage.pass(10_000);
  assert.deepEqual(restarts(streamer), [3]);
  await stage.pass(5_000);
  assert.deepEqual(restarts(streamer), [4]);
  stage.world.canReach = () => true;
  await stage.pass(11_000);
  assert.equal(viewer.state, 'live');
});

test('restart ICE also when the viewer alone sees the interruption', async (t) => {
  const { stage, viewer, streamer } = await live(t);
  const { connection } = viewer;
  connection.candidates.clear();
  connection.become('disconnected');
  await stage.pass(2_000);
  assert.deepEqual([restarts(streamer), viewer.state, viewer.connection === connection], [[1], 'live', true]);
  await stage.pass(30_000);
  assert.deepEqual(restarts(streamer), [1]);
});

test('make a new connection when one is only said to be connected after a restart', async (t) => {
  const { stage, viewer, streamer } = await live(t);
  const { connection } = viewer;
  await stage.pass(3_000);
  connection.trueState = 'checking';
  [...streamer.viewers.values()][0].connection.restartIce();
  await stage.settle();
  await stage.pass(3_000);
  assert.equal(viewer.connection, connection);
  await stage.pass(1_000);
  assert.notEqual(viewer.connection, connection);
  assert.deepEqual([viewer.state, conditions(streamer), stage.world.open.length], ['live', ['live'], 2]);
});

test('make a new connection when one that has failed at first is connected after all', async (t) => {
  for (const side of ['streamer', 'viewer']) {
    await t.test(`on the ${side}'s side`, async (t) => {
      const stage = new Stage(t);
      stage.world.canReach = () => false;
      const streamer = stage.streamer();
      const viewer = stage.viewer();
      await stage.settle();
      const { connection } = viewer;
      const failing = side === 'viewer' ? connection : [...streamer.viewers.values()][0].connection;
      failing.become('failed');
      await stage.settle();
      stage.world.canReach = () => true;
      await stage.pass(8_000);
      assert.notEqual(viewer.connection, connection);
      assert.deepEqual([viewer.state, conditions(streamer), stage.world.open.length], ['live', ['live'], 2]);
    });
  }
});

test('make a new connection when restarts do not help', async (t) => {
  const { stage, viewer, streamer } = await live(t);
  const { connection } = viewer;
  stage.world.canReach = (one, other) => one !== connection && other !== connection;
  await stage.ice(viewer, 'failed');
  await stage.pass(60_000);
  assert.deepEqual([viewer.state, conditions(streamer), stage.world.open.length], ['live', ['live'], 2]);
  assert.notEqual(viewer.connection, connection);
});

test('take media that stays away for a sign that the network has changed, before ICE does', async (t) => {
  const { stage, viewer, streamer } = await live(t);
  const { connection } = viewer;
  connection.hasMedia = true;
  await stage.pass(5_000);
  connection.hasMedia = false; // another address: the socket hangs as well, and ICE says nothing yet
  stage.network.mute(stage.socketOf(viewer));
  await stage.pass(6_000);
  assert.deepEqual([restarts(streamer), viewer.connection === connection, viewer.state], [[1], true, 'live']);
});

test('make a new connection after a long time without media, rather than mend the old one', async (t) => {
  const { stage, viewer, streamer } = await live(t);
  const { connection } = viewer;
  connection.hasMedia = true;
  await stage.pass(5_000);
  connection.hasMedia = false;
  stage.network.isDown = true;
  stage.network.mute(stage.socketOf(viewer));
  await stage.pass(20_000);
  stage.network.isDown = false;
  await stage.pass(8_000);
  assert.notEqual(viewer.connection, connection);
  assert.deepEqual([viewer.state, conditions(streamer), stage.world.open.length], ['live', ['live'], 2]);
});

test('leave a connection alone over which no media comes while the server answers', async (t) => {
  const { stage, viewer, streamer } = await live(t);
  viewer.connection.hasMedia = true;
  await stage.pass(5_000);
  viewer.connection.hasMedia = false; // nothing is sent, perhaps
  await stage.pass(60_000);
  assert.deepEqual([restarts(streamer), viewer.state], [[0], 'live']);
});

test('restart ICE when there is a way to signal again, and not before', async (t) => {
  const { stage, viewer, streamer } = await live(t);
  stage.network.isDown = true;
  stage.network.open.forEach((socket) => stage.network.cut(socket));
  await stage.ice(viewer, 'failed');
  await stage.pass(8_000);
  assert.deepEqual(restarts(streamer), [0]);
  stage.network.isDown = false;
  await stage.pass(4_000);
  assert.equal(viewer.state, 'live');
});

/** Two negotiations with nothing between them but a wire that a test may hold up. */
function pair(t) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const world = new World();
  const wire = [];
  const errors = [];
  const ends = {};
  for (const [self, peer, polite] of [['a', 'b', false], ['b', 'a', true]]) {
    const send = (data) => wire.push(() => ends[peer].receive(structuredClone(data)));
    const { RTCPeerConnection } = world;
    ends[self] = new Negotiation({ self, peer, polite, send, attempt: 'x', canSignal: () => true, connectTimeout: 15_000, RTCPeerConnection });
    ends[self].addEventListener('error', ({ detail }) => errors.push(detail));
    t.after(() => ends[self].close());
  }
  const settle = async () => {
    for (let quiet = 0; quiet < 10; quiet++) {
      if (wire.length > 0) {
        quiet = 0;
        wire.shift()();
      }
      await new Promise((done) => setImmediate(done));
    }
  };
  return { ...ends, world, wire, errors, settle };
}

test('let the impolite end’s offer hold when two cross, and then make the other one', async (t) => {
  const { a, b, settle, errors } = pair(t);
  const heard = { a: [], b: [] };
  a.addEventListener('track', ({ track }) => heard.a.push(track.kind));
  b.addEventListener('track', ({ track }) => heard.b.push(track.kind));
  a.connection.addTrack({ kind: 'video' }, stream());
  b.connection.addTrack({ kind: 'audio' }, stream());
  await settle();
  assert.deepEqual(heard, { a: ['audio'], b: ['video'] });
  assert.equal(calls(b.connection, 'rollback'), 1);
  assert.equal(calls(a.connection, 'rollback'), 0);
  assert.deepEqual([a.state, b.state, errors], ['live', 'live', []]);
});

test('agree whatever the moment at which both change something', async (t) => {
  for (let moment = 0; moment < 40; moment++) {
    const { a, b, settle, wire, errors } = pair(t);
    const kinds = [];
    a.addEventListener('track', ({ track }) => kinds.push(track.kind));
    a.connection.addTrack({ kind: 'video' }, stream());
    for (let step = 0; step < moment; step++) {
      await new Promise((done) => setImmediate(done));
      if (step % 3 === 0) {
        wire.shift()?.();
      }
    }
    b.connection.addTrack({ kind: 'audio' }, stream());
    if (moment % 2 === 0) {
      a.connection.restartIce();
      b.connection.restartIce();
    }
    await settle();
    assert.deepEqual([a.state, b.state, kinds, errors], ['live', 'live', ['audio'], []], `at moment ${moment}`);
    assert.deepEqual([a.connection.signalingState, b.connection.signalingState], ['stable', 'stable']);
    a.close();
    b.close();
    t.mock.timers.reset();
  }
});

test('keep candidates that come before the description, 64 at most', async (t) => {
  const { a, b, wire, settle } = pair(t);
  a.connection.addTrack({ kind: 'video' }, stream());
  for (let turn = 0; turn < 10; turn++) {
    await new Promise((done) => setImmediate(done));
  }
  const [offer, ...candidates] = wire.splice(0);
  candidates.forEach((deliver) => deliver());
  for (let number = 0; number < 200; number++) {
    b.receive({ type: 'icecandidate', attempt: 'x', candidate: { usernameFragment: 'other' } });
  }
  await settle();
  offer();
  for (let turn = 0; turn < 10; turn++) {
    await settle();
  }
  assert.deepEqual([a.state, b.state], ['live', 'live']);
});

test('ignore an answer to an offer that was made again', async (t) => {
  const { a, b, wire, settle } = pair(t);
  a.connection.addTrack({ kind: 'video' }, stream());
  for (let turn = 0; turn < 10; turn++) {
    await new Promise((done) => setImmediate(done));
  }
  a.signalingIsBack({ mayBeLost: true });
  for (let turn = 0; turn < 10; turn++) {
    await new Promise((done) => setImmediate(done));
  }
  await settle();
  assert.equal(calls(b.connection, 'answer'), 2);
  assert.deepEqual([a.state, b.state, a.reason], ['live', 'live', '']);
});

test('say so when the browsers cannot agree', async (t) => {
  const { a, settle } = pair(t);
  a.receive({ type: 'offer', attempt: 'x', sdp: 'no sdp' });
  await settle();
  assert.equal(a.state, 'failed');
  assert.match(a.reason, /^The browsers could not agree: /);
});

test('leave no timer behind at a viewer that did not come back', async (t) => {
  const { stage, streamer, viewers } = await live(t, 2);
  viewers[0].channel.close();
  stage.model.restart();
  await stage.pass(2_000);
  const lost = streamer.viewers.get([...streamer.viewers.keys()].find((peer) => !streamer.channel.peers.has(peer)));
  const { connection } = lost;
  const before = calls(connection, 'restartIce');
  connection.restartIce = () => connection.calls.push('restartIce');
  connection.become('disconnected');
  await stage.pass(60_000);
  assert.deepEqual([connection.connectionState, calls(connection, 'restartIce')], ['closed', before]);
});

test('stay closed when a listener closes them, and leave nothing behind', async (t) => {
  const { stage, streamer, viewer } = await live(t);
  viewer.onstream = ({ stream: shown }) => shown === null && viewer.close();
  const second = stage.streamer();
  await stage.settle();
  await stage.leave(streamer);
  assert.equal(viewer.state, 'closed');
  const sent = () => stage.model.received.filter(({ data }) => data?.type === 'ready').length;
  const before = sent();
  await stage.pass(60_000);
  assert.equal(sent(), before);
  second.onviewerjoin = () => second.close();
  const made = stage.world.connections.length;
  const late = [stage.viewer(), stage.viewer()];
  await stage.settle();
  assert.deepEqual([second.state, second.viewers.size, stage.world.connections.length], ['closed', 0, made]);
  assert.deepEqual(late.map(({ state }) => state), ['waiting', 'waiting']);
});

test('stay closed when a listener closes them because the channel was left', async (t) => {
  const { stage, streamer, viewers } = await live(t, 2);
  streamer.onviewerleave = () => streamer.close();
  viewers[0].onstream = () => viewers[0].close();
  streamer.channel.leave();
  viewers[0].channel.leave();
  await stage.settle();
  assert.deepEqual([streamer.state, viewers[0].state, stage.world.open.length], ['closed', 'closed', 0]);
});

test('give up nobody else’s handshake when a listener closes the streamer for one', async (t) => {
  const stage = new Stage(t);
  const viewers = [stage.viewer(), stage.viewer()];
  await stage.settle();
  const streamer = stage.streamer();
  streamer.onviewerjoin = () => streamer.close();
  await stage.settle();
  assert.deepEqual([streamer.state, streamer.viewers.size, stage.world.connections.length], ['closed', 0, 0]);
  assert.deepEqual(viewers.map(({ state }) => state), ['waiting', 'waiting']);
});

test('may be stopped and closed from within what that tells', async (t) => {
  const { stage, streamer, viewers } = await live(t, 2);
  const seen = [];
  streamer.onviewerstate = ({ state }) => {
    seen.push(state);
    streamer.stop();
  };
  streamer.stop();
  assert.deepEqual([streamer.state, seen], ['ended', ['waiting', 'waiting']]);
  streamer.onviewerstate = () => streamer.close();
  await streamer.replaceStream(stream('video'));
  await stage.settle();
  assert.deepEqual([streamer.state, stage.world.open.length, viewers.length], ['closed', 0, 2]);
});

test('bear a browser that tells nothing of a connection', async (t) => {
  const { stage, streamer, viewer } = await live(t);
  const rejected = [];
  const hear = (reason) => rejected.push(reason);
  process.on('unhandledRejection', hear);
  t.after(() => process.off('unhandledRejection', hear));
  for (const connection of stage.world.open) {
    connection.getStats = () => Promise.reject(new DOMException('no', 'InvalidStateError'));
  }
  viewer.connection.restartIce();
  await stage.pass(6_000);
  assert.deepEqual([rejected, viewer.state, conditions(streamer)], [[], 'live', ['live']]);
});

test('ignore what is no signal at all', (t) => {
  const { a } = pair(t);
  for (const data of [null, undefined, 'offer', 1, []]) {
    a.receive(data);
  }
  assert.equal(a.state, 'connecting');
});

test('tell of a browser that makes no connection, and try again', async (t) => {
  const stage = new Stage(t);
  const errors = { streamer: [], viewer: [] };
  let isRefused = true;
  const Connection = stage.world.RTCPeerConnection;
  class RTCPeerConnection extends Connection {
    constructor(rtc) {
      super(rtc);
      if (isRefused) {
        this.close();
        throw new DOMException('Cannot create so many PeerConnections', 'UnknownError');
      }
    }
  }
  const streamer = stage.streamer({ RTCPeerConnection });
  const viewers = [stage.viewer({ RTCPeerConnection }), stage.viewer({ RTCPeerConnection })];
  streamer.onerror = ({ code, detail }) => errors.streamer.push(`${code}: ${detail}`);
  await stage.settle();
  assert.deepEqual(errors.streamer, Array(2).fill('negotiation-failed: Cannot create so many PeerConnections'));
  assert.deepEqual(conditions(streamer), ['waiting', 'waiting']);
  isRefused = false;
  await stage.pass(6_000);
  assert.deepEqual([conditions(streamer), viewers.map(({ state }) => state)], [['live', 'live'], ['live', 'live']]);
  isRefused = true;
  viewers[0].onerror = ({ code, detail }) => errors.viewer.push(`${code}: ${detail}`);
  viewers[0].retry();
  isRefused = false;
  await stage.settle();
  isRefused = true;
  stage.model.tell(stage.model.peers.get(viewers[0].channel.peer), {
    type: 'signal',
    channel: 'room',
    from: streamer.channel.peer,
    data: { type: 'offer', sdp: 'x', attempt: 'another' },
  });
  await stage.settle();
  assert.deepEqual([errors.viewer, viewers[0].state], [['negotiation-failed: Cannot create so many PeerConnections'], 'waiting']);
  isRefused = false;
  await stage.pass(10_000);
  assert.equal(viewers[0].state, 'live');
});
