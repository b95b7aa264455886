// Looks for candidates by one server alone: only so can be told, in every browser, what that one is good for.

/** How long a server is waited for. Browsers wait longer for one that does not answer: 10 s, or 40 s. */
export const PATIENCE = 8_000;

const SCHEME = /^(stun|turn)(s?):.*?(?:\?transport=(udp|tcp))?$/i;

/**
 * The servers one by one, each URL with all its credentials: its `kind` of candidate, `srflx` or `relay`, and for a relay
 * the `protocol` by which it is spoken to, `udp`, `tcp` or `tls`.
 */
export function oneByOne(iceServers) {
  const all = new Map();
  for (const server of iceServers) {
    for (const url of [server.urls].flat()) {
      if (!all.has(url)) {
        const [, scheme = '', secure = '', transport = 'udp'] = SCHEME.exec(url) ?? [];
        const kind = scheme.toLowerCase() === 'turn' ? 'relay' : 'srflx';
        all.set(url, { url, kind, protocol: secure ? 'tls' : transport.toLowerCase(), iceServers: [] });
      }
      all.get(url).iceServers.push({ ...server, urls: url });
    }
  }
  return [...all.values()];
}

/**
 * Gathers candidates by these servers, until there is one of the kind that is wanted, or no more come, or time is up.
 *
 * @param iceServers for the RTCPeerConnection
 * @param options `wanted`: the kind that is enough; `found`: told of each candidate; `signal`: ends it early
 * @returns a promise of the `candidates`, the `errors` as the browser tells them, and the `end`: `wanted`, `complete`,
 *     `late`, or `refused` with `words` if the browser does not take the servers
 */
export async function gather(iceServers, { wanted = '', found = () => {}, signal }) {
  const start = performance.now();
  const candidates = [];
  const errors = [];
  let connection;
  try {
    connection = new RTCPeerConnection({ iceServers });
  } catch (reason) {
    return { candidates, errors, end: 'refused', words: words(reason) };
  }
  try {
    const end = ended(connection, signal, (candidate) => {
      const { type, protocol, address, candidate: text } = candidate;
      const one = { kind: type, protocol, address: address || text.split(' ')[4], after: performance.now() - start };
      candidates.push(one);
      found(one);
      return type === wanted;
    });
    connection.addEventListener('icecandidateerror', ({ errorCode, errorText }) => errors.push({ code: errorCode, text: errorText }));
    connection.createDataChannel('check');
    await connection.setLocalDescription(await connection.createOffer());
    return { candidates, errors, end: await end };
  } catch (reason) {
    return { candidates, errors, end: 'refused', words: words(reason) };
  } finally {
    connection.close();
  }
}

/** Firefox puts the name of a function of its own in front. */
function words({ message }) {
  return message.replace(/^\w+\.\w+: /, '').replace(/\.$/, '');
}

function ended(connection, signal, isEnough) {
  return new Promise((resolve) => {
    connection.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate === null) {
        resolve('complete');
      } else if (candidate.candidate !== '' && isEnough(candidate)) {
        resolve('wanted');
      }
    });
    const timer = setTimeout(resolve, signal.aborted ? 0 : PATIENCE, 'late');
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve('late');
    });
  });
}
