import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { test } from 'node:test';
import { Channel, RefusedError } from '../../main/resources/META-INF/resources/signaling/index.js';
import { Model } from './model.mjs';

const URL_OF_ALL = 'ws://signal.test/signal';

/** Time that only the test moves, chance without chance, and a server. */
function stage(t, options) {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  t.mock.method(Math, 'random', () => 0.5);
  const model = new Model(options);
  const { network } = model;
  const open = (name = 'room', more = {}) => {
    const channel = new Channel(name, { url: URL_OF_ALL, WebSocket: model.WebSocket, ...more });
    t.after(() => channel.close());
    return channel;
  };
  return {
    model,
    network,
    open,
    joined(name, more) {
      const channel = open(name, more);
      channel.join();
      network.settle();
      assert.equal(channel.state, 'open');
      return channel;
    },
    /** Moves the time, and with it what is under way. */
    pass(milliseconds) {
      for (let passed = 0; passed < milliseconds; passed += 250) {
        t.mock.timers.tick(Math.min(250, milliseconds - passed));
        network.settle();
      }
    },
    socketOf: (channel) => network.open.find(({ peer }) => peer.id === channel.peer),
  };
}

/** Lists what a channel tells, in short. */
function listen(channel) {
  const heard = [];
  const say = (type, words) => channel.addEventListener(type, (event) => heard.push(words(event)));
  say('message', ({ data, from }) => `${from}: ${JSON.stringify(data)}`);
  say('peerjoin', ({ peer, role }) => `+${peer} ${role}`);
  say('peerleave', ({ peer, reason }) => `-${peer} ${reason}`);
  say('joined', ({ fresh }) => (fresh ? 'joined afresh' : 'joined'));
  say('left', ({ reason }) => `left ${reason}`);
  say('resumed', () => 'resumed');
  say('error', ({ code }) => `error ${code}`);
  return heard;
}

function states(channel) {
  const seen = [];
  channel.addEventListener('statechange', ({ state }) => seen.push(state));
  return seen;
}

/** The page around the module, as far as it looks at it. */
function openPage(t, visibilityState = 'visible') {
  const page = new EventTarget();
  const document = Object.assign(new EventTarget(), { visibilityState });
  Object.assign(globalThis, { document, addEventListener: page.addEventListener.bind(page) });
  t.after(() => ['document', 'addEventListener'].forEach((name) => delete globalThis[name]));
  const show = (state) => {
    document.visibilityState = state;
    document.dispatchEvent(new Event('visibilitychange'));
  };
  return { page, document, show };
}

test('tells who is there, who comes, what they say and who goes', async (t) => {
  const { joined, network } = stage(t);
  const ada = joined('room', { role: 'streamer', meta: { name: 'Ada' } });
  const heard = listen(ada);
  const bob = joined('room', { meta: { name: 'Bob' } });
  assert.deepEqual([...bob.peers], [[ada.peer, { role: 'streamer', meta: { name: 'Ada' } }]]);
  assert.deepEqual([...ada.peers], [[bob.peer, { role: 'peer', meta: { name: 'Bob' } }]]);
  bob.send({ type: 'hello' });
  bob.send([1, null, 'two'], { to: ada.peer });
  const leaving = bob.leave();
  network.settle();
  await leaving;
  assert.deepEqual(heard, [`+${bob.peer} peer`, `${bob.peer}: {"type":"hello"}`, `${bob.peer}: [1,null,"two"]`, `-${bob.peer} left`]);
  assert.equal(ada.peers.size, 0);
});

test('sends to one peer alone', (t) => {
  const { joined, network } = stage(t);
  const [ada, bob, eve] = [joined('room'), joined('room'), joined('room')];
  const [bobs, eves] = [listen(bob), listen(eve)];
  ada.send('psst', { to: bob.peer });
  ada.send('all');
  network.settle();
  assert.deepEqual(bobs, [`${ada.peer}: "psst"`, `${ada.peer}: "all"`]);
  assert.deepEqual(eves, [`${ada.peer}: "all"`]);
});

test('keeps what is sent before the join and sends it in order', (t) => {
  const { joined, open, network } = stage(t);
  const heard = listen(joined('room'));
  const late = open('room');
  late.join();
  late.send(1);
  const kept = { number: 2 };
  late.send(kept);
  kept.number = 3;
  network.settle();
  assert.deepEqual(heard, [`+${late.peer} peer`, `${late.peer}: 1`, `${late.peer}: {"number":2}`]);
});

test('resolves the join with the channel, each time the same', async (t) => {
  const { open, network } = stage(t);
  const channel = open();
  const seen = states(channel);
  const joining = channel.join();
  assert.equal(channel.join(), joining);
  network.settle();
  assert.equal(await joining, channel);
  assert.equal(channel.join(), joining);
  assert.deepEqual(seen, ['connecting', 'open']);
});

test('shares one connection among the channels of a server, and closes it with the last', (t) => {
  const { joined, network } = stage(t);
  const [one, two, three] = [joined('one'), joined('two'), joined('three')];
  assert.equal(network.sockets.length, 1);
  assert.deepEqual([two.peer, three.peer], [one.peer, one.peer]);
  const heard = listen(two);
  const other = joined('two');
  assert.equal(network.sockets.length, 2);
  other.send('for two');
  network.settle();
  assert.deepEqual(heard, [`+${other.peer} peer`, `${other.peer}: "for two"`]);
  one.close();
  two.close();
  network.settle();
  assert.equal(network.open.length, 2);
  three.close();
  other.close();
  network.settle();
  assert.equal(network.open.length, 0);
});

test('tells of errors only the channel whose message was refused', (t) => {
  const { joined, network } = stage(t);
  const [one, two] = [joined('one'), joined('two')];
  const [ones, twos] = [listen(one), listen(two)];
  let refused;
  one.onerror = ({ id, detail }) => (refused = [id, detail]);
  const id = one.send('anybody?', { to: 'nobody' });
  network.settle();
  assert.deepEqual([ones, twos], [['error peer-not-found'], []]);
  assert.deepEqual(refused, [id, 'peer-not-found']);
});

test('rejects a join that is refused, tells why, and may try again', async (t) => {
  let isTaken = true;
  const refuse = ({ type, role }) => (type === 'join-channel' && role === 'streamer' && isTaken ? 'role-taken' : undefined);
  const { open, network } = stage(t, { refuse });
  const channel = open('room', { role: 'streamer' });
  const heard = listen(channel);
  let reason;
  channel.onstatechange = (event) => (reason = event.reason);
  const joining = channel.join();
  network.settle();
  await assert.rejects(joining, (why) => why instanceof RefusedError && why.code === 'role-taken' && /about/.test(why.message));
  assert.deepEqual([channel.state, reason, heard], ['idle', 'role-taken', ['error role-taken']]);
  isTaken = false;
  const again = channel.join();
  network.settle();
  assert.equal(await again, channel);
});

test('tries a join again that is refused for now, and not for ever', (t) => {
  const answers = ['store-unavailable', 'rate-limited'];
  const { open, network, pass, model } = stage(t, { refuse: ({ type }) => (type === 'join-channel' ? answers.shift() : undefined) });
  const channel = open();
  channel.join();
  network.settle();
  pass(3_000);
  assert.equal(channel.state, 'open');
  channel.leave();
  model.refuse = () => 'store-unavailable';
  channel.join();
  network.settle();
  pass(60_000);
  assert.equal(channel.state, 'idle');
});

test('is put out by the server', (t) => {
  const { joined, network, model } = stage(t);
  const channel = joined();
  const heard = listen(channel);
  const peer = model.peers.get(channel.peer);
  model.leave(peer, 'room', 'replaced');
  model.tell(peer, { type: 'left-channel', channel: 'room', reason: 'replaced' });
  network.settle();
  assert.deepEqual([channel.state, heard], ['idle', ['left replaced']]);
  assert.throws(() => channel.send(1), { name: 'InvalidStateError' });
});

test('can leave and come back, also at once', (t) => {
  const { joined, network } = stage(t);
  const heard = listen(joined());
  const channel = joined();
  const own = listen(channel);
  channel.leave();
  channel.join();
  channel.send('back');
  network.settle();
  const { peer } = channel;
  assert.deepEqual(heard, [`+${peer} peer`, `-${peer} left`, `+${peer} peer`, `${peer}: "back"`]);
  assert.deepEqual(own, ['left left', 'joined']);
  assert.equal(channel.state, 'open');
});

test('closes with the signal that it was given', (t) => {
  const { joined, open, network } = stage(t);
  const ending = new AbortController();
  const channel = joined('room', { signal: ending.signal });
  ending.abort();
  network.settle();
  assert.equal(channel.state, 'closed');
  assert.equal(network.open.length, 0);
  assert.throws(() => channel.send(1), { name: 'InvalidStateError' });
  assert.equal(open('room', { signal: AbortSignal.abort() }).state, 'closed');
});

test('refuses what makes no sense', async (t) => {
  const { open, joined } = stage(t);
  assert.throws(() => new Channel(), TypeError);
  assert.throws(() => new Channel('room'), { name: 'SyntaxError' });
  assert.throws(() => open('room', { url: 'ftp://signal.test/' }), { name: 'SyntaxError' });
  for (const role of ['', 'Streamer', 'x'.repeat(33), 'a b']) {
    assert.throws(() => open('room', { role }), TypeError);
  }
  for (const meta of [null, [], 'name', { text: 'x'.repeat(2_048) }]) {
    assert.throws(() => open('room', { meta }), TypeError);
  }
  assert.throws(() => open('room', { meta: { number: 1n } }), { name: 'DataCloneError' });
  assert.throws(() => open().send(1), { name: 'InvalidStateError' });
  const channel = joined();
  for (const data of [undefined, () => {}, 1n]) {
    assert.throws(() => channel.send(data), { name: 'DataCloneError' });
  }
  assert.throws(() => channel.send('x'.repeat(65_536)), { name: 'QuotaExceededError' });
  channel.close();
  channel.close();
  await channel.leave();
  await assert.rejects(channel.join(), { name: 'InvalidStateError' });
});

test('keeps no more than 512 messages or 1,048,576 characters, before the join and after', (t) => {
  const { open, joined, network } = stage(t);
  const waiting = open('waiting');
  waiting.join();
  const fill = (channel) => {
    for (let number = 0; number < 512; number++) {
      channel.send(number);
    }
    assert.throws(() => channel.send(512), { name: 'QuotaExceededError' });
  };
  fill(waiting);
  network.settle();
  const heard = [];
  joined('waiting').onmessage = ({ data }) => heard.push(data);
  network.isDown = true;
  network.open.forEach((socket) => network.cut(socket));
  fill(waiting);
  const large = open('large');
  large.join();
  const half = 'x'.repeat(524_286);
  large.send(half);
  large.send(half);
  assert.throws(() => large.send(1), { name: 'QuotaExceededError' });
});

test('has room again when the server has taken what was sent', (t) => {
  const { joined, network } = stage(t);
  const heard = [];
  joined().onmessage = ({ data }) => heard.push(data);
  const channel = joined();
  for (let number = 0; number < 5_000; number++) {
    channel.send(number);
    if (number % 300 === 0) {
      network.settle();
    }
  }
  network.settle();
  assert.deepEqual(heard, [...Array(5_000).keys()]);
});

for (const code of [1001, 1006, 1011, 1012, 1013, 4000, 4499]) {
  test(`comes back after close code ${code}, and then sends what was sent meanwhile`, (t) => {
    const { joined, network, model, pass, socketOf } = stage(t);
    const heard = listen(joined());
    const channel = joined();
    const own = listen(channel);
    let loss;
    channel.onstatechange = (event) => (loss ??= event);
    const { peer } = channel;
    network.cut(socketOf(channel), code, 'for a test');
    assert.deepEqual([loss.state, loss.code, loss.reason, loss.delay > 0], ['reconnecting', code, 'for a test', true]);
    channel.send('one');
    channel.send('two');
    assert.ok(model.peers.has(peer));
    pass(loss.delay);
    assert.deepEqual([channel.state, channel.peer, own], ['open', peer, ['resumed']]);
    assert.deepEqual(heard, [`+${peer} peer`, `${peer}: "one"`, `${peer}: "two"`]);
  });
}

for (const code of [1000, 1008, 4500, 4999]) {
  test(`stays away after close code ${code}`, async (t) => {
    const { joined, network, pass, socketOf } = stage(t);
    const channel = joined();
    let end;
    channel.onstatechange = (event) => (end = event);
    network.cut(socketOf(channel), code, 'you know why');
    assert.deepEqual([end.state, end.code, end.reason], ['closed', code, 'you know why']);
    pass(60_000);
    assert.equal(network.sockets.length, 1);
  });
}

test('is told by name what another protocol’s server is', (t) => {
  const { open, network, model } = stage(t);
  model.protocol = '';
  const channel = open();
  let end;
  channel.onstatechange = (event) => (end = event);
  channel.join();
  network.settle();
  assert.match(end.reason, /does not speak signaling\.v1/);
  assert.equal(end.state, 'closed');
});

test('waits longer with every try, briefly while a peer is waited for, and at most 30 s', (t) => {
  const { open, network } = stage(t);
  t.mock.method(Math, 'random', () => 1);
  network.isDown = true;
  const channel = open();
  const delays = [];
  channel.onstatechange = ({ delay }) => delays.push(delay);
  channel.join();
  network.settle();
  while (delays.length < 42) {
    t.mock.timers.tick(Math.ceil(delays.at(-1)));
    network.settle();
  }
  const early = [500, 750, 1_125, 1_687.5, ...Array(26).fill(2_000)];
  const late = [3_000, 4_500, 6_750, 10_125, 15_187.5, 22_781.25, 30_000, 30_000];
  assert.deepEqual(delays.slice(1, 39), [...early, ...late]);
});

test('comes back when the server that goes away said so', (t) => {
  const { joined, network, model, socketOf, pass } = stage(t);
  const channel = joined();
  const socket = socketOf(channel);
  let delay;
  channel.onstatechange = (event) => (delay ??= event.delay);
  model.tell(socket.peer, { type: 'going-away', reason: 'shutdown', retryAfter: 7_500 });
  network.settle();
  model.restart();
  assert.equal(delay, 7_500);
  pass(7_250);
  assert.equal(network.sockets.length, 1);
  pass(500);
  assert.equal(channel.state, 'open');
});

test('gives a server that does not answer 3 s, and later tries more, 9 s at most', (t) => {
  const { open, network } = stage(t);
  const channel = open();
  const losses = [];
  channel.onstatechange = ({ state, reason }) => state === 'reconnecting' && losses.push([Date.now(), reason]);
  channel.join();
  for (const patience of [3_000, 5_000, 7_000, 9_000, 9_000]) {
    const tries = network.sockets.length;
    network.mute(network.sockets.at(-1));
    t.mock.timers.tick(patience - 1);
    assert.equal(losses.length, tries - 1);
    t.mock.timers.tick(1);
    assert.equal(losses.length, tries);
    while (network.sockets.length === tries) {
      t.mock.timers.tick(1);
    }
  }
  assert.deepEqual(new Set(losses.map(([, reason]) => reason)), new Set(['The signal server did not answer']));
});

test('joins anew when the server has forgotten it, and sends what had not gone out', (t) => {
  const { joined, network, model, pass } = stage(t);
  const [ada, bob] = [joined('room', { meta: { name: 'Ada' } }), joined('room')];
  const [adas, bobs] = [listen(ada), listen(bob)];
  const before = ada.peer;
  ada.send('lost on its way');
  network.isDown = true;
  model.restart();
  ada.send('kept');
  pass(2_000);
  network.isDown = false;
  pass(4_000);
  assert.deepEqual([ada.state, bob.state], ['open', 'open']);
  assert.notEqual(ada.peer, before);
  assert.deepEqual([...bob.peers], [[ada.peer, { role: 'peer', meta: { name: 'Ada' } }]]);
  assert.deepEqual(adas.filter((word) => word !== `+${bob.peer} peer`), ['joined afresh']);
  assert.ok(bobs.includes('joined afresh'));
  assert.ok(!bobs.some((word) => word.includes('lost')));
});

test('gets a fresh start, and no gap in silence, when it has missed too much', (t) => {
  const { joined, network, pass, socketOf } = stage(t, { most: 10 });
  const [ada, bob] = [joined(), joined()];
  const heard = listen(bob);
  const before = bob.peer;
  network.cut(socketOf(bob));
  for (let number = 0; number < 11; number++) {
    ada.send(number);
  }
  pass(1_000);
  assert.equal(bob.state, 'open');
  assert.notEqual(bob.peer, before);
  assert.deepEqual(heard, ['joined afresh']);
  ada.send('go on');
  network.settle();
  assert.deepEqual(heard, ['joined afresh', `${ada.peer}: "go on"`]);
});

test('pings every 5 s and at the latest after 500 messages', (t) => {
  const { joined, network, pass, socketOf } = stage(t);
  const [ada, bob] = [joined(), joined()];
  const pings = () => socketOf(bob).texts.filter(({ type }) => type === 'ping').length;
  assert.equal(pings(), 1);
  pass(20_000);
  assert.equal(pings(), 5);
  for (let number = 0; number < 1_000; number++) {
    ada.send('x');
    network.settle();
  }
  assert.equal(pings(), 7);
  assert.equal(bob.state, 'open');
});

test('notices within 10 s that a socket hangs, and goes on over another one', (t) => {
  const { joined, network, pass, socketOf } = stage(t);
  const [ada, bob] = [joined(), joined()];
  const heard = listen(bob);
  pass(5_000);
  network.mute(socketOf(bob));
  const seen = states(bob);
  ada.send('missed');
  bob.send('kept');
  pass(10_000);
  assert.deepEqual(seen, ['reconnecting']);
  pass(500);
  assert.deepEqual(seen, ['reconnecting', 'open']);
  assert.deepEqual(heard, ['resumed', `${ada.peer}: "missed"`]);
});

test('does not tell the server that it is gone by closing a socket that hangs', (t) => {
  const { joined, network, model, pass, socketOf } = stage(t);
  const channel = joined();
  const { peer } = channel;
  const heard = listen(joined());
  const socket = socketOf(channel);
  network.mute(socket);
  pass(10_000);
  socket.isMute = false;
  assert.equal(socket.readyState, 1);
  pass(1_000);
  assert.equal(channel.peer, peer);
  assert.deepEqual(heard, []);
  assert.ok(model.peers.has(peer));
  assert.equal(socket.readyState, 3);
});

test('probes a socket when something suggests that it hangs', (t) => {
  const { joined, network, pass, socketOf } = stage(t);
  const channel = joined();
  pass(1_000);
  network.mute(socketOf(channel));
  channel.probe();
  t.mock.timers.tick(2_499);
  assert.equal(channel.state, 'open');
  t.mock.timers.tick(1);
  assert.equal(channel.state, 'reconnecting');
});

test('does not ping while its page is hidden, and at once when it is shown', (t) => {
  const { show } = openPage(t);
  const { joined, pass, socketOf } = stage(t);
  const channel = joined();
  const pings = () => socketOf(channel).texts.filter(({ type }) => type === 'ping').length;
  show('hidden');
  pass(60_000);
  assert.equal(pings(), 1);
  show('visible');
  assert.equal(pings(), 2);
  pass(5_000);
  assert.equal(pings(), 3);
});

test('tries at once when its page is shown or the network comes back', (t) => {
  const { show, page, document } = openPage(t, 'hidden');
  const { joined, network, socketOf } = stage(t);
  const channel = joined();
  network.cut(socketOf(channel));
  show('visible');
  assert.equal(network.sockets.length, 2);
  network.settle();
  assert.equal(channel.state, 'open');
  const { peer } = channel;
  network.mute(socketOf(channel));
  page.dispatchEvent(new Event('online'));
  network.settle();
  assert.deepEqual([channel.state, channel.peer, network.sockets.length], ['open', peer, 3]);
  channel.close();
  assert.deepEqual([...getEventListeners(document, 'visibilitychange'), ...getEventListeners(page, 'online')], []);
});

test('goes on when one of its own sockets takes the peer from another', (t) => {
  const { page } = openPage(t);
  const { joined, network, pass, socketOf } = stage(t);
  const channel = joined();
  network.mute(socketOf(channel));
  page.dispatchEvent(new Event('online'));
  network.settle();
  network.cut(network.sockets.at(-1), 4500, 'replaced');
  assert.equal(channel.state, 'reconnecting');
  pass(1_000);
  assert.equal(channel.state, 'open');
});

/** A story of two channels: who says what, in order, with time enough for all of it. */
const STORY = ['ada 1', 'bob 1', 'ada 2', 'ada 3', 'bob 2', 'bob 3', 'ada 4', 'bob 4'];

/** Tells the story and does something to ada's socket when so many frames have been handed over. */
function tell(t, harm, at) {
  const { joined, network, pass, socketOf } = stage(t);
  const [ada, bob] = [joined(), joined()];
  const heard = { ada: [], bob: [] };
  ada.onmessage = ({ data }) => heard.ada.push(data);
  bob.onmessage = ({ data }) => heard.bob.push(data);
  const { peer } = ada;
  let steps = 0;
  const step = () => {
    if (steps++ === at) {
      const socket = network.sockets.find((each) => each.readyState < 2 && each.peer?.id === peer) ?? network.sockets.at(-1);
      harm(network, socket);
    }
    return network.step();
  };
  for (const line of STORY) {
    const [who, number] = line.split(' ');
    (who === 'ada' ? ada : bob).send(Number(number));
    step();
  }
  while (step());
  pass(30_000);
  return { steps, heard, kept: ada.peer === peer && ada.state === 'open' };
}

for (const [name, harm] of Object.entries({
  cut: (network, socket) => network.cut(socket),
  'left hanging': (network, socket) => network.mute(socket),
})) {
  test(`loses nothing and doubles nothing, at whatever frame its socket is ${name}`, (t) => {
    const { steps } = tell(t, () => {}, -1);
    t.mock.timers.reset();
    t.mock.restoreAll();
    for (let at = 0; at <= steps; at++) {
      const told = tell(t, harm, at);
      assert.deepEqual(told, { ...told, heard: { ada: [1, 2, 3, 4], bob: [1, 2, 3, 4] }, kept: true }, `at frame ${at}`);
      t.mock.timers.reset();
      t.mock.restoreAll();
    }
  });
}

test('comes back whatever the moment at which its way back is cut again', (t) => {
  for (let first = 0; first < 12; first++) {
    const { joined, network, pass } = stage(t);
    const [ada, bob] = [joined(), joined()];
    const heard = [];
    bob.onmessage = ({ data }) => heard.push(data);
    const { peer } = ada;
    ada.send(1);
    network.cut(network.open[0]);
    ada.send(2);
    t.mock.timers.tick(500);
    for (let step = 0; step < first; step++) {
      network.step();
    }
    network.cut(network.sockets.at(-1));
    ada.send(3);
    pass(10_000);
    assert.deepEqual([heard, ada.peer], [[1, 2, 3], peer], `cut at frame ${first}`);
    t.mock.timers.reset();
    t.mock.restoreAll();
  }
});

/** Numbers that look like chance and are the same every time (mulberry32). */
function chance(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

test('brings every message exactly once and in order through hundreds of cuts', (t) => {
  let cuts = 0;
  for (let seed = 1; seed <= 40; seed++) {
    const { joined, network, pass } = stage(t);
    const random = chance(seed);
    t.mock.method(Math, 'random', random);
    const pair = [joined(), joined()];
    const ids = pair.map(({ peer }) => peer);
    const heard = pair.map((channel) => {
      const list = [];
      channel.onmessage = ({ data }) => list.push(data);
      return list;
    });
    const sent = [0, 0];
    for (let turn = 0; turn < 600; turn++) {
      const what = random();
      if (what < 0.3) {
        const who = random() < 0.5 ? 0 : 1;
        pair[who].send(++sent[who]);
      } else if (what < 0.9) {
        network.step(random);
      } else if (what < 0.96) {
        t.mock.timers.tick(Math.floor(random() * 1_500));
      } else {
        const socket = network.sockets.filter(({ readyState }) => readyState < 2).at(-1 - Math.floor(random() * 2));
        if (socket !== undefined) {
          cuts++;
          (random() < 0.7 ? network.cut(socket) : network.mute(socket));
        }
      }
    }
    pass(60_000);
    const all = sent.map((count) => Array.from({ length: count }, (_, index) => index + 1));
    assert.deepEqual(heard, [all[1], all[0]], `seed ${seed}`);
    assert.deepEqual(pair.map(({ peer }) => peer), ids, `seed ${seed}`);
    t.mock.timers.reset();
    t.mock.restoreAll();
    pair.forEach((channel) => channel.close());
  }
  assert.ok(cuts > 500, `${cuts} cuts`);
});

test('leaves no timer behind', (t) => {
  const { joined, network, pass, socketOf } = stage(t);
  const [one, two] = [joined('one'), joined('two')];
  network.mute(socketOf(one));
  pass(8_000);
  one.close();
  two.close();
  network.settle();
  const before = network.sockets.length;
  pass(120_000);
  assert.equal(network.sockets.length, before);
  assert.deepEqual([one.state, two.state], ['closed', 'closed']);
});

test('keeps closed what one channel closes while all of them are being told', (t) => {
  for (const [state, harm] of Object.entries({
    reconnecting: ({ network, socketOf }, one) => network.cut(socketOf(one)),
    closed: ({ network, socketOf }, one) => network.cut(socketOf(one), 1008),
    open: ({ network, socketOf, pass }, one) => (network.cut(socketOf(one)), pass(2_000)),
  })) {
    const all = stage(t);
    const [one, two, three] = [all.joined('one'), all.joined('two'), all.joined('three')];
    const seen = states(two);
    one.onstatechange = (event) => event.state === state && two.close();
    harm(all, one);
    all.pass(2_000);
    assert.deepEqual([two.state, seen.at(-1)], ['closed', 'closed'], state);
    assert.equal(three.state, state === 'closed' ? 'closed' : 'open', state);
    assert.equal(all.model.channels.get('two').size, state === 'closed' ? 1 : 0, state);
    t.mock.timers.reset();
    t.mock.restoreAll();
  }
});

test('tells of nothing any more when a listener has closed it', (t) => {
  const { joined, open, network, pass, socketOf } = stage(t);
  const channel = joined();
  const heard = listen(channel);
  channel.onstatechange = ({ state }) => state === 'open' && channel.close();
  network.cut(socketOf(channel));
  pass(2_000);
  assert.deepEqual([channel.state, heard], ['closed', []]);
  const early = open('early');
  const own = listen(early);
  early.onstatechange = ({ state }) => state === 'open' && early.leave();
  early.join();
  network.settle();
  assert.deepEqual([early.state, own], ['idle', ['left left']]);
});

test('stays closed when it is closed because something that waited could not be sent', (t) => {
  const { open, network } = stage(t);
  const channel = open();
  channel.join();
  channel.send('x'.repeat(65_536));
  channel.send('x'.repeat(65_536));
  const heard = listen(channel);
  channel.onerror = () => channel.close();
  network.settle();
  assert.deepEqual([channel.state, heard], ['closed', ['error not-sent']]);
});

test('is done with leaving when the server has said so, also when it is joined again meanwhile', async (t) => {
  const { joined, network, pass, socketOf } = stage(t);
  const channel = joined();
  const turn = () => new Promise((done) => setImmediate(done));
  let left = 0;
  channel.leave().then(() => left++);
  channel.join();
  network.settle();
  await turn();
  assert.equal(left, 1);
  network.cut(socketOf(channel));
  channel.leave().then(() => left++);
  channel.join();
  channel.leave().then(() => left++);
  channel.join();
  await turn();
  assert.equal(left, 1);
  pass(2_000);
  await turn();
  assert.deepEqual([left, channel.state], [3, 'open']);
});

test('tells the server that it left, also when it is closed before that could go out', (t) => {
  const { joined, network, model, pass, socketOf } = stage(t);
  const [one, two] = [joined('one'), joined('two')];
  network.cut(socketOf(one));
  one.leave();
  one.close();
  pass(2_000);
  assert.deepEqual([model.channels.get('one').size, two.state], [0, 'open']);
});

test('can leave and come back as something else when its role is taken', (t) => {
  const refuse = ({ type, role }) => (type === 'join-channel' && role === 'streamer' ? 'role-taken' : undefined);
  const { open, network } = stage(t, { refuse });
  const channel = open('room', { role: 'streamer' });
  channel.onerror = () => {
    channel.leave();
    channel.role = 'viewer';
    channel.join();
  };
  channel.join();
  network.settle();
  assert.equal(channel.state, 'open');
});

test('does not take the end of its last membership for that of the next', (t) => {
  const { joined, network, model } = stage(t);
  const channel = joined();
  const peer = model.peers.get(channel.peer);
  model.leave(peer, 'room', 'replaced');
  model.tell(peer, { type: 'left-channel', channel: 'room', reason: 'replaced' });
  channel.leave();
  channel.join();
  network.settle();
  assert.equal(channel.state, 'open');
});

test('lets go of the signal that it was given when it is closed', (t) => {
  const { open } = stage(t);
  const ending = new AbortController();
  open('room', { signal: ending.signal }).close();
  assert.deepEqual(getEventListeners(ending.signal, 'abort'), []);
});

test('replaces a socket that hangs however often it is suspected', (t) => {
  const { joined, network, pass, socketOf } = stage(t);
  const channel = joined();
  const seen = states(channel);
  network.mute(socketOf(channel));
  for (let time = 0; time < 3; time++) {
    channel.probe();
    pass(1_000);
  }
  assert.deepEqual(seen[0], 'reconnecting');
});

test('does not join when a listener leaves before it could ask to', (t) => {
  const { joined, open, network, model } = stage(t);
  joined('other');
  const channel = open();
  channel.onstatechange = ({ state }) => state === 'connecting' && channel.leave();
  channel.join();
  network.settle();
  assert.deepEqual([channel.state, model.channels.get('room')?.size ?? 0], ['idle', 0]);
});
