// Snapshots: what is on the screen, as a file to download and on the clipboard. They are this page's, and gone with it.

import { get, make } from "../dom.js";
import { download } from "./download.js";
import { drawSeen } from "./screen.js";

const kept = 20;

/**
 * @param {string} preset the name of the preset that is shown
 * @param {(text: string, isProblem: boolean) => void} notify
 */
export async function takeSnapshot(preset, notify) {
  if (document.body.hasAttribute("data-black")) {
    notify("Snapshot not taken: the screen is blacked out. The key b shows it again.", true);
    return;
  }

  const taken = new Date();
  const image = await new Promise((/** @type {(blob: Blob | null) => void} */ done) => compose().toBlob(done));
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
  const link = download(image, preset, taken, "png");
  const preview = make("img", { src: link.href, alt: `Snapshot of ${preset}` });
  const lines = get("snapshots-list");
  lines.prepend(make("li", {}, preview, link));
  get("snapshots-none").hidden = true;
  const oldest = lines.children[kept];
  if (oldest) {
    URL.revokeObjectURL(oldest.querySelector("a")?.href ?? "");
    oldest.remove();
  }
}

/** What is looked at: the stage or the microscope in its place, the lesson, the tool beside it, the statistics; not the bars. */
const shown = () =>
  [...document.querySelectorAll("#stage, #microscope, #guide, .tool, #statistics")].filter((part) => part.checkVisibility());

/** The parts as they stand on the screen. */
function compose() {
  const parts = shown();
  const boxes = parts.map((part) => part.getBoundingClientRect());
  const [left, top] = [Math.min(...boxes.map((box) => box.left)), Math.min(...boxes.map((box) => box.top))];
  const [right, bottom] = [Math.max(...boxes.map((box) => box.right)), Math.max(...boxes.map((box) => box.bottom))];
  const scale = devicePixelRatio;
  const canvas = make("canvas", { width: Math.round((right - left) * scale), height: Math.round((bottom - top) * scale) });
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { alpha: false }));
  context.scale(scale, scale);
  context.translate(-left, -top);
  [...parts, ...document.querySelectorAll(".lens-lines")].forEach((part) => drawSeen(context, part));
  return canvas;
}
