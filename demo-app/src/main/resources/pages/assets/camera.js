// The camera and the microphone, or the reason in words why there is none.

import { insecureWords, mayAskForCamera } from './secure.js';

/**
 * Asks for camera and microphone; a machine without a microphone gives its camera alone.
 *
 * @param wanted `video`: which camera, any if not said; `button`: what is pressed to try again
 */
export async function openCamera({ video = true, button = 'Start video' } = {}) {
  if (!mayAskForCamera()) {
    throw new Error(insecureWords());
  }
  try {
    return await navigator.mediaDevices.getUserMedia({ video, audio: true }).catch((reason) => {
      if (reason.name === 'NotFoundError') {
        return navigator.mediaDevices.getUserMedia({ video });
      }
      throw reason;
    });
  } catch (reason) {
    throw new Error(words(reason, button), { cause: reason });
  }
}

function words({ name, message }, button) {
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return `Camera refused: allow it by the camera symbol in the address bar, then press “${button}” again.`;
    case 'NotFoundError':
    case 'OverconstrainedError':
      return `Camera absent: no camera was found. Connect one, then press “${button}” again.`;
    case 'NotReadableError':
    case 'AbortError':
      return `Camera in use: another program or browser has it, or it does not answer. Close the other one, then press “${button}” again.`;
    default:
      return `Camera failed: ${message || name}. Press “${button}” to try again.`;
  }
}
