// Filters images by presets, and asks about them, as the page has it done: by messages to the engine and from it. For tests, in a browser and in
// Node.

/** @typedef {{ send: (data: string | Uint8Array) => void, onmessage: (data: string | ArrayBuffer) => void }} Port to the engine */
/** @typedef {{ width: number, height: number, pixels: Uint8Array }} Map */

/**
 * @param {Port} port
 * @param {string[]} presets
 * @param {Uint8Array[]} frames
 * @param {number} width
 * @param {number} height
 * @param {(preset: string, maps: Map[]) => void | Promise<void>} take both maps of each frame
 */
export async function filterAll(port, presets, frames, width, height, take) {
  const { choose, filter } = await begin(port, frames[0], width, height);
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
 * @param {Port} port
 * @param {string[]} presets
 * @param {Uint8Array} frame
 * @param {number} width
 * @param {number} height
 * @param {{ message: string, until: string }[]} questions about each of them, and what is in the text that answers
 * @returns {Promise<string[]>} the answers
 */
export async function askAll(port, presets, frame, width, height, questions) {
  const { choose, filter, ask } = await begin(port, frame, width, height);
  const answers = [];
  for (const preset of presets) {
    await choose(preset);
    await filter(frame);
    for (const { message, until } of questions) {
      answers.push(await ask(message, until));
    }
  }

  return answers;
}

/**
 * Takes the place of the scene.
 * @param {Port} port
 * @param {Uint8Array} frame
 * @param {number} width
 * @param {number} height
 */
async function begin(port, frame, width, height) {
  const state = { preset: { id: "" } };
  const images = [];
  const texts = [];
  let granted = false;
  let changed = () => {};

  port.onmessage = (data) => {
    if (typeof data !== "string") {
      const view = new DataView(data);
      port.send(JSON.stringify({ drawn: view.getUint32(4, true) }));
      images.push(mapsOf(data, view));
    } else {
      const message = JSON.parse(data);
      texts.push(data);
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
  const filter = async (one) => {
    images.length = 0;
    port.send(one.slice());
    await until(() => images.length > 0);
    return images[0];
  };
  const ask = async (message, part) => {
    texts.length = 0;
    port.send(message);
    const answer = () => texts.find((text) => text.includes(part));
    await until(() => answer() !== undefined);
    return answer();
  };

  await until(() => images.length > 0);
  port.send(JSON.stringify({ camera: { width, height } }));
  await until(() => granted);
  await choose("seed");

  // The scene's images are of another size.
  for (let first = await filter(frame); first[0].width !== width;) {
    first = await filter(frame);
  }

  return { choose, filter, ask };
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
