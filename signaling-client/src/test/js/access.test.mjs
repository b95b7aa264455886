import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Channel } from '../../main/resources/META-INF/resources/signaling/index.js';
import { Model } from './model.mjs';

const URL_OF_ALL = 'ws://signal.test/signal';

/** Time that only the test moves, chance without chance, and a server. */
function stage(t, options) {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  t.mock.method(Math, 'random', () => 0.5);
  const model = new Model(options);
  const { network } = model;
  const settle = async () => {
    for (let quiet = 0; quiet < 4; quiet++) {
      network.settle();
      await new Promise(setImmediate);
    }
  };
  return {
    model,
    network,
    settle,
    asked: () => network.sockets.map(({ url, asked }) => [url, asked]),
    join(more, name = 'room') {
      const channel = new Channel(name, { url: URL_OF_ALL, WebSocket: model.WebSocket, ...more });
      t.after(() => channel.close());
      const heard = [];
      channel.addEventListener('error', ({ code, detail }) => heard.push(`${code}: ${detail}`));
      channel.addEventListener('joined', ({ fresh }) => heard.push(fresh ? 'joined afresh' : 'joined'));
      channel.addEventListener('resumed', () => heard.push('resumed'));
      channel.addEventListener('statechange', ({ state, code, reason }) => state === 'reconnecting' && heard.push(`${code} ${reason}`));
      channel.join();
      return { channel, heard };
    },
    /** Moves the time, and with it what is under way. */
    async pass(milliseconds) {
      for (let passed = 0; passed < milliseconds; passed += 250) {
        t.mock.timers.tick(250);
        await settle();
      }
    },
  };
}

const shown = (token) => ['signaling.v1', `signaling.token.${token}`];

test('goes along as a subprotocol, and nothing does without one', async (t) => {
  const { join, settle, asked } = stage(t);
  const { channel } = join({ accessToken: 'a.b-c_d' });
  const other = join({});
  await settle();
  assert.deepEqual([channel.state, other.channel.state], ['open', 'open']);
  assert.deepEqual(asked(), [
    [URL_OF_ALL, shown('a.b-c_d')],
    [URL_OF_ALL, 'signaling.v1'],
  ]);
});

test('is asked for anew for each try, as is the address, now or later', async (t) => {
  const { join, settle, asked, network, pass } = stage(t);
  let tries = 0;
  const { channel, heard } = join({ url: () => `${URL_OF_ALL}?${++tries}`, accessToken: async () => `t${tries}` });
  assert.equal(channel.url, `${URL_OF_ALL}?1`);
  await settle();
  network.cut(network.open[0]);
  await pass(3_000);
  assert.deepEqual(asked(), [
    [`${URL_OF_ALL}?1`, shown('t1')],
    [`${URL_OF_ALL}?2`, shown('t2')],
  ]);
  assert.deepEqual(heard, ['joined', '1006 ', 'resumed']);
  assert.equal(channel.url, `${URL_OF_ALL}?2`);
});

test('is renewed by itself when it has ended', async (t) => {
  const { join, settle, asked, network, model } = stage(t);
  let made = 0;
  const { channel, heard } = join({ accessToken: async () => `t${++made}` });
  await settle();
  model.endToken(network.open[0]);
  await settle();
  assert.deepEqual(model.received.at(-1), { type: 'refresh-token', token: 't2', id: '3' });
  assert.deepEqual([channel.state, heard, asked().length], ['open', ['joined'], 1]);
  channel.send('still here');
  await settle();
  assert.equal(model.received.at(-1).data, 'still here');
});

test('that cannot be renewed is told of', async (t) => {
  const { join, settle, network, model } = stage(t);
  const { heard } = join({ accessToken: 'the-only-one' });
  await settle();
  model.endToken(network.open[0]);
  await settle();
  assert.deepEqual(heard, ['joined', 'token-expired: another one is taken for 30 s']);
});

test('that cannot be had to renew it is told of', async (t) => {
  const { join, settle, network, model } = stage(t);
  const answers = [() => 't1', () => Promise.reject(new Error('logged out'))];
  const { heard } = join({ accessToken: () => answers.shift()() });
  await settle();
  model.endToken(network.open[0]);
  await settle();
  assert.deepEqual(heard, ['joined', 'token-expired: There is no other access token: logged out']);
});

test('that was refused is followed by another one after the close', async (t) => {
  const { join, settle, asked, network, model, pass } = stage(t, { takes: () => false });
  let made = 0;
  const { heard } = join({ accessToken: () => `t${++made}` });
  await settle();
  model.endToken(network.open[0]);
  await settle();
  assert.deepEqual(heard, ['joined']);
  const [socket] = network.open;
  network.close(socket, 4401, 'token-expired');
  model.forget(socket.peer, 'removed');
  model.peers.delete(socket.peer.id);
  await pass(3_000);
  assert.deepEqual(asked().map(([, protocols]) => protocols), [shown('t1'), shown('t3')]);
  assert.deepEqual(heard, ['joined', '4401 token-expired', 'joined afresh']);
});

test('that comes after the socket was lost is not sent: the next one has its own', async (t) => {
  const { join, settle, network, model, pass } = stage(t);
  const later = [];
  const { heard } = join({ accessToken: () => (later.length === 0 ? 't1' : new Promise((found) => later.push(found))) });
  await settle();
  later.push(null);
  model.endToken(network.open[0]);
  await settle();
  network.cut(network.open[0]);
  await pass(1_000);
  later.slice(1).forEach((found, number) => found(`late-${number}`));
  await pass(1_000);
  assert.deepEqual(heard, ['joined', '1006 ', 'resumed']);
  assert.ok(model.received.every(({ type }) => type !== 'refresh-token'));
  assert.deepEqual(network.sockets.at(-1).asked, shown('late-1'));
});

test('that cannot be had is asked for again, and one that never comes is given up', async (t) => {
  const { join, settle, asked, pass } = stage(t);
  const answers = [
    () => {
      throw new Error('broken');
    },
    () => new Promise(() => {}),
    () => 'at-last',
  ];
  const { channel, heard } = join({ accessToken: () => answers.shift()() });
  await settle();
  assert.deepEqual(heard, ['1006 There is no way to the signal server: broken']);
  await pass(8_000);
  assert.deepEqual(asked(), [[URL_OF_ALL, shown('at-last')]]);
  assert.deepEqual([heard[1], heard[2], channel.state], ['1006 The signal server did not answer', 'joined', 'open']);
});

test('that comes after the end opens nothing', async (t) => {
  const { join, settle, asked } = stage(t);
  let found;
  const { channel } = join({ accessToken: () => new Promise((answer) => (found = answer)) });
  channel.close();
  found('late');
  await settle();
  assert.deepEqual(asked(), []);
});

test('is what channels have to have in common to share a connection', async (t) => {
  const { join, settle, network } = stage(t);
  const mine = () => 'mine';
  join({ accessToken: mine }, 'one');
  join({ accessToken: mine }, 'two');
  join({ accessToken: () => 'mine' }, 'three');
  join({ accessToken: 'mine' }, 'four');
  join({ accessToken: 'mine' }, 'five');
  join({}, 'six');
  await settle();
  assert.equal(network.open.length, 4);
});

test('that can be none is refused without being told', () => {
  for (const accessToken of ['a b', 'a,b', 'secret\n', 'Zoë', 7, null, { secret: 1 }]) {
    assert.throws(
      () => new Channel('room', { url: URL_OF_ALL, accessToken }),
      (error) => error instanceof TypeError && !/secret|Zo|a.b/.test(error.message.replace('letters', '')),
    );
  }
});
