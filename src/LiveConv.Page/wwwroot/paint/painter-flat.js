// Draws without a graphics card, on a 2D canvas.

import { resize } from "./canvas.js";

/** @typedef {import("./image.js").Plane} Plane */

import { negative, positive, zero } from "./colours.js";

// Colours are whole numbers with a sign: those that are not are slower.
const opaque = 0xff000000 | 0;
const grey = 0x010101;

/** How bright each value of a map is. @type {Uint8Array} */
const plainly = Uint8Array.from({ length: 256 }, (_, value) => value);

/** How bright each value of a map with its sign is. @type {Uint8Array} */
const bySign = plainly.map((value) => Math.min(255, 2 * Math.abs(value - zero)));

/**
 * The lengths of two values of a pixel, as colours; by whether each of the two maps has a sign.
 * @type {Map<string, Int32Array>}
 */
const lengths = new Map();

/** Each value of a map with its sign, as a colour. @type {Int32Array} */
const signs = Int32Array.from(bySign, (strength, value) => {
  const [red, green, blue] = (value < zero ? negative : positive).map((part) => Math.round(part * strength));
  return opaque | (blue << 16) | (green << 8) | red;
});

export class FlatPainter {
  #canvas;
  #context;
  #image = new ImageData(1, 1);
  #colours = new Int32Array(this.#image.data.buffer);
  #scratch = new OffscreenCanvas(1, 1);

  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.#canvas = canvas;
    // Pixels stay in the memory that they are written in, which is where such a browser draws from: 5 ms for four maps instead of 8.
    this.#context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { alpha: false, willReadFrequently: true }));
  }

  /**
   * @param {import("./painter.js").Mode} mode
   * @param {Plane[]} planes
   */
  draw(mode, planes) {
    const size = planes[planes.length - 1];
    resize(this.#canvas, size);
    if (mode === "plane" && size.bitmap && !size.isSigned) {
      this.#context.drawImage(size.bitmap, 0, 0);
      return;
    }

    if (this.#image.width !== size.width || this.#image.height !== size.height) {
      this.#image = new ImageData(size.width, size.height);
      this.#colours = new Int32Array(this.#image.data.buffer);
    }

    const [first, second, third] = planes.map((plane) => this.#pixelsOf(plane, size));
    const [left, right] = planes.map((plane) => (plane.isSigned ? bySign : plainly));
    if (mode === "overlay") {
      fillOverlay(this.#colours, left, right, first, second, third);
    } else if (mode === "magnitude") {
      fillMagnitude(this.#colours, lengthsOf(left, right), first, second);
    } else {
      (planes[0].isSigned ? fillSigns : fillPlane)(this.#colours, first);
    }

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

    if (!plane.bitmap) {
      return scaled(plane, width, height);
    }

    const pixels = this.#readBack(plane.bitmap, width, height);
    if (plane.width === width && plane.height === height) {
      plane.pixels = pixels; // Another pane may need them, too.
    }

    return pixels;
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
    const pixels = new Uint8Array(rgba.length);
    for (let i = 0; i < pixels.length; i++) {
      pixels[i] = rgba[i]; // The lowest byte, which is red: the image is grey.
    }

    return pixels;
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
 * @param {Int32Array} colours
 * @param {Uint8Array} map with its sign
 */
function fillSigns(colours, map) {
  for (let i = 0; i < colours.length; i++) {
    colours[i] = signs[map[i]];
  }
}

/**
 * @param {Int32Array} colours
 * @param {Uint8Array} plane
 */
function fillPlane(colours, plane) {
  // Four at once, here and below: half of the time.
  const { length } = colours;
  let i = 0;
  for (; i + 3 < length; i += 4) {
    colours[i] = opaque | Math.imul(plane[i], grey);
    colours[i + 1] = opaque | Math.imul(plane[i + 1], grey);
    colours[i + 2] = opaque | Math.imul(plane[i + 2], grey);
    colours[i + 3] = opaque | Math.imul(plane[i + 3], grey);
  }

  for (; i < length; i++) {
    colours[i] = opaque | Math.imul(plane[i], grey);
  }
}

/**
 * @param {Int32Array} colours
 * @param {Int32Array} table the colour of each two values
 * @param {Uint8Array} vertical
 * @param {Uint8Array} horizontal
 */
function fillMagnitude(colours, table, vertical, horizontal) {
  const { length } = colours;
  let i = 0;
  for (; i + 3 < length; i += 4) {
    colours[i] = table[(vertical[i] << 8) | horizontal[i]];
    colours[i + 1] = table[(vertical[i + 1] << 8) | horizontal[i + 1]];
    colours[i + 2] = table[(vertical[i + 2] << 8) | horizontal[i + 2]];
    colours[i + 3] = table[(vertical[i + 3] << 8) | horizontal[i + 3]];
  }

  for (; i < length; i++) {
    colours[i] = table[(vertical[i] << 8) | horizontal[i]];
  }
}

/**
 * @param {Int32Array} colours
 * @param {Uint8Array} left how bright each value of the first map is
 * @param {Uint8Array} right and of the second
 * @param {Uint8Array} vertical
 * @param {Uint8Array} horizontal
 * @param {Uint8Array} camera
 */
function fillOverlay(colours, left, right, vertical, horizontal, camera) {
  for (let i = 0; i < colours.length; i++) {
    const v = left[vertical[i]];
    const h = right[horizontal[i]];
    const base = camera[i] * 0.45;
    const red = Math.min(255, base + v * positive[0] + h * negative[0]);
    const green = Math.min(255, base + v * positive[1] + h * negative[1]);
    const blue = Math.min(255, base + v * positive[2] + h * negative[2]);
    colours[i] = opaque | (blue << 16) | (green << 8) | red;
  }
}

/**
 * The colour of each two values, the first times 256 and the second.
 * @param {Uint8Array} left how bright each value of the first map is
 * @param {Uint8Array} right and of the second
 */
function lengthsOf(left, right) {
  const key = `${left === bySign} ${right === bySign}`;
  const known = lengths.get(key);
  const table = known ?? Int32Array.from({ length: 65536 }, (_, i) => {
    const length = Math.hypot(left[i >> 8], right[i & 255]);
    return opaque | (Math.min(255, Math.round(length)) * grey);
  });
  lengths.set(key, table);
  return table;
}
