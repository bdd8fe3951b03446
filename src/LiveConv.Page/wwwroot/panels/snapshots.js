// Snapshots: what is on the screen, as a file to download and on the clipboard. They are this page's, and gone with it.

import { get, make } from "../dom.js";

const kept = 20;

/**
 * @param {string} preset the name of the preset that is shown
 * @param {(text: string, isProblem: boolean) => void} notify
 */
export async function takeSnapshot(preset, notify) {
  const taken = new Date();
  const image = await new Promise((/** @type {(blob: Blob | null) => void} */ done) => compose(get("stage")).toBlob(done));
  if (!image) {
    notify("Snapshot not taken: this browser cannot make an image of this size.", true);
    return;
  }

  list(image, preset, taken);
  try {
    await navigator.clipboard.write([new ClipboardItem({ "image/png": image })]);
    notify("Snapshot copied, and listed under Recordings.", false);
  } catch {
    notify("Snapshot listed under Recordings. This browser does not let the page copy it.", false);
  }
}

/**
 * @param {Blob} image
 * @param {string} preset
 * @param {Date} taken
 */
function list(image, preset, taken) {
  const time = new Date(taken.getTime() - 60000 * taken.getTimezoneOffset()).toISOString().slice(0, 19).replace(/[T:]/g, "-");
  const name = `${preset.toLowerCase().replace(/[^a-z0-9]+/g, "-")}-${time}.png`;
  const address = URL.createObjectURL(image);
  const link = make("a", { href: address, download: name, textContent: name });
  const preview = make("img", { src: address, alt: `Snapshot of ${preset}` });
  const lines = get("snapshots-list");
  lines.prepend(make("li", {}, preview, link));
  get("snapshots-none").hidden = true;
  const oldest = lines.children[kept];
  if (oldest) {
    URL.revokeObjectURL(oldest.querySelector("a")?.href ?? "");
    oldest.remove();
  }
}

/**
 * The maps as they stand on the screen, with their captions and kernels.
 * @param {HTMLElement} stage
 */
function compose(stage) {
  const frame = stage.getBoundingClientRect();
  const scale = devicePixelRatio;
  const canvas = make("canvas", { width: Math.round(frame.width * scale), height: Math.round(frame.height * scale) });
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { alpha: false }));
  context.scale(scale, scale);
  context.translate(-frame.x, -frame.y);
  context.imageSmoothingEnabled = document.body.hasAttribute("data-smooth");
  for (const map of seen(stage, "canvas")) {
    const { x, y, width, height } = map.getBoundingClientRect();
    context.drawImage(/** @type {HTMLCanvasElement} */ (map), x, y, width, height);
  }

  for (const part of seen(stage, "figcaption, figcaption .title, figcaption .size, figcaption .text, .tiles input")) {
    write(context, part);
  }

  return canvas;
}

/**
 * @param {HTMLElement} stage
 * @param {string} selector
 */
const seen = (stage, selector) => [.../** @type {NodeListOf<HTMLElement>} */ (stage.querySelectorAll(selector))].filter((part) => part.checkVisibility());

/**
 * Draws the ground of a part, and its text if it has no parts of its own.
 * @param {CanvasRenderingContext2D} context
 * @param {HTMLElement} part
 */
function write(context, part) {
  const { x, y, width, height } = part.getBoundingClientRect();
  const style = getComputedStyle(part);
  const isField = part instanceof HTMLInputElement;
  context.fillStyle = style.backgroundColor;
  context.fillRect(x, y, width, height);
  if (part.childElementCount > 0) {
    return;
  }

  context.fillStyle = style.color;
  context.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  context.textBaseline = "middle";
  context.textAlign = isField ? "center" : "start";
  const lines = isField ? [part.value] : wrapped(context, part.textContent ?? "", width);
  lines.forEach((line, index) => context.fillText(line, isField ? x + width / 2 : x, y + (height * (index + 0.5)) / lines.length, width));
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {string} text
 * @param {number} width
 */
function wrapped(context, text, width) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const longer = `${lines[lines.length - 1]} ${word}`.trim();
    // The browser's own lines may be a pixel wider than what is measured here.
    if (context.measureText(longer).width <= width + 1) {
      lines[lines.length - 1] = longer;
    } else {
      lines.push(word);
    }
  }

  return lines.filter(Boolean);
}
