// One look at a video element: what its connection has decoded, how far it has played, and what its picture is.
async (selector) => {
  const video = document.querySelector(selector);
  const tracks = video.srcObject?.getTracks() ?? [];
  const { connections } = globalThis[Symbol.for('recorded')];

  let framesDecoded = 0;
  for (const connection of connections.filter((each) => each.connectionState !== 'closed')) {
    for (const receiver of connection.getReceivers().filter((each) => tracks.includes(each.track))) {
      for (const report of (await receiver.getStats()).values()) {
        if (report.type === 'inbound-rtp' && report.kind === 'video') {
          framesDecoded += report.framesDecoded ?? 0;
        }
      }
    }
  }

  let hash = 0;
  let litShare = 0;
  if (video.videoWidth > 0) {
    const canvas = document.createElement('canvas');
    canvas.width = 64;
    canvas.height = 48;
    const drawing = canvas.getContext('2d');
    drawing.drawImage(video, 0, 0, canvas.width, canvas.height);
    const { data } = drawing.getImageData(0, 0, canvas.width, canvas.height);
    hash = 0x811c9dc5; // FNV-1a
    let lit = 0;
    for (let i = 0; i < data.length; i += 4) {
      for (let c = 0; c < 3; c++) {
        hash = Math.imul(hash ^ data[i + c], 0x01000193) >>> 0;
      }
      if (Math.max(data[i], data[i + 1], data[i + 2]) > 40) {
        lit++;
      }
    }
    litShare = lit / (data.length / 4);
  }
  return { framesDecoded, currentTime: video.currentTime, hash, litShare };
}
