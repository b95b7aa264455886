// Where a stream's picture comes from: one of the cameras, or the screen.

import { openCamera } from '../camera.js';

/** The cameras there are; a browser tells of them once one has been opened. */
export async function cameras() {
  const devices = (await navigator.mediaDevices?.enumerateDevices?.()) ?? [];
  return devices.filter(({ kind, deviceId }) => kind === 'videoinput' && deviceId !== '').map(({ deviceId }) => deviceId);
}

/** Opens the camera, or the one after that whose stream is given. */
export async function nextCamera(before) {
  if (before === undefined) {
    return openCamera({ button: 'Start camera' });
  }
  const current = before.getVideoTracks()[0]?.getSettings().deviceId;
  const all = await cameras();
  const i = all.indexOf(current);
  const wanted = i >= 0 && all.length > 1 ? { deviceId: { exact: all[(i + 1) % all.length] } } : true;
  return openCamera({ video: wanted, button: 'Switch camera' });
}

export function mayShareScreen() {
  return navigator.mediaDevices?.getDisplayMedia !== undefined;
}

/** Asks which screen, window or tab to share. */
export async function openScreen() {
  try {
    return await navigator.mediaDevices.getDisplayMedia({ video: true, audio: true });
  } catch (reason) {
    throw new Error(
      reason.name === 'NotAllowedError'
        ? 'No screen was chosen, or the browser may not see it. Press “Share screen” to choose one.'
        : `The screen cannot be shared: ${reason.message || reason.name}.`,
      { cause: reason },
    );
  }
}
