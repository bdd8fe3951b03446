// The canvas that a painter draws on.

/** @typedef {import("./image.js").Size} Size */

/** How large the planes are that canvases show reduced. @type {WeakMap<HTMLCanvasElement, Size>} */
const wholes = new WeakMap();

/**
 * Makes a canvas as large as an image, pixel for pixel.
 * @param {HTMLCanvasElement} canvas
 * @param {Size & { whole: Size }} size
 */
export function resize(canvas, { width, height, whole }) {
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }

  const before = wholes.get(canvas);
  if (before?.width !== whole.width || before?.height !== whole.height) {
    wholes.set(canvas, whole);
    canvas.closest("figure")?.style.setProperty("--ratio", String(whole.width / whole.height));
  }
}

/**
 * The size of the plane on a canvas, whether or not it is drawn reduced: places are counted in its pixels.
 * @param {HTMLCanvasElement} canvas
 * @returns {Size}
 */
export const sizeOf = (canvas) => wholes.get(canvas) ?? canvas;
