import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pathOf } from '../../main/resources/META-INF/resources/signaling/index.js';

let port = 50_000;
const candidate = (candidateType, address, more = {}) => ({ candidateType, address, port: ++port, protocol: 'udp', ...more });

/** A connection whose selected pair is this, with the other candidates that its browser tells of. */
function connection(local, remote, { locals = [], remotes = [], pair = {}, transport = { selectedCandidatePairId: 'pair' } } = {}) {
  const reports = [
    { type: 'transport', id: 'transport', ...transport },
    { type: 'candidate-pair', id: 'failed', state: 'failed', localCandidateId: 'l1', remoteCandidateId: 'r1' },
    { type: 'candidate-pair', id: 'pair', state: 'succeeded', localCandidateId: 'l0', remoteCandidateId: 'r0', ...pair },
    ...[local, ...locals].map((each, number) => ({ type: 'local-candidate', id: `l${number}`, ...each })),
    ...[remote, ...remotes].map((each, number) => ({ type: 'remote-candidate', id: `r${number}`, ...each })),
  ];
  return { getStats: async () => new Map(reports.map((report) => [report.id, report])) };
}

const path = async (...about) => {
  const { kind, protocol, local, remote } = await pathOf(connection(...about));
  return [kind, protocol, local, remote].join(' ');
};

// As Chromium 156 and Firefox 153 tell of them.
const HIDDEN = { chromium: '', firefox: '(redacted)', name: '7638cf95-140e-4382-bf12-3bb45efb0fa0.local' };

test('says that two are in the same network, whatever the browser hides', async () => {
  const expected = 'same-network udp host host';
  assert.equal(await path(candidate('host', '10.1.0.2'), candidate('host', '10.1.0.3')), expected);
  assert.equal(await path(candidate('host', HIDDEN.chromium), candidate('host', HIDDEN.chromium)), expected);
  assert.equal(await path(candidate('host', HIDDEN.name), candidate('host', HIDDEN.name)), expected);
  assert.equal(await path(candidate('host', HIDDEN.name), candidate('host', '10.1.0.2')), expected);
  assert.equal(await path(candidate('host', '2001:db8:1:2::1'), candidate('host', '2001:db8:1:2::2')), expected);
  assert.equal(await path(candidate('host', 'fd00::1'), candidate('host', 'fd00::2')), expected);
  assert.equal(await path(candidate('host', undefined), candidate('host', undefined)), expected);
  assert.equal(await path(candidate('host', undefined, { ip: '192.168.1.2' }), candidate('host', undefined, { ip: '192.168.1.3' })), expected);
});

test('says so also of one whose address was not told but seen', async () => {
  const expected = 'same-network udp host prflx';
  assert.equal(await path(candidate('host', HIDDEN.name), candidate('prflx', '10.1.0.3')), expected);
  assert.equal(await path(candidate('host', HIDDEN.name), candidate('prflx', HIDDEN.firefox)), expected);
  assert.equal(await path(candidate('host', '10.1.0.2'), candidate('prflx', HIDDEN.chromium)), expected);
  const behindOneNat = { locals: [candidate('srflx', '203.0.113.21')], remotes: [candidate('srflx', '203.0.113.21')] };
  assert.equal(await path(candidate('host', HIDDEN.name), candidate('prflx', HIDDEN.firefox), behindOneNat), expected);
  assert.equal(await path(candidate('prflx', '10.8.0.2'), candidate('host', '10.8.0.1')), 'same-network udp prflx host');
});

test('says so of one that a STUN server in the network has seen', async () => {
  assert.equal(await path(candidate('host', '10.1.0.2'), candidate('srflx', '10.1.0.3')), 'same-network udp host srflx');
  assert.equal(await path(candidate('host', '10.1.0.2'), candidate('srflx', '100.64.0.3')), 'through-nat udp host srflx');
});

test('says that there is a NAT between', async () => {
  assert.equal(await path(candidate('srflx', '203.0.113.21'), candidate('srflx', '203.0.113.22')), 'through-nat udp srflx srflx');
  assert.equal(await path(candidate('prflx', HIDDEN.firefox), candidate('srflx', '203.0.113.22')), 'through-nat udp prflx srflx');
  assert.equal(await path(candidate('host', HIDDEN.name), candidate('srflx', '203.0.113.21')), 'through-nat udp host srflx');
  assert.equal(await path(candidate('prflx', '203.0.113.21'), candidate('host', '203.0.113.10')), 'through-nat udp prflx host');
  assert.equal(await path(candidate('host', '203.0.113.10'), candidate('prflx', HIDDEN.firefox)), 'through-nat udp host prflx');
  const apart = { locals: [candidate('srflx', '203.0.113.21')], remotes: [candidate('srflx', '203.0.113.22')] };
  assert.equal(await path(candidate('host', HIDDEN.name), candidate('prflx', HIDDEN.firefox), apart), 'through-nat udp host prflx');
});

test('says that there is none between public addresses', async () => {
  assert.equal(await path(candidate('host', '2001:db8:1::1'), candidate('host', '2001:db8:2::1')), 'direct udp host host');
  assert.equal(await path(candidate('host', HIDDEN.name), candidate('host', '2001:db8:2::1')), 'direct udp host host');
  assert.equal(await path(candidate('host', '2001:db8:1::1'), candidate('prflx', HIDDEN.chromium)), 'direct udp host prflx');
});

test('says that a TURN server is between, whosever it is, and how it is reached', async () => {
  const relay = (relayProtocol) => candidate('relay', '203.0.113.10', { relayProtocol });
  assert.equal(await path(relay('udp'), candidate('relay', '203.0.113.10')), 'relayed udp relay relay');
  assert.equal(await path(relay('tcp'), candidate('prflx', HIDDEN.chromium)), 'relayed tcp relay prflx');
  assert.equal(await path(relay('TLS'), candidate('host', '10.1.0.2')), 'relayed tls relay host');
  assert.equal(await path(relay(undefined), candidate('host', '10.1.0.2')), 'relayed udp relay host');
  assert.equal(await path(candidate('prflx', '203.0.113.21'), candidate('relay', '203.0.113.10')), 'relayed udp prflx relay');
  const known = candidate('relay', '203.0.113.10');
  assert.equal(await path(candidate('host', HIDDEN.name), { ...known, candidateType: 'prflx' }, { remotes: [known] }), 'relayed udp host relay');
  const hidden = { ...known, candidateType: 'prflx', address: HIDDEN.firefox };
  assert.equal(await path(candidate('host', HIDDEN.name), hidden, { remotes: [known] }), 'relayed udp host relay');
});

test('tells TCP between the two', async () => {
  const tcp = { protocol: 'tcp' };
  assert.equal(await path(candidate('host', '10.1.0.2', tcp), candidate('host', '10.1.0.3', tcp)), 'same-network tcp host host');
});

test('finds the pair also where no transport names it, and none where there is none', async () => {
  const [local, remote] = [candidate('host', '10.1.0.2'), candidate('host', '10.1.0.3')];
  assert.equal(await path(local, remote, { transport: {}, pair: { selected: true } }), 'same-network udp host host');
  assert.equal(await path(local, remote, { transport: {} }), '   ');
  const none = { kind: '', protocol: '', local: '', remote: '' };
  assert.deepEqual(await pathOf({ getStats: async () => new Map() }), none);
  assert.deepEqual(await pathOf({ getStats: () => Promise.reject(new DOMException('closed', 'InvalidStateError')) }), none);
});
