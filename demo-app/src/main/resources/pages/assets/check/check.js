// The connection check: looks for every way by which video could come here, and says in words what was found.

import { iceServers } from '/signaling/ice-servers.js';
import { complain } from '../page.js';
import { gather, oneByOne } from './gathering.js';
import { outcomeOf } from './outcome.js';
import { copyReport } from './report.js';
import { verdictOf, waysOf } from './verdict.js';
import { begin, showCandidate, showProgress, showVerdict, showWays } from './view.js';

/** Each has a connection of its own, of which a browser has so many. */
const MOST_SERVERS = 24;

const again = document.querySelector('#again');
const copy = document.querySelector('#copy');

let leaving = new AbortController();

again.addEventListener('click', check);
copy.addEventListener('click', () => copyReport(copy));
addEventListener('pagehide', () => leaving.abort());
// A page that the browser kept and shows again starts afresh.
addEventListener('pageshow', ({ persisted }) => persisted && location.reload());
check();

async function check() {
  const start = performance.now();
  again.disabled = copy.disabled = true;
  complain();
  begin();
  const { state, words, advice } = globalThis.RTCPeerConnection === undefined ? without() : await look();
  showVerdict(state, words, advice, (performance.now() - start) / 1_000);
  again.disabled = copy.disabled = false;
}

async function look() {
  leaving = new AbortController();
  const { signal } = leaving;
  const outcomes = new Map();
  let host;
  let attempts;
  const update = () => showWays(waysOf(host, attempts, outcomes));
  update();

  const own = gather([], { signal, found: (candidate) => showCandidate(candidate, '') }).then(({ candidates }) => {
    host = candidates;
    update();
  });
  attempts = await ask();
  update();
  await own;
  const named = attempts ?? [];
  if (named.length > 0) {
    showProgress(0, named.length);
  }
  await Promise.all(
    named.map(async (attempt) => {
      const found = (candidate) => candidate.kind !== 'host' && showCandidate(candidate, attempt.url);
      outcomes.set(attempt.url, await tryOut(attempt, { wanted: attempt.kind, found, signal }, host.length > 0));
      showProgress(outcomes.size, named.length);
      update();
    }),
  );
  return verdictOf(waysOf(host, attempts, outcomes), attempts !== null);
}

/**
 * Tries one server: by one credential after the other while it refuses them, as there are two while a secret is replaced. By
 * both at once a browser gets no further than the first.
 */
async function tryOut(attempt, options, hasAddress) {
  let outcome;
  for (const server of attempt.iceServers) {
    const gathered = await gather([server], options);
    const seenAs = gathered.candidates.filter(({ kind }) => kind === 'srflx').map(({ address }) => address);
    outcome = { ...outcomeOf(attempt, gathered, hasAddress), seenAs };
    if (outcome.state !== 'refused') {
      break;
    }
  }
  return outcome;
}

/** Which servers there are; null if that is not told, which is no reason to look no further. */
async function ask() {
  try {
    return oneByOne(await iceServers()).slice(0, MOST_SERVERS);
  } catch ({ message }) {
    complain(`Which STUN and TURN servers there are is not known: ${message}. Press “Check again” in a while.`);
    return null;
  }
}

function without() {
  showWays([]);
  return {
    state: 'bad',
    words: 'This browser has no WebRTC, or it is turned off: it can neither send video from here nor get any.',
    advice: ['Look for a setting or an extension that turns WebRTC off (in Firefox `media.peerconnection.enabled`), or take another browser.'],
  };
}
