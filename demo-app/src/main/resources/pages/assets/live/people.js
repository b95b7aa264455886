// Who is in the room, each with a name, a part and a state; and charts where this page has a connection to them.

import { pathOf } from '/signaling/path.js';
import { Gauges } from './gauges.js';

const list = document.querySelector('#people');
const heading = document.querySelector('#here');

const EVERY = 1_000;

/** What a state is called, and whether it is good, under way or bad. */
const STATES = {
  live: ['sees the video', 'good'],
  connected: ['sees the video', 'good'],
  new: ['connecting…', 'busy'],
  connecting: ['connecting…', 'busy'],
  reconnecting: ['interrupted…', 'busy'],
  disconnected: ['interrupted…', 'busy'],
  waiting: ['waiting', 'idle'],
  ended: ['waiting', 'idle'],
  failed: ['not reached', 'bad'],
  streaming: ['streams', 'good'],
  closed: ['left', 'idle'],
};

/** What a kind of path is called, and what that means. */
const PATHS = {
  'same-network': ['same network', 'The video goes straight from browser to browser, within one network'],
  direct: ['direct', 'The video goes straight from browser to browser, with no router between that changes addresses'],
  'through-nat': ['through NAT', 'The video goes straight from browser to browser, through the routers between them'],
  relayed: ['relayed', 'The video goes by way of a TURN server'],
};

/** What to call somebody: what their page says, as text only ever, or a part of their id. */
export function nameOf(peer, meta) {
  const name = typeof meta?.name === 'string' ? meta.name.trim().slice(0, 40) : '';
  return name === '' ? `Guest ${peer.slice(0, 4)}` : name;
}

export class People {
  #rows = new Map();

  constructor() {
    setInterval(() => this.#sample(), EVERY);
  }

  /**
   * Shows everybody.
   *
   * @param people of each: `peer`, `role`, `meta`, `isMe`, `state`, perhaps the `reason` for it and, if there is one, `connection`
   */
  show(people) {
    heading.textContent = people.length > 1 ? `Who is here: ${people.length}` : 'Who is here';
    const here = new Set(people.map(({ peer }) => peer));
    for (const [peer, { element }] of this.#rows) {
      if (!here.has(peer)) {
        element.remove();
        this.#rows.delete(peer);
      }
    }
    for (const person of people) {
      this.#row(person.peer).update(person);
    }
    list.replaceChildren(...people.map(({ peer }) => this.#rows.get(peer).element));
  }

  #row(peer) {
    if (!this.#rows.has(peer)) {
      this.#rows.set(peer, new Row());
    }
    return this.#rows.get(peer);
  }

  #sample() {
    for (const row of this.#rows.values()) {
      row.sample();
    }
  }
}

class Row {
  #name = document.createElement('strong');
  #part = document.createElement('span');
  #state = document.createElement('span');
  #why = document.createElement('p');
  #path = document.createElement('p');
  #gauges;
  #connection;
  element = document.createElement('li');

  constructor() {
    this.#part.className = 'part';
    this.#state.className = 'state';
    this.#why.className = 'why';
    this.#path.className = 'path';
    this.element.append(this.#name, this.#part, this.#state, this.#why);
  }

  update({ peer, role, meta, isMe, state, reason = '', connection }) {
    const [words, mood] = STATES[state] ?? ['', 'idle'];
    this.#name.textContent = nameOf(peer, meta);
    this.#part.textContent = `${role === 'streamer' ? 'streamer' : 'viewer'}${isMe ? ', you' : ''}`;
    this.#state.textContent = words;
    this.#state.dataset.mood = mood;
    this.#why.textContent = reason;
    Object.assign(this.element.dataset, { peer, role, state: state ?? '', me: isMe });
    this.#connection = connection;
    if (connection && !this.#gauges) {
      this.#gauges = new Gauges();
      this.element.append(this.#path, this.#gauges.element);
      this.#showPath({ kind: '' });
    } else if (!connection && this.#gauges) {
      this.#path.remove();
      this.#gauges.element.remove();
      this.#gauges = undefined;
      this.element.dataset.path = '';
    }
  }

  sample() {
    if (this.#gauges) {
      const connection = this.#connection;
      const looks = [this.#gauges.sample(connection), pathOf(connection).then((path) => connection === this.#connection && this.#showPath(path))];
      Promise.all(looks).catch(() => {}); // closed in between
    }
  }

  /** By which way the video comes; what is known already stays while the browser looks for another one. */
  #showPath({ kind, protocol }) {
    const [label, meaning] = PATHS[kind] ?? ['', ''];
    if (label === '' && this.element.dataset.state === 'reconnecting') {
      return;
    }
    const over = kind === 'relayed' && protocol ? ` over ${protocol.toUpperCase()}` : '';
    this.element.dataset.path = kind;
    this.#path.textContent = label + over;
    this.#path.title = label && `${meaning}${over}`;
  }
}
