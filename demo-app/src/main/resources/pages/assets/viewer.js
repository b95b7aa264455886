// The viewer's page: answers a streamer's offer and shows its video.

import { Call, EarlyCandidates, freshId } from './call.js';
import { talkOver } from './channel.js';
import { complain, show } from './page.js';

export function viewer(channel, iceServers = async () => []) {
  const me = freshId();
  const remote = document.querySelector('#remote');
  const againButton = document.querySelector('#again');
  const early = new EarlyCandidates();

  let call = null;

  const post = talkOver(
    channel,
    {
      offer: ({ sdp, call: id, viewer: wanted }) => {
        if (wanted === undefined || wanted === me) {
          answer(sdp, id);
        }
      },

      icecandidate: (message) => {
        if (message.viewer !== undefined) {
          return; // another viewer's
        }
        if (call?.isDescribed && message.call === call.id) {
          call.addCandidate(message.candidate);
        } else {
          early.keep(message);
        }
      },

      busy: ({ viewer: told }) => {
        if (told === me) {
          hangUp();
          show('ended', 'This stream has a viewer already, and it carries one. Press “Start again” to take its place.');
        }
      },

      bye: ({ call: id, reason }) => {
        if (call === null || id === undefined || id !== call.id) {
          return;
        }
        hangUp();
        if (reason === 'another-viewer') {
          show('ended', 'Another viewer has taken this place. Press “Start again” to take it back.');
        } else {
          show('waiting', 'The streamer has left. Waiting for a streamer.');
        }
      },
    },
    {
      onRejoined: () => {
        if (call === null) {
          announce();
        }
      },
      onLeave: () => {
        post({ type: 'bye', viewer: me });
        hangUp();
      },
      onStayed: announce,
    },
  );

  // A stream that went live before this page was opened comes if it is asked for.
  function announce(again = false) {
    post({ type: 'viewer-ready', viewer: me, again });
    show('waiting', 'Waiting for a streamer.');
  }

  announce();

  againButton.addEventListener('click', () => {
    complain();
    // Nobody could be asked for a new connection: the one that is there is the better one.
    if (channel.state === 'reconnecting' && call !== null && !call.isBroken) {
      complain('The signal server is away, so the running video was left alone. Press “Start again” once it is back.');
      return;
    }
    hangUp();
    announce(true);
  });

  /** Starts afresh with what a streamer offers. */
  async function answer(sdp, id) {
    hangUp();
    complain();
    const answered = new Call(id, changed);
    const { peerConnection } = answered;
    call = answered;
    show('connecting', 'A streamer is here: connecting…');

    peerConnection.onicecandidate = ({ candidate }) =>
      post({ type: 'icecandidate', candidate: candidate?.toJSON() ?? null, call: id, viewer: me });
    const stream = new MediaStream();
    peerConnection.ontrack = ({ track }) => {
      stream.addTrack(track);
      remote.srcObject ??= stream;
      remote.controls = true;
    };
    try {
      await answered.useServers(iceServers);
      await peerConnection.setRemoteDescription({ type: 'offer', sdp });
      early.take((message) => message.call === id).forEach(({ candidate }) => answered.addCandidate(candidate));
      await peerConnection.setLocalDescription(await peerConnection.createAnswer());
    } catch (reason) {
      if (answered === call) {
        fail(`The streamer’s offer is of no use: ${reason.message}`);
      }
      return;
    }
    if (answered === call) {
      post({ type: 'answer', sdp: peerConnection.localDescription.sdp, call: id, viewer: me });
      answered.expectConnection();
    }
  }

  remote.addEventListener('playing', showFlowing);
  remote.addEventListener('resize', showFlowing);

  /** Connected means that there is something to see, which comes a little later than the connection. */
  function showFlowing() {
    if (call?.peerConnection.connectionState === 'connected' && remote.videoWidth > 0) {
      show('connected', 'The video flows.');
    }
  }

  function changed(event) {
    switch (event) {
      case 'connected':
        showFlowing();
        break;
      case 'interrupted':
        show('connecting', 'The connection is interrupted. It may come back by itself…');
        break;
      case 'lost':
        hangUp();
        announce();
        show('waiting', 'The connection to the streamer was lost. Waiting for a streamer.');
        break;
      default:
        fail('No way to the streamer was found: a firewall may be between. The connection check on the start page tells more. Press “Start again” to try again.');
    }
  }

  function fail(words) {
    complain(words);
    hangUp();
    show('failed', 'The connection failed.');
  }

  function hangUp() {
    call?.close();
    call = null;
    remote.srcObject = null;
    remote.controls = false; // of nothing
  }
}
