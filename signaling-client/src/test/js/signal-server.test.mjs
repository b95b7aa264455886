import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { test } from 'node:test';
import { WebSocket } from 'undici';
import { SignalServer } from '../../main/resources/META-INF/resources/signaling/signal-server.js';
import { Server } from './server.mjs';

// The standard's WebSocket, which browsers have and Node has without a flag from 22 on.
globalThis.WebSocket = WebSocket;

/** The next event of a type, once it holds what is asked for. */
function next(channel, type, holds = () => true) {
  return new Promise((found) =>
    channel.addEventListener(type, function listener(event) {
      if (holds(event)) {
        channel.removeEventListener(type, listener);
        found(event);
      }
    }),
  );
}

const becomes = (channel, state) => next(channel, 'statechange', (event) => event.state === state);

/** A running server, stopped with the test. */
async function serve(t, options) {
  const server = await Server.start(options);
  t.after(() => server.stop());
  return server;
}

/** An open channel, closed with the test. */
function open(t, url, name = 'stream-video') {
  const channel = new SignalServer(name, { url });
  t.after(() => channel.close());
  return channel;
}

async function joined(t, url, name) {
  const channel = open(t, url, name);
  await becomes(channel, 'joined');
  return channel;
}

/** An address where nobody listens. */
async function deadAddress() {
  const server = await Server.start();
  const { url } = server;
  await server.stop();
  return url;
}

/** Time that only the test moves, and chance without chance. */
function stopTime(t, random = 0.5) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  t.mock.method(Math, 'random', () => random);
}

/** The page around the module, as far as it looks at it. */
function openPage(t, href) {
  const page = new EventTarget();
  const globals = {
    location: { href },
    document: Object.assign(new EventTarget(), { visibilityState: 'hidden' }),
    addEventListener: page.addEventListener.bind(page),
  };
  Object.assign(globalThis, globals);
  t.after(() => Object.keys(globals).forEach((name) => delete globalThis[name]));
  return { page, document: globals.document };
}

test('hands what one posts to the others of its channel and never back', async (t) => {
  const { url } = await serve(t);
  const streamer = await joined(t, url);
  const viewer = await joined(t, url);
  const stranger = await joined(t, url, 'another-channel');
  const misled = [];
  streamer.onmessage = stranger.onmessage = ({ data }) => misled.push(data);
  streamer.postMessage({ type: 'offer', sdp: 'v=0 ä € 😀' });
  const event = await next(viewer, 'message');
  assert.ok(event instanceof MessageEvent);
  assert.deepEqual(event.data, { type: 'offer', sdp: 'v=0 ä € 😀' });
  viewer.postMessage({ type: 'answer', sdp: 'v=0' });
  assert.deepEqual((await next(streamer, 'message')).data, { type: 'answer', sdp: 'v=0' });
  assert.deepEqual(misled, [{ type: 'answer', sdp: 'v=0' }]);
});

test('says nothing before the server has: there are some that would never answer', async (t) => {
  let answered;
  const whatIsSaidAtOnce = new Promise((done) => (answered = done));
  const server = await serve(t, {
    greet(socket) {
      socket.ping(); // the answer comes behind all that was said when the socket opened
      socket.once('pong', () => {
        answered([...server.texts]);
        Server.greet(socket);
      });
    },
  });
  const channel = open(t, server.url);
  assert.deepEqual(await whatIsSaidAtOnce, []);
  await becomes(channel, 'joined');
});

test('keeps what is posted before the join and sends it in order', async (t) => {
  const { url } = await serve(t);
  const viewer = await joined(t, url);
  const streamer = open(t, url);
  assert.equal(streamer.state, 'connecting');
  for (let number = 0; number < 256; number++) {
    streamer.postMessage({ type: 'candidate', number });
  }
  streamer.addEventListener('statechange', () => streamer.postMessage({ type: 'after-the-join' }), { once: true });
  const numbers = [];
  viewer.onmessage = ({ data }) => numbers.push(data.number);
  await next(viewer, 'message', ({ data }) => data.type === 'after-the-join');
  assert.deepEqual(numbers, [...Array(256).keys(), undefined]);
});

test('keeps no more than 256 messages, and throws instead of dropping one', async (t) => {
  const channel = open(t, await deadAddress());
  for (let number = 0; number < 256; number++) {
    channel.postMessage({ type: 'candidate', number });
  }
  assert.throws(() => channel.postMessage({ type: 'candidate' }), { name: 'QuotaExceededError' });
});

test('keeps no more than 1,048,576 characters', async (t) => {
  const channel = open(t, await deadAddress());
  const envelope = JSON.stringify({ type: 'offer', sdp: '' }).length;
  const half = { type: 'offer', sdp: 'x'.repeat(1_048_576 / 2 - envelope) };
  channel.postMessage(half);
  assert.throws(() => channel.postMessage({ ...half, sdp: `${half.sdp}x` }), { name: 'QuotaExceededError' });
  channel.postMessage(half);
});

test('has room for as much again once what it kept is sent', async (t) => {
  stopTime(t);
  const server = await serve(t);
  const channel = open(t, server.url);
  const most = { type: 'offer', sdp: 'x'.repeat(1_000_000) };
  channel.postMessage(most);
  await becomes(channel, 'joined');
  const losing = becomes(channel, 'reconnecting');
  server.clients[0].terminate();
  await losing;
  channel.postMessage(most);
});

test('throws when the socket takes messages more slowly than they are posted', async (t) => {
  const server = await serve(t);
  const channel = await joined(t, server.url);
  server.clients.forEach((socket) => socket.pause());
  const post = () => {
    for (let number = 0; number < 100; number++) {
      channel.postMessage({ type: 'offer', sdp: 'x'.repeat(500_000) });
    }
  };
  assert.throws(post, { name: 'QuotaExceededError' });
});

test('keeps the words between it and the server to itself', async (t) => {
  const server = await serve(t);
  const channel = open(t, server.url);
  const seen = [];
  channel.onmessage = ({ data }) => seen.push(data.type);
  await becomes(channel, 'joined');
  server.clients[0].send('{"type":"error","code":"too-long","detail":"A text may have 65,536 characters"}');
  const { code, detail } = await next(channel, 'error');
  assert.deepEqual({ code, detail }, { code: 'too-long', detail: 'A text may have 65,536 characters' });
  server.clients[0].send('{"type":"bye"}');
  await next(channel, 'message');
  assert.deepEqual(seen, ['bye']);
  assert.equal(channel.state, 'joined');
});

test('tells of a text that is no JSON, and of bytes, as a messageerror', async (t) => {
  const server = await serve(t);
  const channel = await joined(t, server.url);
  server.clients[0].send('{"type":');
  assert.equal((await next(channel, 'messageerror')).data, '{"type":');
  server.clients[0].send(Buffer.from('{"type":"offer"}'));
  await next(channel, 'messageerror');
  assert.equal(channel.state, 'joined');
});

test('has the handlers of a BroadcastChannel', async (t) => {
  const server = await serve(t);
  const channel = await joined(t, server.url);
  const calls = [];
  assert.deepEqual([channel.onmessage, channel.onmessageerror, channel.onstatechange, channel.onerror], Array(4).fill(null));
  channel.onmessage = () => calls.push('first');
  channel.addEventListener('message', () => calls.push('listener'));
  const replacement = (channel.onmessage = function () {
    calls.push(this);
  });
  assert.equal(channel.onmessage, replacement);
  server.clients[0].send('{"type":"one"}');
  await next(channel, 'message');
  channel.onmessage = null;
  server.clients[0].send('{"type":"two"}');
  await next(channel, 'message');
  assert.deepEqual(calls, [channel, 'listener', 'listener']);
  assert.equal(channel.onmessage, null);
});

test('has the name it was given, and wants one', async (t) => {
  assert.equal(open(t, await deadAddress(), 7).name, '7');
  assert.throws(() => new SignalServer(), TypeError);
});

test('refuses to carry what JSON or the server cannot', async (t) => {
  const channel = open(t, await deadAddress());
  const loop = { type: 'loop' };
  loop.loop = loop;
  for (const data of [undefined, () => {}, Symbol('offer'), 1n, { type: 'big', number: 1n }, loop]) {
    assert.throws(() => channel.postMessage(data), { name: 'DataCloneError' });
  }
  for (const data of [null, 'hello', 1, true, [], {}, { type: 1 }, [{ type: 'offer' }]]) {
    assert.throws(() => channel.postMessage(data), TypeError);
  }
  for (const type of ['join-channel', 'joined-channel', 'connection-established', 'error', 'going-away']) {
    assert.throws(() => channel.postMessage({ type }), /own/);
  }
});

test('lets a candidate and a description become JSON by themselves', async (t) => {
  const { url } = await serve(t);
  const streamer = await joined(t, url);
  const viewer = await joined(t, url);
  const plain = { candidate: 'candidate:1 1 udp 1 127.0.0.1 9 typ host', sdpMid: '0', sdpMLineIndex: 0 };
  class Candidate {
    toJSON = () => plain;
  }
  class Description {
    toJSON = () => ({ type: 'offer', sdp: 'v=0' });
  }
  streamer.postMessage({ type: 'icecandidate', candidate: new Candidate() });
  assert.deepEqual((await next(viewer, 'message')).data, { type: 'icecandidate', candidate: plain });
  streamer.postMessage({ type: 'icecandidate', candidate: null });
  assert.deepEqual((await next(viewer, 'message')).data, { type: 'icecandidate', candidate: null });
  streamer.postMessage(new Description());
  assert.deepEqual((await next(viewer, 'message')).data, { type: 'offer', sdp: 'v=0' });
});

test('posts nothing on a closed channel', async (t) => {
  const server = await serve(t);
  const channel = await joined(t, server.url);
  const states = [];
  channel.onstatechange = ({ state }) => states.push(state);
  channel.close();
  channel.close();
  assert.equal(channel.state, 'closed');
  assert.deepEqual(states, ['closed']);
  assert.throws(() => channel.postMessage({ type: 'offer' }), { name: 'InvalidStateError' });
  const code = await new Promise((left) => server.clients[0].on('close', left));
  assert.equal(code, 1000);
  assert.deepEqual(states, ['closed']);
});

test('sends what was posted before it was closed', async (t) => {
  const { url } = await serve(t);
  const viewer = await joined(t, url);
  const streamer = await joined(t, url);
  streamer.postMessage({ type: 'bye' });
  streamer.close();
  assert.deepEqual((await next(viewer, 'message')).data, { type: 'bye' });
});

test('hands over nothing after it was closed', async (t) => {
  const server = await serve(t);
  const channel = await joined(t, server.url);
  const witness = await joined(t, server.url);
  const seen = [];
  channel.onmessage = ({ data }) => seen.push(data.type);
  const leaving = new Promise((left) => server.clients[0].on('close', left));
  server.clients.forEach((socket) => socket.send('{"type":"offer"}'));
  channel.close();
  await Promise.all([next(witness, 'message'), leaving]);
  assert.deepEqual(seen, []);
});

test('gives up connecting when it is closed before', async (t) => {
  const server = await serve(t);
  const channel = open(t, server.url);
  channel.postMessage({ type: 'offer' });
  channel.close();
  await joined(t, server.url, 'later');
  assert.deepEqual(server.texts, ['{"type":"join-channel","channel":"later"}']);
});

for (const code of [1001, 1006, 1011, 1012, 1013, 4000, 4499]) {
  test(`comes back after close code ${code}, and then sends what was posted meanwhile`, async (t) => {
    stopTime(t);
    const server = await serve(t);
    const viewer = await joined(t, server.url);
    const channel = await joined(t, server.url);
    const [, socket] = server.clients;
    const losing = becomes(channel, 'reconnecting');
    if (code === 1006) {
      socket.terminate();
    } else {
      socket.close(code, 'for a test');
    }
    const loss = await losing;
    assert.deepEqual([loss.code, loss.reason], code === 1006 ? [1006, ''] : [code, 'for a test']);
    channel.postMessage({ type: 'one' });
    channel.postMessage({ type: 'two' });
    const joining = becomes(channel, 'joined');
    const seen = [];
    viewer.onmessage = ({ data }) => seen.push(data.type);
    const arriving = next(viewer, 'message', ({ data }) => data.type === 'two');
    t.mock.timers.tick(loss.delay);
    await joining;
    await arriving;
    assert.deepEqual(seen, ['one', 'two']);
  });
}

for (const code of [1000, 1008, 4500, 4999]) {
  test(`stays away after close code ${code}`, async (t) => {
    const server = await serve(t);
    const channel = await joined(t, server.url);
    server.clients[0].close(code, 'you know why');
    const end = await next(channel, 'statechange');
    assert.deepEqual([end.state, end.code, end.reason], ['closed', code, 'you know why']);
    assert.throws(() => channel.postMessage({ type: 'offer' }), { name: 'InvalidStateError' });
  });
}

/** The waits before the first tries of a channel whose server is not there. */
async function waits(t, count) {
  const channel = open(t, await deadAddress());
  const delays = [];
  while (delays.length < count) {
    const { delay } = await becomes(channel, 'reconnecting');
    delays.push(delay);
    t.mock.timers.tick(delay);
  }
  return delays;
}

test('waits twice as long before each further try, and at most 30 s', async (t) => {
  stopTime(t, 1);
  assert.deepEqual(await waits(t, 7), [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
});

test('leaves the wait to chance, so that not all come back at once', async (t) => {
  stopTime(t, 0.25);
  assert.deepEqual(await waits(t, 3), [250, 500, 1_000]);
});

test('starts with small waits again only after a connection that held', async (t) => {
  stopTime(t, 1);
  const server = await serve(t);
  const channel = await joined(t, server.url);
  const loseAfter = async (milliseconds) => {
    t.mock.timers.tick(milliseconds);
    const losing = becomes(channel, 'reconnecting');
    server.clients.at(-1).terminate();
    const { delay } = await losing;
    const joining = becomes(channel, 'joined');
    t.mock.timers.tick(delay);
    await joining;
    return delay;
  };
  assert.deepEqual(
    [await loseAfter(0), await loseAfter(4_999), await loseAfter(5_000), await loseAfter(0)],
    [1_000, 2_000, 1_000, 2_000],
  );
});

test('gives a server that does not answer 10 s', async (t) => {
  stopTime(t);
  let silent;
  const answers = new Promise((asked) => (silent = asked));
  const server = await serve(t, { join: silent });
  const channel = open(t, server.url);
  await answers;
  t.mock.timers.tick(9_999);
  assert.equal(channel.state, 'connecting');
  const losing = becomes(channel, 'reconnecting');
  t.mock.timers.tick(1);
  assert.match((await losing).reason, /did not answer/);
});

test('tells of a refused join and tries again', async (t) => {
  stopTime(t);
  let isFull = true;
  const server = await serve(t, {
    join(socket, message) {
      if (isFull) {
        socket.send('{"type":"error","code":"channel-full","detail":"No room"}');
      } else {
        Server.letIn(socket, message);
      }
    },
  });
  const channel = open(t, server.url);
  const losing = becomes(channel, 'reconnecting');
  assert.equal((await next(channel, 'error')).code, 'channel-full');
  const { delay, reason } = await losing;
  assert.equal(reason, 'No room');
  isFull = false;
  const joining = becomes(channel, 'joined');
  t.mock.timers.tick(delay);
  await joining;
});

test('tries again at once when its page is shown', async (t) => {
  stopTime(t);
  const { page, document } = openPage(t, 'http://127.0.0.1/');
  const server = await serve(t);
  const channel = await joined(t, server.url);
  const losing = becomes(channel, 'reconnecting');
  server.clients[0].terminate();
  await losing;
  const joining = becomes(channel, 'joined');
  const tries = t.mock.method(globalThis, 'WebSocket', WebSocket).mock;
  document.dispatchEvent(new Event('visibilitychange'));
  assert.equal(tries.callCount(), 0);
  document.visibilityState = 'visible';
  document.dispatchEvent(new Event('visibilitychange'));
  assert.equal(tries.callCount(), 1);
  await joining;
  document.dispatchEvent(new Event('visibilitychange'));
  assert.equal(tries.callCount(), 1);
  channel.close();
  const listeners = [...getEventListeners(document, 'visibilitychange'), ...getEventListeners(page, 'online')];
  assert.deepEqual(listeners, []);
});

test('replaces its connection when the network comes back', async (t) => {
  stopTime(t);
  const { page } = openPage(t, 'http://127.0.0.1/');
  const server = await serve(t);
  const channel = await joined(t, server.url);
  const [old] = server.clients;
  const leaving = new Promise((left) => old.on('close', left));
  const joining = becomes(channel, 'joined');
  page.dispatchEvent(new Event('online'));
  await joining;
  await leaving;
});

test('takes its address from the page', async (t) => {
  openPage(t, 'https://127.0.0.1:1/demo/page.html#top');
  const addresses = {
    'wss://127.0.0.1:1/signal': undefined,
    'wss://127.0.0.1:1/demo/relay?room=1': 'relay?room=1#top',
    'ws://127.0.0.1:2/x': 'http://127.0.0.1:2/x',
    'wss://127.0.0.1:2/x': new URL('https://127.0.0.1:2/x'),
    'ws://127.0.0.1:3/': 'ws://127.0.0.1:3',
  };
  for (const [expected, url] of Object.entries(addresses)) {
    assert.equal(open(t, url).url, expected);
  }
  globalThis.location.href = 'http://127.0.0.1:1/demo/';
  assert.equal(open(t, undefined).url, 'ws://127.0.0.1:1/signal');
});

test('says what is wrong with an address', async (t) => {
  const outside = { name: 'SyntaxError', message: /outside of a page the whole address is needed/ };
  assert.throws(() => new SignalServer('stream-video'), outside);
  assert.throws(() => new SignalServer('stream-video', { url: 'ftp://127.0.0.1/' }), { name: 'SyntaxError' });
  openPage(t, 'file:///home/page.html');
  assert.throws(() => new SignalServer('stream-video'), { name: 'SyntaxError', message: /must be ws:/ });
});

test('shows a token as a subprotocol, and asks for it and for the address anew for each try', async (t) => {
  t.mock.method(Math, 'random', () => 0);
  const server = await serve(t);
  let tries = 0;
  const channel = new SignalServer('stream-video', {
    url: async () => `${server.url}?try=${++tries}`,
    accessToken: () => `token-${tries}`,
  });
  t.after(() => channel.close());
  await becomes(channel, 'joined');
  server.clients.forEach((socket) => socket.close(4401, 'token-expired'));
  const { code, reason } = await becomes(channel, 'reconnecting');
  assert.deepEqual({ code, reason }, { code: 4401, reason: 'token-expired' });
  await becomes(channel, 'joined');
  assert.deepEqual(server.asked, [
    { url: '/signal?try=1', protocols: 'signaling.tutorial, signaling.token.token-1' },
    { url: '/signal?try=2', protocols: 'signaling.tutorial, signaling.token.token-2' },
  ]);
  assert.equal(channel.url, `${server.url}?try=2`);
});

test('asks for no subprotocol without a token', async (t) => {
  const server = await serve(t);
  await joined(t, server.url);
  assert.deepEqual(server.asked, [{ url: '/signal', protocols: undefined }]);
});

test('tries again when there is no token, and uses none that comes after the end', async (t) => {
  t.mock.method(Math, 'random', () => 0);
  const server = await serve(t);
  const answers = [() => Promise.reject(new Error('not now')), () => 'second', () => new Promise((found) => (late = found))];
  let late;
  const channel = new SignalServer('stream-video', { url: server.url, accessToken: () => answers.shift()() });
  t.after(() => channel.close());
  const { reason } = await becomes(channel, 'reconnecting');
  assert.match(reason, /not now/);
  await becomes(channel, 'joined');
  server.clients.forEach((socket) => socket.close(4401));
  await becomes(channel, 'reconnecting');
  while (late === undefined) {
    await new Promise(setImmediate);
  }
  channel.close();
  late('third');
  await new Promise(setImmediate);
  assert.deepEqual(server.asked.map(({ protocols }) => protocols), ['signaling.tutorial, signaling.token.second']);
});
