// What it all means, in words: the ways one by one, what this browser can do by them, and what is missing.

const BY = { udp: 'UDP', tcp: 'TCP', tls: 'TLS' };

/**
 * The ways by which video could come, each with a `state`: `busy` while it is looked at, `yes`, `no`, or `none` if there is
 * no server for it.
 *
 * @param host the candidates without any server; undefined while they are looked for
 * @param attempts as of `oneByOne`; undefined while they are asked for, null if the server did not say which there are
 * @param outcomes what is known by now, by URL: of `outcomeOf`, and `seenAs`, the addresses that it is seen under
 */
export function waysOf(host, attempts, outcomes) {
  const of = (kind, protocol) => (attempts ?? []).filter((each) => each.kind === kind && (protocol === undefined || each.protocol === protocol));
  const ways = [near(host), through(of('srflx'), of('relay', 'udp'), attempts, outcomes)];
  if (of('relay').length === 0) {
    const words = 'No TURN server is configured, so nothing can be relayed.';
    return [...ways, { kind: 'relay', protocol: '', title: 'By a TURN server', servers: [], ...unnamed(attempts, words) }];
  }
  for (const protocol of ['udp', 'tcp', 'tls']) {
    const named = of('relay', protocol);
    if (named.length > 0 || protocol !== 'tls') {
      ways.push(relayed(protocol, named, outcomes));
    }
  }
  return ways;
}

/** A way for which no server is named, or not yet. */
function unnamed(attempts, words) {
  if (attempts === undefined) {
    return { state: 'busy', words: 'Asking which servers there are…' };
  }
  return { state: 'none', words: attempts === null ? 'Not tried: the server did not say by which others it could.' : words };
}

function near(host) {
  const way = { kind: 'host', protocol: '', title: 'In the same network', servers: [] };
  if (host === undefined) {
    return { ...way, state: 'busy', words: 'Looking for this browser’s own addresses…' };
  }
  return host.length > 0
    ? { ...way, state: 'yes', words: 'Browsers in this network, and on this computer, can reach this one directly.' }
    : { ...way, state: 'no', words: 'This browser offers no address of its own: it has no network, or a setting or an extension hides them.' };
}

function through(stun, turn, attempts, outcomes) {
  const way = { kind: 'srflx', protocol: '', title: 'Through routers', servers: known(stun, outcomes) };
  // a TURN server over UDP tells it as well
  const asked = [...stun, ...turn];
  const seenAs = new Set(known(asked, outcomes).flatMap((each) => each.seenAs));
  if (seenAs.size > 0) {
    return { ...way, state: 'yes', words: `From outside, this browser is ${[...seenAs].join(' and ')}. Most routers let another one in that knows this.` };
  }
  if (way.servers.some(({ state }) => state === 'yes')) {
    return { ...way, state: 'yes', words: 'No router is between this browser and the STUN server: it is reached under its own address.' };
  }
  if (known(asked, outcomes).length < asked.length) {
    return { ...way, state: 'busy', words: 'Asking how this browser is seen from outside…' };
  }
  if (stun.length > 0) {
    return { ...way, state: 'no', words: 'No STUN server said how this browser is seen from outside.' };
  }
  return { ...way, ...unnamed(attempts, 'No STUN server is configured, so this browser does not know how it is seen from outside.') };
}

function relayed(protocol, named, outcomes) {
  const by = BY[protocol];
  const servers = known(named, outcomes);
  const way = { kind: 'relay', protocol, title: `By a TURN server, over ${by}`, servers };
  if (named.length === 0) {
    return { ...way, state: 'none', words: `No TURN server is configured for ${by}.` };
  }
  if (servers.some(({ state }) => state === 'yes')) {
    const words = {
      udp: 'Video can be relayed, to wherever nothing else leads.',
      tcp: 'Video can be relayed, also out of networks that block UDP.',
      tls: 'Video can be relayed, also out of networks that let only web pages through.',
    };
    return { ...way, state: 'yes', words: words[protocol] };
  }
  if (servers.length < named.length) {
    return { ...way, state: 'busy', words: 'Asking for a relay…' };
  }
  return servers.some(({ state }) => state === 'refused')
    ? { ...way, state: 'no', words: 'The TURN server refused the credential, so nothing is relayed.' }
    : { ...way, state: 'no', words: `Nothing can be relayed over ${by}.` };
}

function known(attempts, outcomes) {
  return attempts.map(({ url }) => outcomes.get(url)).filter((outcome) => outcome !== undefined);
}

/**
 * What this browser can do by these ways, all of them looked at.
 *
 * @param isTold whether the server said which ICE servers there are
 * @returns `state`: `good`, `part` or `bad`; the `words`; and as `advice` what is missing and what helps, a text each, in
 *     which what stands between backquotes is to be typed as it is
 */
export function verdictOf(ways, isTold) {
  const way = (kind) => ways.find((each) => each.kind === kind);
  const relays = ways.filter(({ kind }) => kind === 'relay');
  const over = relays.filter(({ state }) => state === 'yes').map(({ protocol }) => BY[protocol]);
  const direct = [way('host').state === 'yes' && 'in the same network', way('srflx').state === 'yes' && 'through most routers'].filter(Boolean);
  const gaps = [hostGap(way('host')), ...(isTold ? [stunGap(way('srflx'), relays), ...relayGaps(relays, way('srflx'))] : [])];
  return {
    state: direct.length + over.length === 0 ? 'bad' : over.length > 0 && ways.every(({ state }) => state !== 'no') ? 'good' : 'part',
    words: sentence(direct, over, relays, isTold),
    advice: gaps.filter((gap) => gap !== ''),
  };
}

function sentence(direct, over, relays, isTold) {
  const isNamed = relays.some(({ state }) => state !== 'none');
  if (direct.length === 0) {
    return over.length === 0
      ? 'This browser can reach nobody from here.'
      : `This browser can reach others by the TURN server alone, over ${list(over)}.`;
  }
  const reach = `This browser can reach others ${list(direct)}`;
  if (over.length > 0) {
    return `${reach}; video can also be relayed by the TURN server, over ${list(over)}.`;
  }
  if (!isTold) {
    return `${reach}. More could not be tried.`;
  }
  if (isNamed) {
    return `${reach}. Beyond that it finds no way: the TURN server relays nothing for it.`;
  }
  return direct.length > 1
    ? `${reach}. Where routers on both sides are strict it finds no way: there is no TURN server to relay.`
    : `${reach}. Beyond that it finds no way.`;
}

function hostGap({ state }) {
  return state === 'yes' ? '' : 'This browser hides all its addresses. Look for a setting or an extension about WebRTC, and whether the network is up.';
}

function stunGap({ state, servers }, relays) {
  if (state === 'none' && relays.every((each) => each.state === 'none')) {
    return ''; // told with the TURN server that is missing as well
  }
  if (state === 'none') {
    return 'Through routers: whoever runs this server can name a STUN server, by `--stun`.';
  }
  if (state !== 'no') {
    return '';
  }
  const silent = servers.find((each) => each.state === 'unreachable');
  return silent === undefined
    ? `Through routers: ${servers[0].url} ${servers[0].words}.`
    : `Through routers: ${silent.url} ${silent.words}. Either it is down, or UDP to it does not get out of this network.`;
}

function relayGaps(relays, srflx) {
  if (relays.every(({ state }) => state === 'none')) {
    return [
      srflx.state === 'none'
        ? 'No STUN and no TURN server is configured: browsers in other networks stay out of reach. Whoever runs this server can name some, by `--stun`, `--turn` and `--turn-secret-file`.'
        : 'No TURN server is configured: between two strict routers, as offices and mobile networks have them, no video comes. Whoever runs this server can name one, by `--turn` and `--turn-secret-file`.',
    ];
  }
  if (relays.some(({ servers }) => servers.some(({ state }) => state === 'refused')) && relays.every(({ state }) => state !== 'yes')) {
    return [
      'The TURN server refused the credential. Whoever runs both can see to it that the secret in `--turn-secret-file` is the TURN server’s own (`static-auth-secret`), and that the clocks of both agree.',
    ];
  }
  return relays.map(({ state, protocol, servers }) => relayGap(state, BY[protocol], servers));
}

function relayGap(state, by, servers) {
  if (state === 'none') {
    return by === 'TCP'
      ? 'Over TCP: out of networks that block UDP nothing can be relayed. Whoever runs this server can name the TURN server once more, with `?transport=tcp`.'
      : 'Over UDP: relayed video has more delay over TCP. Whoever runs this server can name the TURN server once more, with `?transport=udp`.';
  }
  if (state !== 'no') {
    return '';
  }
  const silent = servers.find((each) => each.state === 'unreachable');
  return silent === undefined
    ? `Over ${by}: ${servers[0].url} ${servers[0].words}.`
    : `Over ${by}: ${silent.url} ${silent.words}. Either it is down, or does not listen there, or ${by} to it does not get out of this network.`;
}

function list(parts) {
  return parts.length > 1 ? `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}` : parts.join('');
}
