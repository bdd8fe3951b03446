// In a tab without a server: records both maps beside each other, as they are drawn, into a file that is offered as a download.

import { get, make } from "../dom.js";
import { download } from "./download.js";
import { withDuration } from "./webm.js";

/** @typedef {import("../paint/image.js").Planes} Planes */
/** @typedef {import("../paint/image.js").Plane} Plane */

const formats = ["video/webm;codecs=vp8", "video/webm", "video/mp4"];
const bitsPerSecond = 8_000_000;

export class Recorder {
  #notify;
  #changed;
  #isOn = false;
  #canvas = make("canvas");
  /** Ends the file that is being written. @type {(() => void) | null} */
  #end = null;
  /** Takes the image that the canvas has now; where browsers take images by themselves, nothing. @type {() => void} */
  #take = () => {};

  /**
   * @param {(text: string, isProblem: boolean) => void} notify
   * @param {() => void} changed recording has started or ended
   */
  constructor(notify, changed) {
    this.#notify = notify;
    this.#changed = changed;
  }

  get isRecording() {
    return this.#isOn;
  }

  /** Starts or ends recording; the file is started with the next maps. */
  toggle() {
    if (!this.#isOn && !(typeof MediaRecorder === "function" && "captureStream" in this.#canvas && format())) {
      this.#notify("this browser cannot record: it has no MediaRecorder for what a page draws", true);
      return;
    }

    this.#isOn = !this.#isOn;
    if (!this.#isOn) {
      this.#finish();
    }

    this.#changed();
  }

  /**
   * New maps; those of another size are another file.
   * @param {Planes} planes
   * @param {string} preset its display name
   */
  add({ vertical, horizontal }, preset) {
    if (!this.#isOn || !isWhole(vertical) || !isWhole(horizontal)) {
      return;
    }

    const [width, height] = [vertical.width + horizontal.width, Math.max(vertical.height, horizontal.height)];
    if (this.#canvas.width !== width || this.#canvas.height !== height) {
      this.#finish();
      Object.assign(this.#canvas, { width, height });
    }

    const context = /** @type {CanvasRenderingContext2D} */ (this.#canvas.getContext("2d", { alpha: false }));
    context.fillRect(0, 0, width, height);
    draw(context, vertical, 0);
    draw(context, horizontal, vertical.width);
    if (!this.#end && !this.#tryStart(preset)) {
      return;
    }

    this.#take();
  }

  /**
   * @param {string} preset
   * @returns {boolean} whether the browser writes a file now
   */
  #tryStart(preset) {
    try {
      this.#start(preset);
      return true;
    } catch (error) {
      this.#fail(/** @type {Error} */ (error).message);
      return false;
    }
  }

  /** @param {string} why */
  #fail(why) {
    this.#isOn = false;
    this.#end = null;
    this.#take = () => {};
    this.#notify(`the recording failed, and has ended: ${why}`, true);
    this.#changed();
  }

  /** @param {string} preset */
  #start(preset) {
    // Firefox has no requestFrame: there an image is taken whenever the canvas was drawn.
    const isAsked = "CanvasCaptureMediaStreamTrack" in window && "requestFrame" in CanvasCaptureMediaStreamTrack.prototype;
    const stream = isAsked ? this.#canvas.captureStream(0) : this.#canvas.captureStream();
    const track = /** @type {CanvasCaptureMediaStreamTrack} */ (stream.getVideoTracks()[0]);
    const file = new MediaRecorder(stream, { mimeType: format(), videoBitsPerSecond: bitsPerSecond });
    const [began, from] = [new Date(), performance.now()];
    let until = from;
    /** @type {Blob[]} */
    const parts = [];
    file.ondataavailable = ({ data }) => parts.push(data);
    file.onerror = () => this.#fail("this browser cannot write it");
    file.onstop = async () => list(await finished(parts, file.mimeType, until - from), preset, began);
    file.start(1000);
    this.#take = () => isAsked && track.requestFrame();
    this.#end = () => {
      until = performance.now();
      file.stop();
      track.stop();
    };
  }

  #finish() {
    this.#end?.();
    this.#end = null;
    this.#take = () => {};
  }
}

/**
 * @param {Blob[]} parts
 * @param {string} type
 * @param {number} milliseconds
 */
async function finished(parts, type, milliseconds) {
  const [first, ...others] = parts;
  const isWebM = first && type.startsWith("video/webm");
  const head = isWebM ? withDuration(new Uint8Array(await first.arrayBuffer()), milliseconds) : parts.slice(0, 1);
  return new Blob([...head, ...others], { type });
}

/**
 * Those that were sent before the recording are as large as they are drawn, or not there.
 * @param {Plane | undefined} plane
 * @returns {plane is Plane}
 */
const isWhole = (plane) => plane?.pixels !== undefined && plane.width === plane.whole.width && plane.height === plane.whole.height;

const format = () => formats.find((type) => MediaRecorder.isTypeSupported(type)) ?? "";

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Plane} plane
 * @param {number} left
 */
function draw(context, { width, height, pixels = new Uint8Array(0) }, left) {
  const image = context.createImageData(width, height);
  const colours = new Uint32Array(image.data.buffer);
  for (let i = 0; i < pixels.length; i++) {
    colours[i] = 0xff000000 | (pixels[i] * 0x010101);
  }

  context.putImageData(image, left, 0);
}

/**
 * @param {Blob} file
 * @param {string} preset
 * @param {Date} began
 */
function list(file, preset, began) {
  const link = download(file, preset, began, file.type.startsWith("video/mp4") ? "mp4" : "webm");
  const facts = make("span", { className: "hint", textContent: ` ${(file.size / 1e6).toFixed(1)} MB, in this tab until it closes` });
  get("recordings-list").prepend(make("li", {}, link, facts));
  get("recordings-none").hidden = true;
}
