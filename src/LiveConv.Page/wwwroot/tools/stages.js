// How stages of a preset are called.

/** @typedef {import("../session/messages.js").StageOperation} StageOperation */

/** @type {Record<StageOperation, { name: string, rule: string }>} */
const operations = {
  convolution: { name: "Convolution", rule: "element-wise multiplication of window and kernel, then the sum" },
  magnitude: { name: "Magnitude", rule: "the root of the sum of the squares of all maps" },
  max: { name: "Strongest", rule: "the largest value of all maps" },
  sum: { name: "Sum", rule: "the sum of all maps" },
  thin: { name: "Thinning", rule: "kept where the gradient is longest across the edge, 0 elsewhere" },
  abs: { name: "Absolute value", rule: "negative values lose their sign" },
  relu: { name: "ReLU", rule: "negative values become 0" },
  square: { name: "Square", rule: "the value times itself" },
  threshold: { name: "Threshold", rule: "255 where the value reaches the threshold, 0 elsewhere" },
  maxPool: { name: "Max pooling", rule: "the largest value of the window" },
  averagePool: { name: "Average pooling", rule: "the mean of the window" },
  nearest: { name: "Enlarging (nearest)", rule: "each value is repeated" },
  bilinear: { name: "Enlarging (bilinear)", rule: "the values around, weighted by their distance" },
  transposed: { name: "Transposed convolution", rule: "each value lays down a kernel; here is what overlaps at this place" },
};

/** @param {StageOperation} operation */
export const operationName = (operation) => operations[operation].name;

/** @param {StageOperation} operation */
export const operationRule = (operation) => operations[operation].rule;

/**
 * A number as it fits into a cell: what is before the point, and of the rest what makes three digits.
 * @param {number} value
 */
export function short(value) {
  const size = Math.abs(value);
  const text = size >= 100000 ? value.toExponential(1).replace("e+", "e") : size >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
  return text.replace("-", "−");
}

/**
 * A number with all digits that single precision has.
 * @param {number} value
 */
export const exact = (value) => String(Number(value.toPrecision(7))).replace("-", "−");
