// Browsers hand camera, microphone and screen to secure pages only: https, and this computer's own.

/** Whether this page may ask for a camera at all. */
export function mayAskForCamera() {
  return navigator.mediaDevices !== undefined;
}

/** Why not, and what to do, in words. */
export function insecureWords() {
  const port = location.port && `:${location.port}`;
  return (
    `No camera on this address: browsers give it to secure pages only, and ${location.origin} is plain http on another ` +
    'machine. Start the demo with --tls and open its https address, or open ' +
    `http://localhost${port}${location.pathname} on the computer that runs it.`
  );
}

/** Says so at once, where a page has a place for it. Watching needs no camera and goes on. */
export function explainInsecure() {
  const place = document.querySelector('#insecure');
  if (!mayAskForCamera()) {
    place.textContent = `${insecureWords()} Watching works here.`;
    place.hidden = false;
  }
}
