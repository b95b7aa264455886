// Who is in the room, each with a name, a part and a state; and charts where this page has a connection to them.

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
   * @param people of each: `peer`, `role`, `meta`, `isMe`, `state` and, if there is one, `connection`
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
  #gauges;
  #connection;
  element = document.createElement('li');

  constructor() {
    this.#part.className = 'part';
    this.#state.className = 'state';
    this.element.append(this.#name, this.#part, this.#state);
  }

  update({ peer, role, meta, isMe, state, connection }) {
    const [words, mood] = STATES[state] ?? ['', 'idle'];
    this.#name.textContent = nameOf(peer, meta);
    this.#part.textContent = `${role === 'streamer' ? 'streamer' : 'viewer'}${isMe ? ', you' : ''}`;
    this.#state.textContent = words;
    this.#state.dataset.mood = mood;
    Object.assign(this.element.dataset, { peer, role, state: state ?? '', me: isMe });
    this.#connection = connection;
    if (connection && !this.#gauges) {
      this.#gauges = new Gauges();
      this.element.append(this.#gauges.element);
    } else if (!connection && this.#gauges) {
      this.#gauges.element.remove();
      this.#gauges = undefined;
    }
  }

  sample() {
    this.#gauges?.sample(this.#connection).catch(() => {}); // closed in between
  }
}
