// What was said in the room, as rows: who, to whom, what, when. A bounded number of them; the oldest make room.

const MOST_ROWS = 150;

/** This page, whatever its id is at the moment. */
export const ME = { key: 'me', label: 'This page' };
export const SERVER = { key: 'server', label: 'Signal server' };

/**
 * The rows, from which the diagram and its text are made. `kind` is `signal`, `server` or `media`; candidates in one
 * direction that follow each other are one row with a `count`.
 */
export class Handshake extends EventTarget {
  #rows = [];
  #forgotten = 0;

  get rows() {
    return this.#rows;
  }

  /** How many rows there were before the first that is kept. */
  get forgotten() {
    return this.#forgotten;
  }

  add(row) {
    const { kind, from, to, what, at = Date.now() } = row;
    const last = this.#rows.at(-1);
    if (what === 'icecandidate' && last?.what === what && last.from.key === from.key && last.to.key === to.key) {
      last.count++;
      last.until = at;
    } else {
      this.#rows.push({ kind, from, to, what: `${what}`.slice(0, 60), at, until: at, count: 1 });
    }
    if (this.#rows.length > MOST_ROWS) {
      this.#rows.shift();
      this.#forgotten++;
    }
    this.dispatchEvent(new Event('change'));
  }
}

const timeOfDay = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });

/** Hours to milliseconds. */
export function clock(at) {
  return `${timeOfDay.format(at)}.${`${Math.floor(at % 1000)}`.padStart(3, '0')}`;
}

/** A row's words, in the diagram as in the text. */
export function words({ what, count }) {
  if (what !== 'icecandidate') {
    return what;
  }
  return count === 1 ? 'candidate' : `${count} candidates`;
}

/** Everybody in these rows: this page and the server first, others as they come. */
export function participants(rows) {
  const all = new Map([ME, SERVER].map((each) => [each.key, each]));
  for (const { from, to } of rows) {
    all.set(from.key, from).set(to.key, to);
  }
  return [...all.values()];
}

/** The same as text that Mermaid draws (mermaid.js.org, sequence diagrams). */
export function asMermaid(room, rows, forgotten) {
  const people = participants(rows);
  const ids = new Map(people.map(({ key }, i) => [key, `p${i}`]));
  const lines = [
    'sequenceDiagram',
    `  %% Live room ${plain(room)}, written ${new Date().toISOString()}, times of this computer`,
    ...people.map(({ key, label }) => `  participant ${ids.get(key)} as ${plain(label)}`),
  ];
  if (forgotten > 0) {
    lines.push(`  Note over p0,p1: ${forgotten} rows before these`);
  }
  for (const row of rows) {
    const arrow = { signal: '->>', server: '-->>', media: '-)' }[row.kind];
    const time = row.count > 1 ? `${clock(row.at)} to ${clock(row.until)}` : clock(row.at);
    lines.push(`  ${ids.get(row.from.key)}${arrow}${ids.get(row.to.key)}: ${time} ${plain(words(row))}`);
  }
  return `${lines.join('\n')}\n`;
}

/** Text of strangers without what means something to Mermaid. */
function plain(text) {
  return text.replace(/[^\p{L}\p{N} .,_+()-]/gu, ' ').trim() || '?';
}
