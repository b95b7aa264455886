// Shows the ways, what they mean, and each candidate as it comes. All texts of elsewhere are shown as text only.

import { show } from '../page.js';

const verdict = document.querySelector('#verdict');
const progress = document.querySelector('#progress');
const results = document.querySelector('#results');
const todo = document.querySelector('#todo');
const advice = document.querySelector('#advice');
const candidates = document.querySelector('#candidates');

const DOT = { good: 'connected', part: 'ready', bad: 'failed' };

/** Forgets the check before. */
export function begin() {
  candidates.replaceChildren();
  todo.hidden = true;
  verdict.dataset.state = 'busy';
  verdict.textContent = '';
  progress.hidden = false;
  progress.value = 0; // and not indeterminate, which Firefox shows as full
  show('connecting', 'Looking for ways…');
}

/** Says how far it has got. */
export function showProgress(done, all) {
  progress.max = all;
  progress.value = done;
  show('connecting', `Looking for ways: ${done} of ${all} servers have been tried…`);
}

export function showWays(ways) {
  results.replaceChildren(...ways.map(({ kind, protocol, state, title, words, servers }) => {
    const item = element('li');
    Object.assign(item.dataset, { kind, protocol, state });
    item.append(element('h3', title), element('p', words));
    if (servers.length > 0) {
      const list = element('ul');
      list.className = 'servers';
      list.append(...servers.map((server) => {
        const line = element('li');
        line.dataset.state = server.state;
        line.append(element('code', server.url), ` ${server.words}`);
        return line;
      }));
      item.append(list);
    }
    return item;
  }));
}

/** Ends a check. */
export function showVerdict(state, words, todos, seconds) {
  progress.hidden = true;
  verdict.dataset.state = state;
  verdict.textContent = words;
  todo.hidden = todos.length === 0;
  advice.replaceChildren(...todos.map((text) => {
    const item = element('li');
    // what stands between backquotes is to be typed as it is
    item.append(...text.split('`').map((part, i) => (i % 2 === 0 ? part : element('code', part))));
    return item;
  }));
  show(DOT[state], `Checked, in ${Math.max(seconds, 0.1).toLocaleString([], { maximumFractionDigits: 1 })} s.`);
}

export function showCandidate({ kind, protocol, address, after }, url) {
  const item = element('li');
  item.dataset.kind = kind;
  item.append(element('strong', kind), element('span', `${protocol} ${address}`), element('time', `${Math.round(after)} ms`));
  if (url !== '') {
    const by = element('span', `by ${url}`);
    by.className = 'by';
    item.append(by);
  }
  candidates.append(item);
}

function element(name, text = '') {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
