/**
 * Which way media goes.
 *
 * @module
 */

import { reports } from './media.js';

/** Addresses that hold in one's own network alone (RFC 1918, 3927, 6598; 4193, 4291). */
const PRIVATE = /^(10\.|127\.|169\.254\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|f[cd].*:|fe[89ab].*:|::1$)/i;

/**
 * @typedef {'same-network' | 'direct' | 'through-nat' | 'relayed' | ''} PathKind
 * @typedef {object} Path
 * @property {PathKind} kind
 * @property {'udp' | 'tcp' | 'tls' | ''} protocol on this end's side: to the other end, or to the TURN server
 * @property {string} local the type of this end's candidate: `host`, `srflx`, `prflx`, `relay`
 * @property {string} remote that of the other end's
 */

/**
 * The way that media goes right now, or went last if it is interrupted.
 *
 * @param {RTCPeerConnection} connection
 * @returns {Promise<Path>} all of it empty if there is none
 */
export async function pathOf(connection) {
  const all = await reports(connection);
  const pair = selected(all);
  const find = (/** @type {string} */ id) => all.find((report) => report.id === id);
  const local = find(pair?.localCandidateId);
  const remote = relayOf(find(pair?.remoteCandidateId), all);
  if (local === undefined || remote === undefined) {
    return { kind: '', protocol: '', local: '', remote: '' };
  }
  const protocol = `${local.relayProtocol ?? local.protocol ?? ''}`.toLowerCase();
  return {
    kind: kindOf(local, remote, all),
    protocol: /** @type {Path['protocol']} */ (protocol),
    local: local.candidateType,
    remote: remote.candidateType,
  };
}

/** @param {any[]} all */
function selected(all) {
  const transport = all.find(({ type, selectedCandidatePairId }) => type === 'transport' && selectedCandidatePairId);
  const pairs = all.filter(({ type }) => type === 'candidate-pair');
  return pairs.find(({ id }) => id === transport?.selectedCandidatePairId) ?? pairs.find((pair) => pair.selected);
}

/**
 * A relay that was heard of by its packets before it was named stays a stranger (`prflx`) in some browsers.
 *
 * @param {any} remote
 * @param {any[]} all
 */
function relayOf(remote, all) {
  const isSame = (/** @type {any} */ other) =>
    other.type === 'remote-candidate' &&
    other.candidateType === 'relay' &&
    other.port === remote.port &&
    (isHidden(remote) || addressOf(other) === addressOf(remote));
  return (remote?.candidateType === 'prflx' && all.find(isSame)) || remote;
}

/**
 * @param {any} local
 * @param {any} remote
 * @param {any[]} all
 * @returns {PathKind}
 */
function kindOf(local, remote, all) {
  if (local.candidateType === 'relay' || remote.candidateType === 'relay') {
    return 'relayed';
  }
  if (local.candidateType !== 'host') {
    // Other than by a NAT, an address may be new to the browser because it has several networks.
    const isOwn = local.candidateType === 'prflx' && isPrivate(local) && remote.candidateType === 'host' && isPrivate(remote);
    return isOwn ? 'same-network' : 'through-nat';
  }
  if (remote.candidateType === 'host') {
    // A name was found by mDNS, which asks the own network alone.
    return isHidden(remote) || isPrivate(remote) || isNeighbour(local, remote) ? 'same-network' : 'direct';
  }
  if (remote.candidateType === 'prflx') {
    return kindToStranger(local, remote, all);
  }
  // A STUN server within the network finds addresses of that network.
  return isPrivate(remote) && isNeighbour(local, remote) ? 'same-network' : 'through-nat';
}

/**
 * Nothing has changed the address of this end on the way; the other end has not told its own.
 *
 * @param {any} local a host
 * @param {any} remote
 * @param {any[]} all
 * @returns {PathKind}
 */
function kindToStranger(local, remote, all) {
  const known = [remote, local].find((candidate) => !isHidden(candidate));
  if (known === undefined || isPrivate(known)) {
    return isHidden(remote) && isElsewhere(all) ? 'through-nat' : 'same-network';
  }
  return addressOf(known).includes(':') ? 'direct' : 'through-nat'; // NATs are for IPv4
}

/** Browsers keep addresses from pages without a camera: they are missing, empty, `(redacted)` or names. @param {any} candidate */
function isHidden(candidate) {
  return !/^[\d.]+$|:/.test(addressOf(candidate));
}

/** @param {any} candidate */
function isPrivate(candidate) {
  return PRIVATE.test(addressOf(candidate));
}

/** Whether two addresses are in one network, as far as addresses tell. @param {any} one @param {any} other */
function isNeighbour(one, other) {
  const [net, otherNet] = [one, other].map((candidate) => {
    const address = addressOf(candidate);
    return address.split(/[.:]/).slice(0, address.includes(':') ? 4 : 3).join();
  });
  return net === otherNet;
}

/** Whether STUN has found both ends' public addresses, and they are not the same. @param {any[]} all */
function isElsewhere(all) {
  const [own = [], others = []] = ['local-candidate', 'remote-candidate'].map((end) =>
    all.filter(({ type, candidateType }) => type === end && candidateType === 'srflx').map(addressOf),
  );
  return own.length > 0 && others.length > 0 && !own.some((address) => others.includes(address));
}

/** @param {any} candidate */
function addressOf(candidate) {
  return `${candidate.address ?? candidate.ip ?? ''}`;
}
