// What the colours of a map mean, in its caption.

import { make } from "../dom.js";

/**
 * Shows a legend for each pane that has colours.
 * @param {HTMLElement[]} figures
 * @param {import("./views.js").Pane[]} panes
 * @param {import("./image.js").Planes} planes
 * @param {import("../session/messages.js").CaptionLine[]} maps what the preset says about its two maps
 * @param {boolean[]} lacksSign which of them is asked for with its sign, and has none
 */
export function showLegends(figures, panes, planes, maps, lacksSign) {
  panes.forEach((pane, index) => show(figures[index], entries(pane, planes, maps, lacksSign)));
}

/**
 * @param {import("./views.js").Pane} pane
 * @param {import("./image.js").Planes} planes
 * @param {import("../session/messages.js").CaptionLine[]} maps
 * @param {boolean[]} lacksSign
 * @returns {string[][]} the colour and what it means
 */
function entries({ mode, planes: [name] }, planes, maps, lacksSign) {
  if (mode === "overlay") {
    return [["blue", maps[0].title], ["amber", maps[1].title]];
  }

  if (mode !== "plane" || name === "camera" || !planes[name]) {
    return [];
  }

  if (planes[name].isSigned) {
    return [["blue", "positive sum"], ["amber", "negative sum"]];
  }

  const isAsked = name.startsWith("signed") || lacksSign[name === "vertical" ? 0 : 1];
  return isAsked ? [["grey", "not a sum, so it has no sign"]] : [];
}

/**
 * @param {HTMLElement} figure
 * @param {string[][]} shown
 */
function show(figure, shown) {
  const caption = /** @type {HTMLElement} */ (figure.querySelector("figcaption"));
  const legend = caption.querySelector(".legend") ?? caption.appendChild(make("span", { className: "legend" }));
  const key = shown.flat().join("\n");
  if (legend instanceof HTMLElement && legend.dataset.shown !== key) {
    legend.dataset.shown = key;
    legend.replaceChildren(...shown.map(([colour, meaning]) => make("span", { className: `swatch ${colour}`, textContent: meaning })));
  }
}
