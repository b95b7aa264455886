// The link to a room, as text and as a code for a phone's camera.

const link = document.querySelector('#link');
const code = document.querySelector('#qr');
const copy = document.querySelector('#copy');
const origins = document.querySelector('#origins');
const origin = document.querySelector('#origin');
const reach = document.querySelector('#reach');

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];
const COPIED_FOR = 2_000;

/** Offers the link to this page. Opened under `localhost` it is offered under an address that leads here from elsewhere. */
export async function share() {
  show(location.origin);
  copy.addEventListener('click', copyLink);
  link.addEventListener('focus', () => link.select());
  origin.addEventListener('change', () => show(origin.value));
  if (!LOOPBACK.includes(location.hostname)) {
    return;
  }
  const others = await addresses();
  if (others.length === 0) {
    say('This demo listens to its own computer alone. To let a phone in, start it with `--host 0.0.0.0 --tls`.');
    return;
  }
  origin.append(...[...others, location.origin].map((each) => new Option(new URL(each).host, each)));
  origins.hidden = false;
  show(others[0]);
  say(
    location.protocol === 'https:'
      ? 'The other browser warns of the certificate, which this demo made itself: tell it to go on.'
      : 'Viewers need no more. To stream from another device, start the demo with `--tls`.',
  );
}

async function addresses() {
  try {
    const answer = await fetch('/origins.json');
    return answer.ok ? await answer.json() : [];
  } catch {
    return []; // the link under this page's own address is there already
  }
}

function show(where) {
  link.value = where + location.pathname;
  code.src = `/qr.svg?text=${encodeURIComponent(link.value)}`;
  code.alt = `QR code of ${link.value}`;
}

function say(words) {
  // what stands between backquotes is to be typed as it is
  reach.replaceChildren(
    ...words.split('`').map((part, i) => {
      const node = document.createElement(i % 2 === 0 ? 'span' : 'code');
      node.textContent = part;
      return node;
    }),
  );
  reach.hidden = false;
}

async function copyLink() {
  try {
    await navigator.clipboard.writeText(link.value);
  } catch {
    // Kept from pages over plain http, or refused: the old way, which needs the text selected.
    link.select();
    document.execCommand('copy');
  }
  copy.textContent = 'Copied';
  setTimeout(() => (copy.textContent = 'Copy link'), COPIED_FOR);
}
