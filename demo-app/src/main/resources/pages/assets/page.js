// What every page shows: how things stand, what went wrong, and the messages of the handshake.

const status = document.querySelector('#status');
const error = document.querySelector('#error');
const messages = document.querySelector('#messages');

const waiting = [];
const timeOfDay = new Intl.DateTimeFormat([], { timeStyle: 'medium', hour12: false });

const MOST_MESSAGES = 100;
const LONGEST_TEXT = 20_000;

/** Says how things stand: a state for the style sheet, words for the person. */
export function show(state, words) {
  status.dataset.state = state;
  status.textContent = words;
}

/** Says what went wrong, or with no words that nothing is wrong any more. */
export function complain(words = '') {
  error.textContent = words;
  error.hidden = words === '';
}

/** Lists a message of the handshake as it happens. What it says came from elsewhere, so it is only ever shown as text. */
export function list(direction, message) {
  const type = message.type.slice(0, 40);
  const item = element('li', '');
  item.dataset.type = type;
  item.dataset.direction = direction;

  const summary = element('summary', '');
  summary.append(
    element('span', direction === 'sent' ? 'sent' : 'received', 'direction'),
    element('strong', type),
    element('span', gist(message), 'gist'),
    element('time', timeOfDay.format()),
  );
  const details = element('details', '');
  details.append(summary, element('pre', wholeText(message)));
  item.append(details);

  waiting.push(item);
  if (waiting.length === 1) {
    requestAnimationFrame(append);
  } else if (waiting.length > MOST_MESSAGES) {
    waiting.shift();
  }
}

/** Once per frame, however many came: every look at the list's height costs a layout. */
function append() {
  const isAtEnd = messages.scrollHeight - messages.scrollTop - messages.clientHeight < 40;
  messages.append(...waiting.splice(0));
  while (messages.children.length > MOST_MESSAGES) {
    messages.firstElementChild.remove();
  }
  if (isAtEnd) {
    messages.scrollTop = messages.scrollHeight;
  }
}

function element(name, text, className = '') {
  const made = document.createElement(name);
  made.textContent = text;
  made.className = className;
  return made;
}

/** A message in a few words. */
function gist({ type, sdp, candidate }) {
  switch (type) {
    case 'offer':
    case 'answer':
      return `session description, ${`${sdp}`.length.toLocaleString()} characters`;
    case 'icecandidate': {
      const [, , protocol, , address, , , kind] = `${candidate?.candidate ?? ''}`.split(' ');
      return kind === undefined ? 'no more candidates' : `${kind}, ${protocol} ${address}`.slice(0, 80);
    }
    case 'viewer-ready':
      return 'a viewer is here';
    case 'busy':
      return 'the stream has a viewer already';
    case 'bye':
      return 'leaves';
    default:
      return '';
  }
}

function wholeText(message) {
  const text = typeof message.sdp === 'string' ? message.sdp : JSON.stringify(message, null, 2);
  return text.slice(0, LONGEST_TEXT);
}
