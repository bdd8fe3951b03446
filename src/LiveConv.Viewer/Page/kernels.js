// Kernels as lists of rows of numbers: turned, scaled, split, and as other programs write them.

/** @typedef {number[][]} Rows */

export const longestSide = 15;

/** @param {Rows} k @returns {Rows} */
export const transpose = (k) => k[0].map((_, x) => k.map((row) => row[x]));

/** @param {Rows} k @returns {Rows} */
export const flipSides = (k) => k.map((row) => [...row].reverse());

/** @param {Rows} k @returns {Rows} */
export const flipUpside = (k) => [...k].reverse();

/** Clockwise by 90 degrees. @param {Rows} k @returns {Rows} */
export const turn = (k) => flipSides(transpose(k));

/** Clockwise by 45 degrees: the ring of a 3x3 kernel moves on by one place. @param {Rows} k @returns {Rows} */
export function turnRing(k) {
  const ring = [[0, 0], [0, 1], [0, 2], [1, 2], [2, 2], [2, 1], [2, 0], [1, 0]];
  const turned = k.map((row) => [...row]);
  ring.forEach(([y, x], index) => {
    const [toY, toX] = ring[(index + 1) % ring.length];
    turned[toY][toX] = k[y][x];
  });
  return turned;
}

/** @param {Rows} k @returns {Rows} */
export const negate = (k) => k.map((row) => row.map((weight) => (weight === 0 ? 0 : -weight)));

/** @param {Rows} k */
export const sumOf = (k) => k.flat().reduce((sum, weight) => sum + weight, 0);

/**
 * Divides by the sum, or, when that is zero, by half the sum of the magnitudes.
 * @param {Rows} k
 * @returns {Rows}
 */
export function normalise(k) {
  const sum = sumOf(k);
  const by = Math.abs(sum) > 1e-9 ? sum : sumOf(k.map((row) => row.map(Math.abs))) / 2;
  return by === 0 ? k : k.map((row) => row.map((weight) => rounded(weight / by)));
}

/**
 * Cuts or pads with zeros, evenly around the centre.
 * @param {Rows} k
 * @param {number} height
 * @param {number} width
 * @returns {Rows}
 */
export function resized(k, height, width) {
  const down = Math.floor(height / 2) - Math.floor(k.length / 2);
  const across = Math.floor(width / 2) - Math.floor(k[0].length / 2);
  return Array.from({ length: height }, (_, y) => Array.from({ length: width }, (_, x) => k[y - down]?.[x - across] ?? 0));
}

/**
 * A column and a row whose product is the kernel, if there are any.
 * @param {Rows} k
 * @returns {{ column: number[], row: number[] } | null}
 */
export function factors(k) {
  const pivotRow = k.findIndex((row) => row.some((weight) => weight !== 0));
  if (pivotRow < 0) {
    return null;
  }

  const pivot = k[pivotRow].findIndex((weight) => weight !== 0);
  const scale = k[pivotRow].every(Number.isInteger) ? k[pivotRow].reduce((a, b) => divisor(a, Math.abs(b)), 0) : k[pivotRow][pivot];
  const row = k[pivotRow].map((weight) => weight / scale);
  const column = k.map((line) => line[pivot] / row[pivot]);
  const isProduct = k.every((line, y) => line.every((weight, x) => Math.abs(weight - column[y] * row[x]) < 1e-5));
  return isProduct ? { column: column.map(rounded), row: row.map(rounded) } : null;
}

/** @param {number} a @param {number} b @returns {number} */
const divisor = (a, b) => (b === 0 ? a : divisor(b, a % b));

/** @param {number} value */
const rounded = (value) => Number(value.toPrecision(6));

/** @param {Rows} k */
export const asJson = (k) => `[${k.map((row) => `[${row.join(", ")}]`).join(", ")}]`;

/** As ImageMagick's Correlate takes it; its Convolve turns it by 180 degrees. @param {Rows} k */
export const asImageMagick = (k) => {
  const anchor = `${Math.floor(k[0].length / 2)}+${Math.floor(k.length / 2)}`;
  return `${k[0].length}x${k.length}+${anchor}: ${k.map((row) => row.join(",")).join(" ")}`;
};

/** As FFmpeg's convolution filter takes it: square, 3, 5 or 7 a side, whole numbers. @param {Rows} k */
export function asFFmpeg(k) {
  const fits = k.length === k[0].length && [3, 5, 7].includes(k.length) && k.flat().every(Number.isInteger);
  return fits ? k.flat().join(" ") : null;
}

/**
 * Reads what people paste: JSON or numpy rows, an ImageMagick kernel, or 9, 25 or 49 numbers as FFmpeg takes them.
 * @param {string} text
 * @returns {Rows}
 */
export function parse(text) {
  const rows = parseMagick(text) ?? parseLists(text) ?? parseSquare(text);
  if (!rows || rows.length === 0 || rows.length > longestSide || rows[0].length > longestSide) {
    throw new Error(`a kernel is 1x1 to ${longestSide}x${longestSide} numbers`);
  }

  if (rows.some((row) => row.length !== rows[0].length || row.length === 0)) {
    throw new Error("all rows must be of the same length");
  }

  const bad = rows.flat().findIndex((weight) => !Number.isFinite(weight));
  if (bad >= 0) {
    throw new Error(`weight [${Math.floor(bad / rows[0].length)},${bad % rows[0].length}] is not a number`);
  }

  return rows;
}

/** @param {string} text */
function parseMagick(text) {
  const match = /^\s*(\d+)(?:x(\d+))?(?:\+\d+\+\d+)?\s*:(.*)$/s.exec(text);
  if (!match) {
    return null;
  }

  // nan marks weights that are no part of the kernel: they count nothing.
  const weights = match[3].split(/[\s,;]+/).filter(Boolean).map((word) => (/^nan$|^-$/i.test(word) ? 0 : Number(word)));
  return inRows(weights, Number(match[1]), Number(match[2] ?? match[1]));
}

/** @param {string} text */
function parseLists(text) {
  const rows = [...text.matchAll(/\[([^[\]]*)\]/g)].map((match) => match[1].split(/[\s,;]+/).filter(Boolean).map(Number));
  return rows.length > 0 ? rows : null;
}

/** @param {string} text */
function parseSquare(text) {
  const lines = text.trim().split(/\n/).map((line) => line.trim().split(/[\s,;]+/).filter(Boolean).map(Number));
  const side = Math.sqrt(lines[0].length);
  return lines.length === 1 && side > 1 && Number.isInteger(side) ? inRows(lines[0], side, side) : lines;
}

/** @param {number[]} weights @param {number} width @param {number} height */
function inRows(weights, width, height) {
  if (weights.length !== width * height) {
    throw new Error(`${width}x${height} takes ${width * height} weights; there are ${weights.length}`);
  }

  return Array.from({ length: height }, (_, y) => weights.slice(y * width, (y + 1) * width));
}
