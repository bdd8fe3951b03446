// node filter-in-node.mjs FOLDER VIDEO.y4m OUT PRESET...: filters a gray video by presets with the published FOLDER, as a browser's tab does,
// and writes both maps beside each other to OUT/PRESET.y4m, as `liveconv process` does.

import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { filterAll } from "./filter.js";

const [folder, video, out, ...presets] = process.argv.slice(2);
const { startEngine } = await import(pathToFileURL(resolve(folder, "engine/engine.js")).href);

const bytes = readFileSync(video);
const header = bytes.subarray(0, bytes.indexOf("\n"));
const [, width] = / W(\d+)/.exec(header.toString());
const [, height] = / H(\d+)/.exec(header.toString());
const frames = [];
for (let at = header.length + 1; at < bytes.length; at += width * height) {
  at = bytes.indexOf("\n", at) + 1;
  frames.push(Uint8Array.from(bytes.subarray(at, at + width * height)));
}

const port = { onmessage: () => {} };
const engine = await startEngine(
  {
    text: (message) => queueMicrotask(() => port.onmessage(message)),
    image: (message) => queueMicrotask(() => port.onmessage(message.buffer)),
  },
  async (address) => new Response(readFileSync(address.startsWith("file:") ? fileURLToPath(address) : address)),
);
port.send = (data) => (typeof data === "string" ? engine.receive(data) : engine.receiveImage(data));

const files = new Map(presets.map((preset) => [preset, []]));
await filterAll(port, presets, frames, Number(width), Number(height), (preset, [left, right]) => {
  const [wide, high] = [left.width + right.width, Math.max(left.height, right.height)];
  const image = Buffer.alloc(wide * high);
  for (const [map, x] of [[left, 0], [right, left.width]]) {
    for (let y = 0; y < map.height; y++) {
      image.set(map.pixels.subarray(y * map.width, (y + 1) * map.width), y * wide + x);
    }
  }

  const file = files.get(preset);
  if (file.length === 0) {
    file.push(Buffer.from(header.toString().replace(/ W\d+ H\d+/, ` W${wide} H${high}`) + "\n"));
  }

  file.push(Buffer.from("FRAME\n"), image);
});
files.forEach((parts, preset) => writeFileSync(resolve(out, `${preset}.y4m`), Buffer.concat(parts)));
process.exit(0);
