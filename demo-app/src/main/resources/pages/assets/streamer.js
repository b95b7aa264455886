// The streamer's page: offers its camera over the channel to one viewer at a time.

import { Call, EarlyCandidates, freshId } from './call.js';
import { openCamera } from './camera.js';
import { talkOver } from './channel.js';
import { complain, show } from './page.js';

export function streamer(channel, iceServers = async () => []) {
  const local = document.querySelector('#local');
  const startButton = document.querySelector('#start');
  const streamButton = document.querySelector('#stream');
  const stopButton = document.querySelector('#stop');
  const early = new EarlyCandidates();

  let stream = null;
  let isLive = false;
  let isViewerHere = false;
  let call = null;
  /** Who the call is with: undefined for whoever answers first, and for a viewer that does not give its name. */
  let partner;
  let isAnswered = false;

  const post = talkOver(
    channel,
    {
      'viewer-ready': ({ viewer, again }) => {
        if (typeof viewer !== 'string') {
          return;
        }
        const isTaken = call !== null && !call.isBroken && (isAnswered || partner !== undefined) && partner !== viewer;
        if (!isLive) {
          isViewerHere = true;
          showReady();
        } else if (isTaken && again !== true) {
          post({ type: 'busy', viewer });
        } else {
          offer(viewer, 'A viewer is here.');
        }
      },

      answer: async ({ sdp, call: id, viewer }) => {
        if (call === null || (id !== undefined && id !== call.id)) {
          return;
        }
        if (isAnswered || (partner !== undefined && partner !== viewer)) {
          // A second answer must not reach the connection that the first one has.
          if (viewer !== undefined && viewer !== partner) {
            post({ type: 'busy', viewer });
          }
          return;
        }
        const answered = call;
        isAnswered = true;
        partner = viewer;
        show('connecting', 'A viewer has answered: connecting…');
        try {
          await answered.peerConnection.setRemoteDescription({ type: 'answer', sdp });
        } catch (reason) {
          if (answered === call) {
            fail(`The viewer’s answer is of no use: ${reason.message}`);
          }
          return;
        }
        if (answered === call) {
          answered.expectConnection();
          early.take((message) => message.viewer === viewer).forEach(({ candidate }) => answered.addCandidate(candidate));
        }
      },

      icecandidate: (message) => {
        if (call === null || (message.call !== undefined && message.call !== call.id)) {
          return;
        }
        if (!call.isDescribed) {
          early.keep(message);
        } else if (message.viewer === partner) {
          call.addCandidate(message.candidate);
        }
      },

      bye: ({ viewer }) => {
        if (viewer === undefined) {
          return;
        }
        if (isLive && viewer === partner) {
          offer(undefined, 'The viewer has left.');
        } else if (!isLive) {
          isViewerHere = false;
          showReady();
        }
      },

      // Only streamers offer, so there is a second one: the one who pressed last has the channel.
      offer: () => {
        if (isLive) {
          hangUp('another-streamer');
          isLive = false;
          show('ended', 'Another streamer has taken over this channel. Press “Stream video” to take it back.');
        } else {
          complain('Another streamer is live on this channel. Pressing “Stream video” takes its place.');
        }
      },
    },
    {
      onRejoined: () => {
        if (isLive && !isAnswered) {
          offer(partner, 'The signal server is back.');
        }
      },
      onLeave: turnOff,
      onStayed: () => {},
    },
  );

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
    showReady();
  });

  stopButton.addEventListener('click', () => {
    complain();
    turnOff();
  });

  streamButton.addEventListener('click', () => {
    complain();
    isLive = true;
    offer(undefined, '');
  });

  /** Starts afresh: a new connection, offered to one viewer or, if none is named, to whoever answers first. */
  async function offer(viewer, why) {
    hangUp(viewer === undefined || viewer === partner ? '' : 'another-viewer');
    const offered = new Call(freshId(), changed);
    const { peerConnection } = offered;
    call = offered;
    partner = viewer;
    show('waiting', viewer === undefined ? `${why} Waiting for a viewer.`.trim() : `${why} Waiting for its answer…`);

    peerConnection.onicecandidate = ({ candidate }) =>
      post({ type: 'icecandidate', candidate: candidate?.toJSON() ?? null, call: offered.id });
    stream.getTracks().forEach((track) => peerConnection.addTrack(track, stream));
    try {
      await offered.useServers(iceServers);
      await peerConnection.setLocalDescription(await peerConnection.createOffer());
    } catch (reason) {
      if (offered === call) {
        fail(`The browser made no offer: ${reason.message}`);
      }
      return;
    }
    if (offered === call) {
      post({ type: 'offer', sdp: peerConnection.localDescription.sdp, call: offered.id, viewer });
      if (viewer !== undefined) {
        offered.expectConnection();
      }
    }
  }

  function changed(event) {
    switch (event) {
      case 'connected':
        show('connected', 'Streaming to a viewer.');
        break;
      case 'interrupted':
        show('connecting', 'The connection is interrupted. It may come back by itself…');
        break;
      case 'lost':
        offer(undefined, 'The connection to the viewer was lost.');
        break;
      default:
        if (!isAnswered) {
          offer(undefined, 'The viewer did not answer.');
          return;
        }
        fail('No way to the viewer was found: a firewall may be between. The connection check on the start page tells more. Press “Stream video” to try again.');
    }
  }

  function fail(words) {
    complain(words);
    hangUp('failed');
    show('failed', 'The connection failed.');
  }

  /** Closes the connection, if there is one, and tells its viewer why, unless it is to get another one at once. */
  function hangUp(reason) {
    if (call !== null) {
      call.close();
      if (reason !== '') {
        post({ type: 'bye', call: call.id, reason });
      }
    }
    call = null;
    partner = undefined;
    isAnswered = false;
  }

  function turnOff() {
    hangUp('left');
    isLive = false;
    stream?.getTracks().forEach((track) => track.stop());
    stream = null;
    local.srcObject = null;
    startButton.disabled = false;
    streamButton.disabled = true;
    stopButton.hidden = true;
    show('idle', 'The camera is off.');
  }

  function showReady() {
    if (stream === null) {
      show('idle', isViewerHere ? 'A viewer is waiting. Start your video.' : 'The camera is off.');
    } else {
      show('ready', isViewerHere ? 'A viewer is waiting. Press “Stream video”.' : 'The camera is on. Press “Stream video” to offer it.');
    }
  }
}
