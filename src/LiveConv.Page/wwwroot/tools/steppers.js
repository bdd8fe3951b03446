// Buttons that change the weight of a cell: for fingers, which have no wheel and whose keyboard may have no minus.

import { make } from "../dom.js";

/** @type {[string, string, (weight: number) => number][]} */
const steps = [
  ["−", "Less by 1", (weight) => weight - 1],
  ["±", "Flip the sign", (weight) => (weight === 0 ? 0 : -weight)],
  ["+", "More by 1", (weight) => weight + 1],
];

/** @param {(change: (weight: number) => number) => void} changed */
export function makeSteppers(changed) {
  return make("div", { className: "steps" }, ...steps.map(([textContent, title, change]) => {
    const button = make("button", { type: "button", tabIndex: -1, textContent, title, aria: { label: title } });

    // The cell keeps the focus, and a finger's keyboard stays as it is.
    button.addEventListener("pointerdown", (event) => event.preventDefault());
    button.onclick = () => changed((weight) => Number(change(weight).toPrecision(10)));
    return button;
  }));
}
