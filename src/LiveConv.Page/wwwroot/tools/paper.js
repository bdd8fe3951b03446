// What a number is written on: as bright as its value, with the kernel's colour over it, and an ink that can be read on that.

const positive = [31, 123, 166];
const negative = [164, 90, 18];

/**
 * @param {number} value 0 black, 1 white; negative values are amber
 * @param {number} tint how strongly the kernel lies over it: from -1, amber, to 1, blue
 * @returns {string} style
 */
export function paper(value, tint) {
  const shade = 255 * Math.min(1, Math.abs(value));
  const base = value < 0 ? negative.map((channel) => (channel * shade) / 255) : [shade, shade, shade];
  const over = tint < 0 ? negative : positive;
  const part = Math.min(1, Math.abs(tint));
  const colour = base.map((channel, index) => Math.round(channel * (1 - part) + over[index] * part));
  return `--paper: rgb(${colour.join(" ")}); --ink: ${luminance(colour) > 0.179 ? "#000" : "#fff"}`;
}

// As WCAG defines it: black and white are equally readable at 0.179.
/** @param {number[]} colour */
function luminance(colour) {
  const [red, green, blue] = colour.map((channel) => (channel <= 10 ? channel / 3294 : ((channel / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
