// Step 1: two RTCPeerConnections in one page. The messages go from hand to hand, so there is no channel yet.

import { Call } from '../assets/call.js';
import { openCamera } from '../assets/camera.js';
import { complain, list, show } from '../assets/page.js';

const local = document.querySelector('#local');
const remote = document.querySelector('#remote');
const startButton = document.querySelector('#start');
const streamButton = document.querySelector('#stream');
const stopButton = document.querySelector('#stop');

let stream = null;
let sender = null;
let receiver = null;

startButton.addEventListener('click', async () => {
  startButton.disabled = true;
  complain();
  show('camera', 'Asking for the camera…');
  try {
    stream = await openCamera();
  } catch (reason) {
    complain(reason.message);
    turnOff();
    return;
  }
  stream.getVideoTracks()[0].addEventListener('ended', () => {
    complain('The camera stopped: it was disconnected, or its permission was taken back.');
    turnOff();
  });
  local.srcObject = stream;
  streamButton.disabled = false;
  stopButton.hidden = false;
  show('ready', 'The camera is on. Press “Stream video” to send it to the second picture.');
});

streamButton.addEventListener('click', async () => {
  complain();
  hangUp();
  show('connecting', 'Connecting…');
  sender = new Call('sender', changed);
  receiver = new Call('receiver', changed);
  const { peerConnection: localConnection } = sender;
  const { peerConnection: remoteConnection } = receiver;
  receiver.expectConnection();

  localConnection.onicecandidate = ({ candidate }) => {
    list('sent', { type: 'icecandidate', candidate });
    receiver?.addCandidate(candidate);
  };
  remoteConnection.onicecandidate = ({ candidate }) => {
    list('received', { type: 'icecandidate', candidate });
    sender?.addCandidate(candidate);
  };
  remoteConnection.ontrack = ({ streams }) => {
    remote.srcObject = streams[0];
    remote.controls = true;
  };
  stream.getTracks().forEach((track) => localConnection.addTrack(track, stream));

  try {
    const offer = await localConnection.createOffer();
    list('sent', { type: offer.type, sdp: offer.sdp });
    await remoteConnection.setRemoteDescription(offer);
    await localConnection.setLocalDescription(offer);
    const answer = await remoteConnection.createAnswer();
    list('received', { type: answer.type, sdp: answer.sdp });
    await localConnection.setRemoteDescription(answer);
    await remoteConnection.setLocalDescription(answer);
  } catch (reason) {
    // Pressed again or left meanwhile: the connections that this one was about are closed.
    if (localConnection === sender?.peerConnection) {
      fail(`The connection failed: ${reason.message}`);
    }
  }
});

stopButton.addEventListener('click', () => {
  complain();
  turnOff();
});

remote.addEventListener('playing', showFlowing);
remote.addEventListener('resize', showFlowing);

/** Connected means that there is something to see, which comes a little later than the connection. */
function showFlowing() {
  if (receiver?.peerConnection.connectionState === 'connected' && remote.videoWidth > 0) {
    show('connected', 'The video flows from the first picture to the second.');
  }
}

function changed(event) {
  if (event === 'connected') {
    showFlowing();
  } else if (event === 'interrupted') {
    show('connecting', 'The connection is interrupted. It may come back by itself…');
  } else {
    fail('The two connections did not find each other. Press “Stream video” to try again.');
  }
}

function fail(words) {
  complain(words);
  hangUp();
  show('failed', 'The connection failed.');
}

function hangUp() {
  sender?.close();
  receiver?.close();
  sender = receiver = null;
  remote.srcObject = null;
  remote.controls = false; // of nothing
}

function turnOff() {
  hangUp();
  stream?.getTracks().forEach((track) => track.stop());
  stream = null;
  local.srcObject = null;
  startButton.disabled = false;
  streamButton.disabled = true;
  stopButton.hidden = true;
  show('idle', 'The camera is off.');
}

addEventListener('pagehide', turnOff);
// A page that the browser kept and shows again starts afresh.
addEventListener('pageshow', ({ persisted }) => persisted && location.reload());
