// Draws the handshake as a sequence diagram, and hands it out as text.

import { asMermaid, clock, participants, SERVER, words } from './handshake.js';

const SVG = 'http://www.w3.org/2000/svg';
const TIME = 92;
const COLUMN = 150;
const HEADS = 40;
const ROW = 30;
const LONGEST_LABEL = 18;

const place = document.querySelector('#sequence');
const download = document.querySelector('#download');

/** Draws it in the page and redraws when it changes, once per frame at most. */
export function drawSequence(room, handshake) {
  let isDue = false;
  handshake.addEventListener('change', () => {
    download.disabled = false;
    if (!isDue) {
      isDue = true;
      requestAnimationFrame(() => {
        isDue = false;
        draw(handshake.rows);
      });
    }
  });
  download.addEventListener('click', () => save(room, asMermaid(room, handshake.rows, handshake.forgotten)));
}

function draw(rows) {
  const people = participants(rows);
  const x = new Map(people.map(({ key }, i) => [key, TIME + COLUMN / 2 + i * COLUMN]));
  const width = TIME + people.length * COLUMN;
  const height = rows.length * ROW + 16;
  const heads = svg('svg', { class: 'heads', viewBox: `0 0 ${width} ${HEADS}`, width, height: HEADS, 'aria-hidden': 'true' });
  const picture = svg('svg', { viewBox: `0 0 ${width} ${height}`, width, height, role: 'img' });
  picture.append(svg('title', {}, `Sequence diagram with ${rows.length} rows between ${people.map(({ label }) => label).join(', ')}`));
  for (const { key, label } of people) {
    const middle = x.get(key);
    heads.append(
      svg('rect', { class: 'head', x: middle - COLUMN / 2 + 6, y: 4, width: COLUMN - 12, height: 28, rx: 8 }),
      svg('text', { class: 'who', x: middle, y: 23 }, short(label)),
    );
    picture.append(svg('line', { class: 'life', x1: middle, x2: middle, y1: 0, y2: height }));
  }
  rows.forEach((row, i) => picture.append(arrow(row, x, i * ROW + ROW / 2 + 6)));

  const isAtEnd = place.scrollHeight - place.scrollTop - place.clientHeight < 40;
  place.replaceChildren(heads, picture);
  if (isAtEnd) {
    place.scrollTop = place.scrollHeight;
  }
}

function arrow(row, x, y) {
  const from = x.get(row.from.key);
  const to = x.get(row.to.key);
  const middle = (from + to) / 2;
  const direction = to >= from ? 1 : -1;
  const group = svg('g', { class: `row ${row.kind} ${row.what.replace(/[^a-z]+/g, '-')}` });
  group.append(svg('text', { class: 'time', x: 4, y: y + 3 }, clock(row.at)));
  const passes = row.kind === 'signal' && x.get(SERVER.key);
  if (passes && (passes - from) * (passes - to) < 0) {
    group.append(svg('circle', { cx: passes, cy: y, r: 3.5 }));
  }
  group.append(
    svg('line', { x1: from, x2: to - direction * 6, y1: y, y2: y }),
    svg('path', { d: `M${to} ${y}l${-direction * 9} -4.5v9z` }),
    svg('text', { class: 'what', x: middle, y: y - 6 }, short(words(row), 30)),
  );
  return group;
}

function short(text, longest = LONGEST_LABEL) {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

function svg(name, attributes, text = '') {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, value);
  }
  made.textContent = text;
  return made;
}

function save(room, text) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  link.download = `handshake-${room.replace(/[^\p{L}\p{N}.-]+/gu, '-')}.mmd.txt`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
