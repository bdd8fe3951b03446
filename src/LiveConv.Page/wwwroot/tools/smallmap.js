// Draws a small image of a layer's map: gray, or blue for positive and amber for negative values.

const opaque = 0xff000000;
const positive = [106, 204, 243];
const negative = [242, 160, 70];

/** @type {Uint32Array} */
const gray = Uint32Array.from({ length: 256 }, (_, value) => opaque | (value * 0x010101));

/** Zero is black; small values are lifted, so that their sign is seen. @type {Uint32Array} */
const signed = Uint32Array.from({ length: 256 }, (_, value) => {
  const part = Math.min(1, Math.abs(value - 128) / 127) ** 0.6;
  const [red, green, blue] = (value < 128 ? negative : positive).map((channel) => Math.round(channel * part));
  return (opaque | (blue << 16) | (green << 8) | red) >>> 0;
});

/**
 * @param {HTMLCanvasElement} canvas
 * @param {import("../session/messages.js").SmallMap} map
 * @param {boolean} isSigned
 */
export function drawSmall(canvas, map, isSigned = false) {
  const bytes = atob(map.pixels);
  const image = new ImageData(map.width, map.height);
  const colours = new Uint32Array(image.data.buffer);
  const palette = isSigned ? signed : gray;
  for (let i = 0; i < colours.length; i++) {
    colours[i] = palette[bytes.charCodeAt(i)];
  }

  if (canvas.width !== map.width || canvas.height !== map.height) {
    canvas.width = map.width;
    canvas.height = map.height;
  }

  canvas.getContext("2d", { alpha: false })?.putImageData(image, 0, 0);
}
