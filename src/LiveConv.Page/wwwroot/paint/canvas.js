// The canvas that a painter draws on.

/**
 * Makes a canvas as large as an image, pixel for pixel.
 * @param {HTMLCanvasElement} canvas
 * @param {{ width: number, height: number }} size
 */
export function resize(canvas, { width, height }) {
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
    canvas.closest("figure")?.style.setProperty("--ratio", String(width / height));
  }
}
