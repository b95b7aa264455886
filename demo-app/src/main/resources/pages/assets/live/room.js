// The live room: everybody enters as a viewer, and whoever starts a camera or a screen becomes its streamer.

import { complain } from '../page.js';
import { explainInsecure, mayAskForCamera } from '../secure.js';
import { Handshake } from './handshake.js';
import { drawSequence } from './sequence.js';
import { share } from './share.js';
import { cameras, mayShareScreen, nextCamera, openScreen } from './sources.js';
import { stopTracks, Streaming } from './streaming.js';
import { View } from './view.js';
import { Watching } from './watching.js';

const NAME_KEY = 'live-name';

/** `?relay` in the address: for those who want to see whether their TURN server does its work. */
const iceTransportPolicy = new URLSearchParams(location.search).has('relay') ? 'relay' : 'all';

const room = decodeURIComponent(location.pathname.slice('/live/'.length));
const button = (id) => document.querySelector(id);
const naming = document.querySelector('#naming');
const nameField = document.querySelector('#name');

const handshake = new Handshake();
const view = new View(room);
let member;
/** What the person was asked for, and has not answered yet. */
let asking = '';
/** Where the streamer's picture comes from: `camera` or `screen`. */
let source = '';
let cameraCount = 0;

nameField.value = remembered();
explainInsecure();
document.querySelector('#relayed').hidden = iceTransportPolicy !== 'relay';
drawSequence(room, handshake);
share();
enter((options) => new Watching(options));

button('#camera').addEventListener('click', () => start('camera', () => nextCamera(source === 'camera' ? member.stream : undefined)));
button('#screen').addEventListener('click', () => start('screen', openScreen));
button('#stop').addEventListener('click', () => stop(''));
button('#again').addEventListener('click', () => enter((options) => new Watching(options)));
naming.addEventListener('submit', (event) => {
  event.preventDefault();
  remember(nameField.value.trim());
  if (member.role === 'viewer') {
    enter((options) => new Watching(options)); // a name is told at the door
  }
});
// Told at once, not when the server misses this page. One that the browser kept and shows again starts afresh.
addEventListener('pagehide', () => {
  stopTracks(member.role === 'streamer' ? member.stream : null);
  member.leave();
});
addEventListener('pageshow', ({ persisted }) => persisted && location.reload());

/** Takes the place of whatever this page was in the room before. */
async function enter(make) {
  member?.leave();
  member = undefined; // what the new one says while it is being made is nothing to show yet
  const entered = make({ room, name: nameField.value.trim(), handshake, iceTransportPolicy, changed: () => member !== undefined && member === entered && update() });
  member = entered;
  update();
  try {
    await entered.enter();
    return true;
  } catch (reason) {
    if (entered === member && reason.name !== 'AbortError') {
      refused(reason);
    }
    return false;
  } finally {
    if (entered === member) {
      update();
    }
  }
}

/** Opens a camera or a screen, and streams it: anew, or in place of what was streamed before. */
async function start(kind, open) {
  complain();
  asking = kind;
  update();
  let stream;
  try {
    stream = await open();
  } catch (reason) {
    asking = '';
    complain(reason.message);
    update();
    return;
  }
  asking = '';
  watchForEnd(stream, kind);
  countCameras();
  if (member.role === 'streamer') {
    source = kind;
    await member.replace(stream);
    update();
  } else {
    source = kind;
    await enter((options) => new Streaming({ ...options, stream }));
  }
}

/** Not waited for: Firefox answers only once its window has the focus. */
async function countCameras() {
  cameraCount = (await cameras()).length;
  update();
}

/** A camera may be pulled out, and browsers have a button of their own that ends the sharing of a screen. */
function watchForEnd(stream, kind) {
  stream.getVideoTracks()[0].addEventListener('ended', () => {
    if (member.role === 'streamer' && member.stream === stream) {
      stop(kind === 'camera' ? 'The camera stopped: it was disconnected, or its permission was taken back.' : '');
    }
  });
}

function stop(words) {
  source = '';
  complain(words);
  enter((options) => new Watching(options));
}

function refused({ code, message }) {
  if (member.role === 'streamer') {
    stop(
      code === 'role-taken'
        ? 'Somebody else streams in this room already, and it has one streamer at a time. You are watching.'
        : `You cannot stream here: ${message}.`,
    );
  } else {
    complain(`This room does not let you in: ${message}.`);
  }
}

function update() {
  view.show(member, {
    asking,
    source,
    mayAsk: mayAskForCamera(),
    mayShareScreen: mayShareScreen(),
    hasMoreCameras: cameraCount > 1,
  });
}

function remembered() {
  try {
    return localStorage.getItem(NAME_KEY) ?? '';
  } catch {
    return ''; // storage is kept from this page
  }
}

function remember(name) {
  try {
    localStorage.setItem(NAME_KEY, name);
  } catch {
    // then it holds for this visit
  }
}
