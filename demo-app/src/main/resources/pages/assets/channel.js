// The channel between the pages: a BroadcastChannel or a SignalServer, the code here and in the pages is the same.

import { complain, list } from './page.js';

/** A page that is still there so long after it was told to go has stayed. */
const LEAVING_TIME = 3_000;

/**
 * Lists what passes over the channel and calls, for each message that comes, the function that is named like its type.
 * Types without one are ignored, so that pages that know more or less than these can share the channel.
 *
 * @returns a function that posts a message
 */
export function talkOver(channel, hears, { onRejoined, onLeave, onStayed }) {
  let hasJoined = false;
  let isLeaving = false;

  channel.onmessage = ({ data }) => {
    if (!isLeaving && typeof data?.type === 'string') {
      list('received', data);
      if (Object.hasOwn(hears, data.type)) {
        hears[data.type](data);
      }
    }
  };

  // Only a SignalServer has these two: a BroadcastChannel is never lost.
  channel.addEventListener('error', ({ detail, code }) => complain(`The signal server refused a message: ${detail || code}`));
  channel.addEventListener('statechange', (event) => {
    showServer(event);
    if (event.state === 'joined' && hasJoined) {
      onRejoined();
    }
    hasJoined ||= event.state === 'joined';
  });

  // By the time of pagehide Firefox has closed the page's sockets; but a page may outlive its beforeunload, or have none.
  addEventListener('beforeunload', leave);
  addEventListener('pagehide', () => {
    leave();
    channel.close();
  });
  // A page that the browser kept and shows again starts afresh.
  addEventListener('pageshow', ({ persisted }) => persisted && location.reload());

  function leave() {
    if (!isLeaving) {
      onLeave();
      isLeaving = true;
      setTimeout(() => {
        isLeaving = false;
        onStayed();
      }, LEAVING_TIME);
    }
  }

  return (message) => {
    try {
      channel.postMessage(message);
      list('sent', message);
    } catch (reason) {
      complain(`The message “${message.type}” could not be sent: ${reason.message}`);
    }
  };
}

function showServer({ state, code, reason }) {
  const server = document.querySelector('#server');
  const why = reason ? ` (${reason})` : '';
  const words = {
    joined: 'Signal server: connected.',
    reconnecting: `Signal server: away${why}. This page tries again by itself; a running video goes on.`,
    closed: `Signal server: it closed this connection for good, code ${code}${why}. Reload the page to try again.`,
  };
  server.dataset.state = state;
  server.textContent = words[state] ?? '';
}
