// What the room's page shows: how things stand, the picture, the buttons that make sense now, and who is here.

import { show } from '../page.js';
import { People } from './people.js';

const picture = document.querySelector('#picture');
const figure = picture.parentElement;
const why = document.querySelector('#why');
const server = document.querySelector('#server');
const taken = document.querySelector('#taken');
const naming = document.querySelector('#naming');
const sound = document.querySelector('#sound');
const again = document.querySelector('#again');
const check = document.querySelector('#check');
const camera = document.querySelector('#camera');
const screenButton = document.querySelector('#screen');
const stop = document.querySelector('#stop');

const SERVER = {
  idle: 'Signal server: connecting…',
  connecting: 'Signal server: connecting…',
  open: 'Signal server: connected.',
  reconnecting: 'Signal server: away. This page tries again by itself; a running video goes on.',
  closed: 'Signal server: it closed this connection for good. Reload the page to try again.',
};

export class View {
  #people = new People();
  #member;
  #hasStreamed = false;

  constructor(room) {
    document.querySelector('#room').textContent = room;
    document.title = `${room} · Live room`;
    for (const event of ['playing', 'resize', 'emptied']) {
      picture.addEventListener(event, () => this.#member && this.#status(this.#member, ''));
    }
    sound.addEventListener('click', () => {
      picture.muted = !picture.muted;
      this.#sound();
    });
  }

  show(member, { asking, source, mayAsk, mayShareScreen, hasMoreCameras }) {
    this.#member = member;
    const streams = member.role === 'streamer';
    const isTaken = !streams && member.hasStreamer;
    this.#hasStreamed ||= isTaken;
    if (picture.srcObject !== member.stream) {
      picture.srcObject = member.stream;
      picture.muted = true;
    }
    figure.dataset.source = streams ? source : 'remote';
    server.dataset.state = member.channel.state;
    server.textContent = SERVER[member.channel.state];
    this.#status(member, asking);
    this.#sound();

    taken.hidden = !isTaken;
    again.hidden = check.hidden = streams || member.state !== 'failed';
    camera.textContent = streams ? (source === 'camera' ? 'Switch camera' : 'Show camera') : 'Start camera';
    camera.hidden = isTaken || (streams && source === 'camera' && !hasMoreCameras);
    camera.disabled = asking !== '' || !mayAsk;
    camera.classList.toggle('quiet', streams);
    camera.classList.toggle('button', streams);
    screenButton.hidden = isTaken || !mayShareScreen || (streams && source === 'screen');
    screenButton.disabled = asking !== '';
    stop.hidden = !streams;
    naming.inert = streams;
    naming.title = streams ? 'A name is told at the door: stop streaming to change it.' : '';
    this.#people.show(everybody(member));
  }

  #status(member, asking) {
    this.#reason('');
    if (asking !== '') {
      show('camera', asking === 'camera' ? 'Asking for the camera…' : 'Asking which screen to share…');
    } else if (member.channel.state === 'connecting') {
      show('connecting', 'Entering the room…');
    } else if (member.role === 'streamer') {
      const { watching, viewers } = member;
      const nobody = viewers > 0 ? 'You are live. The video has not reached anybody yet.' : 'You are live. Nobody watches yet: share the link.';
      show(
        watching > 0 ? 'connected' : 'waiting',
        watching === 0 ? nobody : `You are live: ${watching === 1 ? 'one viewer watches' : `${watching} viewers watch`}.`,
      );
    } else {
      this.#statusOfViewer(member);
    }
  }

  #statusOfViewer({ state, reason, streamerName: name }) {
    const flows = state === 'live' && picture.videoWidth > 0;
    const states = {
      waiting: ['waiting', this.#hasStreamed ? 'The stream is over. The next one comes by itself.' : 'Nobody streams yet. The video comes by itself.'],
      ended: ['waiting', 'The stream is over. The next one comes by itself.'],
      connecting: ['connecting', `${name || 'Somebody'} streams: connecting…`],
      live: flows ? ['connected', `${name || 'Somebody'} streams.`] : ['connecting', 'Connected: the picture is about to come…'],
      reconnecting: ['connecting', 'The connection is interrupted: getting it back…'],
      failed: ['failed', 'The video does not come.'],
    };
    show(...(states[state] ?? ['connecting', 'Entering the room…']));
    this.#reason(['connecting', 'failed'].includes(state) ? reason : '');
  }

  #reason(words) {
    why.textContent = /[\p{L}\p{N})]$/u.test(words) ? `${words}.` : words;
    why.hidden = words === '';
  }

  #sound() {
    const hasSound = (picture.srcObject?.getAudioTracks().length ?? 0) > 0;
    sound.hidden = this.#member?.role === 'streamer' || this.#member?.state === 'failed' || !hasSound;
    sound.textContent = picture.muted ? 'Turn the sound on' : 'Turn the sound off';
    sound.classList.toggle('quiet', !picture.muted);
    sound.classList.toggle('button', !picture.muted);
  }
}

/** This page first, then the streamer, then the others as they came. */
function everybody(member) {
  const { channel } = member;
  const me = { peer: channel.peer, role: member.role, meta: channel.meta, isMe: true };
  const others = [...channel.peers].map(([peer, { role, meta }]) => ({ peer, role, meta, isMe: false }));
  others.sort((one, other) => (other.role === 'streamer') - (one.role === 'streamer'));
  return [...(channel.peer === '' ? [] : [me]), ...others].map((each) => ({ ...each, ...member.about(each.peer, each.role) }));
}
