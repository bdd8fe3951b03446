// Draws without a graphics card, on a 2D canvas.

import { resize } from "./canvas.js";

/** @typedef {import("./image.js").Plane} Plane */

const opaque = 0xff000000;

/** The length of two values of a pixel, as a colour. @type {Uint32Array} */
const lengths = Uint32Array.from({ length: 65536 }, (_, i) => opaque | (Math.min(255, Math.round(Math.hypot(i >> 8, i & 255))) * 0x010101));

export class FlatPainter {
  #canvas;
  #context;
  #image = new ImageData(1, 1);
  #colours = new Uint32Array(this.#image.data.buffer);
  #scratch = new OffscreenCanvas(1, 1);

  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.#canvas = canvas;
    this.#context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { alpha: false }));
  }

  /**
   * @param {import("./painter.js").Mode} mode
   * @param {Plane[]} planes
   */
  draw(mode, planes) {
    const size = planes[planes.length - 1];
    resize(this.#canvas, size);
    if (mode === "plane" && size.bitmap) {
      this.#context.drawImage(size.bitmap, 0, 0);
      return;
    }

    if (this.#image.width !== size.width || this.#image.height !== size.height) {
      this.#image = new ImageData(size.width, size.height);
      this.#colours = new Uint32Array(this.#image.data.buffer);
    }

    const pixels = planes.map((plane) => this.#pixelsOf(plane, size));
    ({ plane: fillPlane, magnitude: fillMagnitude, overlay: fillOverlay })[mode](this.#colours, pixels[0], pixels[1], pixels[2]);
    this.#context.putImageData(this.#image, 0, 0);
  }

  /**
   * The plane's pixels at the size that is drawn.
   * @param {Plane} plane
   * @param {{ width: number, height: number }} size
   */
  #pixelsOf(plane, { width, height }) {
    if (plane.pixels && plane.width === width && plane.height === height) {
      return plane.pixels;
    }

    return plane.bitmap ? this.#readBack(plane.bitmap, width, height) : scaled(plane, width, height);
  }

  /**
   * @param {ImageBitmap} bitmap
   * @param {number} width
   * @param {number} height
   */
  #readBack(bitmap, width, height) {
    this.#scratch.width = width;
    this.#scratch.height = height;
    const context = /** @type {OffscreenCanvasRenderingContext2D} */ (this.#scratch.getContext("2d", { willReadFrequently: true }));
    context.imageSmoothingEnabled = false;
    context.drawImage(bitmap, 0, 0, width, height);
    const rgba = new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
    return Uint8Array.from(rgba, (colour) => colour & 255);
  }
}

/**
 * The nearest pixels of a plane of another size, as a stack of layers may give.
 * @param {Plane} plane
 * @param {number} width
 * @param {number} height
 */
function scaled(plane, width, height) {
  const from = /** @type {Uint8Array} */ (plane.pixels);
  const to = new Uint8Array(width * height);
  for (let y = 0, at = 0; y < height; y++) {
    const row = Math.floor((y * plane.height) / height) * plane.width;
    for (let x = 0; x < width; x++, at++) {
      to[at] = from[row + Math.floor((x * plane.width) / width)];
    }
  }

  return to;
}

/**
 * @param {Uint32Array} colours
 * @param {Uint8Array} plane
 */
function fillPlane(colours, plane) {
  for (let i = 0; i < colours.length; i++) {
    colours[i] = opaque | (plane[i] * 0x010101);
  }
}

/**
 * @param {Uint32Array} colours
 * @param {Uint8Array} vertical
 * @param {Uint8Array} horizontal
 */
function fillMagnitude(colours, vertical, horizontal) {
  for (let i = 0; i < colours.length; i++) {
    colours[i] = lengths[(vertical[i] << 8) | horizontal[i]];
  }
}

/**
 * @param {Uint32Array} colours
 * @param {Uint8Array} vertical
 * @param {Uint8Array} horizontal
 * @param {Uint8Array} camera
 */
function fillOverlay(colours, vertical, horizontal, camera) {
  for (let i = 0; i < colours.length; i++) {
    const v = vertical[i];
    const h = horizontal[i];
    const base = camera[i] * 0.45;
    const red = Math.min(255, base + v * 0.35 + h);
    const green = Math.min(255, base + v * 0.8 + h * 0.68);
    const blue = Math.min(255, base + v + h * 0.3);
    colours[i] = opaque | (blue << 16) | (green << 8) | red;
  }
}
