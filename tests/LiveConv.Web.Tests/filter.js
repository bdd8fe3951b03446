// Filters images by presets, as the page has it done: by messages to the engine and from it. For tests, in a browser and in Node.

/**
 * @param {{ send: (data: string | Uint8Array) => void, onmessage: (data: string | ArrayBuffer) => void }} port to the engine
 * @param {string[]} presets
 * @param {Uint8Array[]} frames
 * @param {number} width
 * @param {number} height
 * @param {(preset: string, maps: { width: number, height: number, pixels: Uint8Array }[]) => void | Promise<void>} take both maps of each frame
 */
export async function filterAll(port, presets, frames, width, height, take) {
  const state = { preset: { id: "" } };
  const images = [];
  let granted = false;
  let changed = () => {};

  port.onmessage = (data) => {
    if (typeof data !== "string") {
      const view = new DataView(data);
      port.send(JSON.stringify({ drawn: view.getUint32(4, true) }));
      images.push(mapsOf(data, view));
    } else {
      const message = JSON.parse(data);
      granted ||= message.type === "camera" && message.refused === null;
      if (message.type === "state") {
        Object.assign(state, message);
      }
    }

    changed();
  };

  const until = async (isSo) => {
    while (!isSo()) {
      await new Promise((done) => (changed = done));
    }
  };
  const choose = async (preset) => {
    port.send(JSON.stringify({ preset }));
    await until(() => state.preset.id === preset);
  };
  const filter = async (frame) => {
    images.length = 0;
    port.send(frame.slice());
    await until(() => images.length > 0);
    return images[0];
  };

  await until(() => images.length > 0);
  port.send(JSON.stringify({ camera: { width, height } }));
  await until(() => granted);
  await choose("seed");

  // The scene's images are of another size.
  for (let first = await filter(frames[0]); first[0].width !== width;) {
    first = await filter(frames[0]);
  }

  for (const preset of presets) {
    // What it takes no earlier frames of forgets those of the preset before.
    await choose("seed");
    await filter(frames[0]);
    await choose(preset);
    for (const frame of frames) {
      await take(preset, await filter(frame));
    }
  }
}

/**
 * @param {ArrayBuffer} message
 * @param {DataView} view
 */
function mapsOf(message, view) {
  let offset = view.getUint8(3);
  return [24, 32].map((at) => {
    const [width, height, bytes] = [view.getUint16(at, true), view.getUint16(at + 2, true), view.getUint32(at + 4, true)];
    offset += bytes;
    return { width, height, pixels: new Uint8Array(message, offset - bytes, bytes) };
  });
}
