// The output equation in the lesson's form, each number under its name.

import { make } from "../dom.js";

/** @typedef {import("../session/messages.js").OutputEquation} OutputEquation */

/**
 * @param {string} axis
 * @param {OutputEquation} e
 */
export function equation(axis, e) {
  const kernel = e.dilation === 1 ? [named("kernel", e.kernel)] : ["(", named("dilation", e.dilation), " * (", named("kernel", e.kernel), " - 1) + 1)"];
  const padding = e.before === e.after
    ? ["2 * ", named("padding", e.before)]
    : [named("padding before", e.before), " + ", named("padding after", e.after)];
  const parts = ["((", named("input_dim", e.in), " + ", ...padding, " - ", ...kernel, ") // ", named("stride", e.stride), ") + 1 = ", named("output_dim", e.out)];
  const unused = e.unused > 0 ? make("span", { className: "unused", textContent: `${e.unused} ${axis} at the end are left unused` }) : "";
  return make("p", { className: "equation", aria: { label: `${axis}: ${text(e)}` } }, make("span", { className: "axis", textContent: axis }), ...parts, unused);
}

/**
 * The same in one line.
 * @param {OutputEquation} e
 */
function text(e) {
  const padding = e.before === e.after ? `2 * ${e.before}` : `${e.before} + ${e.after}`;
  const kernel = e.dilation === 1 ? `${e.kernel}` : `(${e.dilation} * (${e.kernel} - 1) + 1)`;
  return `((${e.in} + ${padding} - ${kernel}) // ${e.stride}) + 1 = ${e.out}`;
}

/**
 * @param {string} name
 * @param {number} value
 */
const named = (name, value) =>
  make("span", { className: "named" }, make("small", { textContent: name }), make("b", { textContent: String(value) }));
