// Draws a small image of a layer's map: gray, or blue for positive and amber for negative values.

const opaque = 0xff000000;
const positive = [106, 204, 243];
const negative = [242, 160, 70];

/** @type {Uint32Array} */
const gray = Uint32Array.from({ length: 256 }, (_, value) => opaque | (value * 0x010101));

/** @param {number} part of the brightest: small ones are lifted, so that they are seen */
const lifted = (part) => part ** 0.6;

/** @type {Uint32Array} */
const light = Uint32Array.from({ length: 256 }, (_, value) => opaque | (Math.round(255 * lifted(value / 255)) * 0x010101));

/** Zero is black, and small values are lifted. @type {Uint32Array} */
const signed = Uint32Array.from({ length: 256 }, (_, value) => {
  const part = lifted(Math.min(1, Math.abs(value - 128) / 127));
  const [red, green, blue] = (value < 128 ? negative : positive).map((channel) => Math.round(channel * part));
  return (opaque | (blue << 16) | (green << 8) | red) >>> 0;
});

/**
 * @param {HTMLCanvasElement} canvas
 * @param {import("../session/messages.js").SmallMap} map
 * @param {boolean} isSigned
 * @param {boolean} isLight small values of gray are lifted too
 */
export function drawSmall(canvas, map, isSigned = false, isLight = false) {
  const bytes = atob(map.pixels);
  const image = new ImageData(map.width, map.height);
  const colours = new Uint32Array(image.data.buffer);
  const palette = isSigned ? signed : isLight ? light : gray;
  for (let i = 0; i < colours.length; i++) {
    colours[i] = palette[bytes.charCodeAt(i)];
  }

  if (canvas.width !== map.width || canvas.height !== map.height) {
    canvas.width = map.width;
    canvas.height = map.height;
  }

  canvas.getContext("2d", { alpha: false })?.putImageData(image, 0, 0);
}
