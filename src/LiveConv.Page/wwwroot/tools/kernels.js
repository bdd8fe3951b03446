// Kernels as lists of rows of numbers: turned, scaled and split.

/** @typedef {number[][]} Rows */

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
