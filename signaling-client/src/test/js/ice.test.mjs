import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { Channel, iceErrorWords, iceServers } from '../../main/resources/META-INF/resources/signaling/index.js';
import { Stage } from './stage.mjs';

const UDP = 'turn:turn.test:3478?transport=udp';
const TCP = 'turn:turn.test:3478?transport=tcp';
const STUN = { urls: ['stun:stun.test'] };
const calls = (connection, name) => connection.calls.filter((call) => call === name).length;
const restarts = ({ viewers }) => [...viewers.values()].map(({ connection }) => calls(connection, 'restartIce'));

/** A TURN server's credentials, one for each of the secrets, newer with each question. */
function servers(urls, ...secrets) {
  let number = 0;
  return () => {
    number++;
    return { iceServers: secrets.map((secret) => ({ urls, username: `u${number}`, credential: `${secret}-${number}` })), ttl: 20 };
  };
}

/** A stage whose server tells of these, and whose TURN server knows this secret. */
function stageWith(t, ice, { secret = 'right', isBlocked = true } = {}) {
  const stage = new Stage(t);
  stage.model.ice = ice;
  stage.secret = secret;
  stage.world.turn = ({ credential }) => (credential.startsWith(stage.secret) ? 'relay' : 401);
  // Behind NATs that only a TURN server helps through.
  stage.world.canReach = (one, other) => !isBlocked || one.hasRelay || other.hasRelay;
  return stage;
}

function failures(target) {
  const heard = [];
  target.addEventListener('error', ({ code, detail }) => heard.push(`${code}: ${detail}`));
  return heard;
}

test('come with the greeting and go to each connection', async (t) => {
  const stage = stageWith(t, servers([UDP], 'right'));
  const streamer = stage.streamer({ iceTransportPolicy: 'relay', rtc: { bundlePolicy: 'max-bundle' } });
  const viewer = stage.viewer();
  const told = [];
  viewer.channel.oniceservers = ({ type }) => told.push(type, viewer.channel.iceServers);
  assert.deepEqual(viewer.channel.iceServers, []);
  await stage.settle();
  const [{ connection }] = streamer.viewers.values();
  assert.deepEqual(told, ['iceservers', [{ urls: [UDP], username: 'u2', credential: 'right-2' }]]);
  assert.deepEqual(viewer.connection.rtc, { iceServers: viewer.channel.iceServers });
  assert.deepEqual(connection.rtc, { bundlePolicy: 'max-bundle', iceTransportPolicy: 'relay', iceServers: streamer.channel.iceServers });
  assert.equal(viewer.state, 'live');
});

test('do not come from a server that has none, which is not asked either', async (t) => {
  const stage = new Stage(t);
  const streamer = stage.streamer();
  const viewer = stage.viewer();
  await stage.settle();
  viewer.channel.refreshIceServers();
  await stage.settle();
  assert.deepEqual([viewer.channel.iceServers, viewer.connection.rtc, viewer.state], [[], { iceServers: [] }, 'live']);
  assert.deepEqual(stage.model.received.filter(({ type }) => type === 'get-ice-servers'), []);
  streamer.channel.close();
  assert.deepEqual(streamer.channel.iceServers, []);
  streamer.channel.refreshIceServers();
});

test('are asked for one question at a time, and not again at once', async (t) => {
  const stage = stageWith(t, servers([UDP], 'right'));
  const { channel } = stage.viewer();
  const told = [];
  channel.addEventListener('iceservers', () => told.push(channel.iceServers[0]?.username));
  channel.refreshIceServers(); // nobody is there yet
  await stage.settle();
  channel.refreshIceServers();
  channel.refreshIceServers();
  await stage.settle();
  channel.refreshIceServers();
  await stage.settle();
  assert.deepEqual([told, stage.model.questions], [['u1', 'u2'], 1]);
  await stage.pass(2_000);
  channel.refreshIceServers();
  await stage.settle();
  assert.deepEqual([told, stage.model.questions], [['u1', 'u2', 'u3'], 2]);
  stage.network.mute(stage.socketOf({ channel }));
  await stage.pass(2_000);
  channel.refreshIceServers(); // lost with the socket; the greetings of the next bring two
  stage.network.cut(stage.network.sockets[0]);
  await stage.pass(1_000);
  channel.refreshIceServers();
  await stage.settle();
  assert.deepEqual([told.slice(3), stage.model.questions], [['u5', 'u6'], 3]);
});

test('are not counted, nor kept for a lost connection', async (t) => {
  const stage = stageWith(t, servers([UDP], 'right'));
  const [one, other] = [stage.channel(), stage.channel()];
  one.join();
  other.join();
  await stage.settle();
  const heard = [];
  const errors = failures(one);
  one.addEventListener('message', ({ data }) => heard.push(data));
  one.addEventListener('joined', ({ fresh }) => heard.push(`joined ${fresh}`));
  const peer = stage.model.peers.get(one.peer);
  for (let number = 0; number < 5; number++) {
    stage.model.tellIceServers(peer);
    other.send(number);
  }
  stage.network.step();
  one.refreshIceServers();
  stage.network.cut(stage.socketOf({ channel: one }));
  await stage.pass(1_000);
  stage.model.ice = () => undefined;
  one.refreshIceServers();
  await stage.pass(6_000);
  assert.deepEqual([heard, errors, one.state], [[0, 1, 2, 3, 4], [], 'open']);
});

test('stay what they were when a server that goes on cannot say, and are forgotten with a server that is another', async (t) => {
  const stage = stageWith(t, servers([UDP], 'right'));
  const channel = stage.channel();
  channel.join();
  await stage.settle();
  const before = channel.iceServers;
  let changes = 0;
  channel.oniceservers = () => changes++;
  stage.model.ice = () => undefined;
  stage.network.cut(stage.socketOf({ channel }));
  await stage.pass(1_000);
  assert.deepEqual([channel.state, channel.iceServers, changes], ['open', before, 0]);
  stage.model.restart();
  await stage.pass(2_000);
  assert.deepEqual([channel.state, channel.iceServers, changes], ['open', [], 1]);
});

test('are taken as they come, without what is none', async (t) => {
  const odd = [null, 7, {}, { urls: [] }, { urls: [1] }, 'turn:turn.test', STUN, { urls: 'stun:other.test' }];
  const stage = stageWith(t, () => ({ iceServers: odd }));
  const channel = stage.channel();
  channel.join();
  await stage.settle();
  assert.deepEqual(channel.iceServers, [STUN, { urls: 'stun:other.test' }]);
  stage.model.ice = () => ({ iceServers: 'none' });
  stage.model.tellIceServers(stage.model.peers.get(channel.peer));
  await stage.settle();
  assert.equal(channel.iceServers.length, 2);
});

test('go to live connections when fresh ones come, which goes unnoticed', async (t) => {
  const stage = stageWith(t, servers([UDP], 'right'));
  const streamer = stage.streamer({ iceTransportPolicy: 'relay' });
  const viewer = stage.viewer();
  await stage.settle();
  const [{ connection }] = streamer.viewers.values();
  const seen = [];
  viewer.addEventListener('statechange', ({ state }) => seen.push(state));
  stage.model.peers.forEach((peer) => stage.model.tellIceServers(peer));
  await stage.pass(20_000);
  assert.deepEqual(connection.rtc, { iceTransportPolicy: 'relay', iceServers: streamer.channel.iceServers });
  assert.deepEqual(viewer.connection.rtc.iceServers, viewer.channel.iceServers);
  assert.deepEqual([seen, restarts(streamer), calls(connection, 'offer')], [[], [0], 1]);
  const changes = calls(connection, 'setConfiguration');
  const same = { type: 'ice-servers', iceServers: streamer.channel.iceServers };
  stage.network.send(stage.socketOf(streamer), same);
  await stage.settle();
  assert.equal(calls(connection, 'setConfiguration'), changes);
});

test('go to a connection that is mended when the server is back, before it is', async (t) => {
  const stage = stageWith(t, servers([UDP], 'right'));
  const streamer = stage.streamer();
  const viewer = stage.viewer();
  await stage.settle();
  const { connection } = viewer;
  stage.network.isDown = true;
  stage.network.open.forEach((socket) => stage.network.cut(socket));
  stage.secret = 'newer';
  stage.model.ice = servers([UDP], 'newer');
  await stage.ice(viewer, 'failed');
  await stage.pass(3_000);
  stage.network.isDown = false;
  await stage.pass(3_000);
  assert.deepEqual([viewer.state, viewer.connection === connection, restarts(streamer)], ['live', true, [1]]);
  assert.match(connection.rtc.iceServers[0].credential, /^newer/);
});

test('are not those of the server where the page names its own', async (t) => {
  const stage = stageWith(t, servers([UDP], 'right'));
  const own = [{ urls: UDP, username: 'me', credential: 'wrong' }];
  const streamer = stage.streamer({ rtc: { iceServers: own } });
  const viewer = stage.viewer({ rtc: { iceServers: [] } });
  const errors = failures(streamer);
  await stage.settle();
  const [{ connection }] = streamer.viewers.values();
  stage.model.peers.forEach((peer) => stage.model.tellIceServers(peer));
  await stage.pass(5_000);
  assert.deepEqual([connection.rtc.iceServers, viewer.connection.rtc.iceServers], [own, []]);
  assert.deepEqual(errors, [`ice-server-failed: The TURN server refused the credential (${UDP})`]);
  assert.equal(stage.model.questions, undefined);
});

test('that refuse the credential are replaced by fresh ones, by themselves and at once', async (t) => {
  const stage = stageWith(t, servers([UDP, TCP], 'right'));
  stage.world.turn = ({ credential }) => (/right-[12]$/.test(credential) ? 401 : 'relay'); // what was told first has ended
  const streamer = stage.streamer();
  const viewer = stage.viewer();
  const errors = [failures(streamer), failures(viewer)];
  await stage.settle();
  const { connection } = viewer;
  assert.deepEqual([viewer.state, stage.model.questions], ['connecting', 2]);
  await stage.pass(2_500);
  assert.deepEqual([viewer.state, viewer.connection === connection, restarts(streamer)], ['live', true, [1]]);
  await stage.pass(20_000);
  assert.deepEqual([errors, restarts(streamer), stage.model.questions], [[[], []], [1], 2]);
});

test('of two credentials are tried one after the other, and what was learnt holds for the next connection', async (t) => {
  const stage = stageWith(t, servers([UDP, TCP], 'old', 'new'), { secret: 'new' });
  const streamer = stage.streamer();
  const viewer = stage.viewer();
  const errors = [failures(streamer), failures(viewer)];
  await stage.settle();
  const given = stage.world.open.map(({ rtc }) => rtc.iceServers.map(({ urls, credential }) => `${urls} ${credential.slice(0, 3)}`));
  assert.deepEqual(given, [[`${UDP},${TCP} new`], [`${UDP},${TCP} new`]]);
  await stage.pass(2_500);
  assert.deepEqual([viewer.state, restarts(streamer)], ['live', [1]]);
  const late = stage.viewer();
  await stage.settle();
  const [, second] = streamer.viewers.values();
  assert.match(second.connection.rtc.iceServers[0].credential, /^new/);
  await stage.pass(3_000);
  assert.deepEqual([late.state, errors], ['live', [[], []]]);
  stage.secret = 'old'; // the secrets change places in the server, or somebody goes back to the old one
  const later = stage.viewer();
  await stage.pass(6_000);
  assert.equal(later.state, 'live');
});

test('that refuse the credential again and again are told of within 10 s, and used once they take it', async (t) => {
  const stage = stageWith(t, servers([UDP], 'wrong'));
  const streamer = stage.streamer();
  const viewer = stage.viewer();
  const errors = [failures(streamer), failures(viewer)];
  const words = `The TURN server refused the credential (${UDP})`;
  await stage.settle();
  await stage.pass(1_500);
  assert.deepEqual([viewer.state, viewer.reason, errors], ['connecting', '', [[], []]]);
  await stage.pass(8_000);
  assert.deepEqual([viewer.state, viewer.reason], ['connecting', words]);
  assert.deepEqual([...streamer.viewers.values()].map(({ state, reason }) => `${state}: ${reason}`), [`connecting: ${words}`]);
  assert.deepEqual(restarts(streamer), [1]); // with fresh ones, in vain
  await stage.pass(4_000);
  assert.deepEqual([viewer.state, viewer.reason], ['failed', `No way to the other side was found within 12 s: t${words.slice(1)}`]);
  await stage.pass(30_000);
  assert.deepEqual(errors, [[`ice-server-failed: ${words}`], [`ice-server-failed: ${words}`]]);
  stage.model.ice = servers([UDP], 'right'); // the secret is put right, and nobody touches the pages
  await stage.pass(20_000);
  assert.deepEqual([viewer.state, viewer.reason], ['live', '']);
});

test('are nobody’s business where a way is found without them', async (t) => {
  const stage = stageWith(t, servers([UDP], 'wrong'), { isBlocked: false });
  const streamer = stage.streamer();
  const viewer = stage.viewer();
  const heard = [failures(streamer), failures(viewer)];
  viewer.addEventListener('statechange', ({ reason }) => heard.push(reason));
  await stage.settle();
  await stage.pass(30_000);
  assert.deepEqual([viewer.state, heard, restarts(streamer)], ['live', [[], [], '', ''], [0]]);
});

for (const [outcome, what] of Object.entries({ 701: 'tells', nothing: 'says nothing of', silent: 'waits for' })) {
  test(`that cannot be reached are told of, where the browser ${what} them`, async (t) => {
    const stage = stageWith(t, servers([UDP, TCP], 'right'));
    stage.world.turn = () => Number(outcome) || outcome;
    stage.streamer();
    const viewer = stage.viewer();
    const words = `The TURN server ${UDP}, ${TCP} could not be reached`;
    await stage.settle();
    await stage.pass(8_000);
    assert.deepEqual([viewer.state, viewer.reason], ['connecting', words]);
    await stage.pass(5_000);
    assert.equal(viewer.reason, `No way to the other side was found within 12 s: t${words.slice(1)}`);
    stage.world.turn = () => 'relay';
    await stage.pass(6_000);
    assert.deepEqual([viewer.state, viewer.reason], ['live', '']);
  });
}

test('are told of no more once one has answered after all', async (t) => {
  const stage = stageWith(t, servers([UDP], 'right'));
  stage.world.turn = () => 'silent';
  stage.streamer();
  const viewer = stage.viewer();
  await stage.settle();
  await stage.pass(8_500);
  assert.match(viewer.reason, /could not be reached/);
  const candidate = Object.assign(new Event('icecandidate'), { candidate: { type: 'relay', candidate: 'candidate:1 typ relay' } });
  viewer.connection.dispatchEvent(candidate);
  assert.deepEqual([viewer.state, viewer.reason], ['connecting', '']);
  await stage.pass(4_000);
  assert.match(viewer.reason, /within 12 s: a TURN server was there, and did not help either: a firewall may be between$/);
});

test('that are not there are said to be missing', async (t) => {
  const reason = async (ice, options) => {
    const stage = stageWith({ mock: t.mock, after: (task) => t.after(task) }, ice);
    stage.world.canReach = () => false;
    stage.streamer();
    const viewer = stage.viewer(options);
    await stage.settle();
    if (options.hears !== undefined) {
      viewer.connection.dispatchEvent(Object.assign(new Event('icecandidateerror'), options.hears));
    }
    await stage.pass(12_000);
    t.mock.timers.reset();
    return viewer.reason.replace('No way to the other side was found within 12 s: ', '');
  };
  assert.equal(await reason(null, {}), 'a firewall may be between, and no TURN server is configured to help');
  assert.equal(
    await reason(() => ({ iceServers: [STUN] }), { hears: { errorCode: 701, url: 'stun:stun.test:3478' } }),
    'the STUN server stun:stun.test could not be reached, and no TURN server is configured to help',
  );
  assert.equal(
    await reason(() => ({ iceServers: [STUN] }), { iceTransportPolicy: 'relay' }),
    'relays alone are allowed, and no TURN server is configured',
  );
});

test('are said to be why a connection does not come back that was there', async (t) => {
  const stage = stageWith(t, servers([UDP], 'right'));
  stage.streamer();
  const viewer = stage.viewer();
  await stage.settle();
  assert.equal(viewer.state, 'live');
  stage.secret = 'another';
  await stage.ice(viewer, 'failed');
  assert.equal(viewer.reason, 'The connection is lost');
  await stage.pass(9_000);
  assert.deepEqual([viewer.state, viewer.reason], ['reconnecting', `The TURN server refused the credential (${UDP})`]);
  stage.model.ice = servers([UDP], 'another');
  await stage.pass(12_000);
  assert.deepEqual([viewer.state, viewer.reason], ['live', '']);
});

test('that the browser does not take are left out, and it is said', async (t) => {
  const stage = stageWith(t, servers(['turn:turn.test:9'], 'right'), { isBlocked: false });
  const Connection = stage.world.RTCPeerConnection;
  stage.world.blocks = ({ iceServers }) => iceServers.length > 0;
  class RTCPeerConnection extends Connection {
    constructor(rtc) {
      super(rtc);
      if (rtc.iceServers.length > 0) {
        this.close();
        throw new DOMException('a port that is blocked', 'SyntaxError');
      }
    }
  }
  stage.streamer();
  const viewer = stage.viewer({ RTCPeerConnection });
  const errors = failures(viewer);
  await stage.settle();
  const words = 'ice-server-failed: The browser does not take the ICE servers: a port that is blocked';
  assert.deepEqual([viewer.state, errors], ['live', [words]]);
  stage.model.tellIceServers(stage.model.peers.get(viewer.channel.peer));
  await stage.settle();
  assert.deepEqual([viewer.state, errors], ['live', [words, words]]);
});

test('refuse a policy that is none', (t) => {
  const stage = new Stage(t);
  assert.throws(() => stage.viewer({ iceTransportPolicy: 'none' }), TypeError);
});

test('have words for what browsers tell', () => {
  const words = (errorCode, url, errorText) => iceErrorWords({ errorCode, url, errorText });
  assert.equal(words(401, UDP, 'Unauthorized.'), `The TURN server refused the credential (${UDP})`);
  assert.equal(words(403, ''), 'The TURN server refused the credential');
  assert.equal(words(701, 'stun:stun.test:3478', 'STUN binding request timed out.'), 'The STUN server stun:stun.test:3478 could not be reached');
  assert.equal(words(486, UDP, 'Allocation Quota Reached'), `The TURN server ${UDP} has no room for one more connection (486 Allocation Quota Reached)`);
  assert.equal(words(500, 'turns:turn.test', ''), 'The TURN server turns:turn.test gave an error (500)');
});

/** A server that says what it is told to say. */
async function serving(t, status, body) {
  const asked = [];
  const server = createServer(({ url, headers }, response) => {
    asked.push([url, headers.authorization, headers.cookie]);
    response.writeHead(status, { 'Content-Type': 'application/json' });
    response.end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  return { url: `http://127.0.0.1:${server.address().port}/signal/ice-servers`, asked };
}

test('are told over http to pages without a channel', async (t) => {
  const told = [STUN, { urls: [UDP], username: 'u', credential: 'c' }];
  const { url, asked } = await serving(t, 200, JSON.stringify({ iceServers: [...told, 7], ttl: 3_600 }));
  assert.deepEqual(await iceServers(url), told);
  assert.deepEqual(await iceServers(new URL(url), { accessToken: async () => 'let-me-in' }), told);
  assert.deepEqual(await iceServers(url, { accessToken: 'me-too' }), told);
  assert.deepEqual(asked.map(([path, authorization]) => `${path} ${authorization}`), [
    '/signal/ice-servers undefined',
    '/signal/ice-servers Bearer let-me-in',
    '/signal/ice-servers Bearer me-too',
  ]);
});

test('are none over http where the server has none, and an error in words where it does not say', async (t) => {
  assert.deepEqual(await iceServers((await serving(t, 404, 'no-ice-servers\n')).url), []);
  await assert.rejects(iceServers((await serving(t, 404, 'Not Found')).url), {
    message: 'The server does not tell of ICE servers: 404 Not Found',
  });
  await assert.rejects(iceServers((await serving(t, 429, 'rate-limited\n')).url), {
    message: 'The server does not tell of ICE servers: 429 rate-limited',
  });
  await assert.rejects(iceServers((await serving(t, 200, '{}')).url), /is no list of ICE servers$/);
  await assert.rejects(iceServers((await serving(t, 200, '<html>')).url), SyntaxError);
});

test('are not waited for without end over http', async (t) => {
  const silent = createServer(() => {});
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  t.after(() => {
    silent.closeAllConnections();
    silent.close();
  });
  const url = `http://127.0.0.1:${silent.address().port}/signal/ice-servers`;
  await assert.rejects(iceServers(url, { timeout: 100 }), { message: 'The server did not answer within 0.1 s' });
});

test('come to each channel of a connection', async (t) => {
  const stage = stageWith(t, servers([UDP], 'right'));
  const [one, two] = [stage.channel('one'), stage.channel('two')];
  one.join();
  await stage.settle();
  two.join();
  const told = [];
  one.addEventListener('iceservers', () => told.push('one'));
  two.addEventListener('iceservers', () => told.push('two'));
  await stage.settle();
  assert.equal(stage.network.sockets.length, 1);
  assert.deepEqual([two.iceServers, told], [one.iceServers, []]);
  stage.model.tellIceServers(stage.model.peers.get(one.peer));
  await stage.settle();
  one.close();
  stage.model.tellIceServers(stage.model.peers.get(two.peer));
  await stage.settle();
  assert.deepEqual([told, two instanceof Channel], [['one', 'two', 'two'], true]);
});

test('leave nothing behind when a listener closes the viewer because of them', async (t) => {
  const stage = stageWith(t, servers([UDP], 'wrong'));
  stage.streamer();
  const viewer = stage.viewer();
  viewer.onerror = () => viewer.close();
  await stage.settle();
  const { connection } = viewer;
  await stage.pass(30_000);
  assert.deepEqual([viewer.state, connection.connectionState, viewer.connection], ['closed', 'closed', null]);
  const changes = connection.calls.length;
  viewer.channel.refreshIceServers();
  await stage.pass(30_000);
  assert.equal(connection.calls.length, changes);
});
