// What the two panes show, and which planes that takes.

/**
 * @typedef {import("./image.js").Planes} Planes
 * @typedef {import("./painter.js").Painter} Painter
 * @typedef {"vertical" | "horizontal" | "camera"} Name
 * @typedef {{ caption: string, mode: import("./painter.js").Mode, planes: Name[], tone?: string }} Pane
 * @typedef {{ name: string, key: string, panes: Pane[] }} View
 */

/** @type {Pane} */
export const verticalPane = { caption: "Vertical edges", mode: "plane", planes: ["vertical"], tone: "vertical" };
/** @type {Pane} */
export const horizontalPane = { caption: "Horizontal edges", mode: "plane", planes: ["horizontal"], tone: "horizontal" };
/** @type {Pane} */
export const inputPane = { caption: "Input", mode: "plane", planes: ["camera"] };

/** @type {View[]} */
export const views = [
  { name: "Edges", key: "v", panes: [verticalPane, horizontalPane] },
  { name: "Camera", key: "c", panes: [{ caption: "Camera", mode: "plane", planes: ["camera"] }] },
  { name: "Magnitude", key: "m", panes: [{ caption: "Magnitude of both edges", mode: "magnitude", planes: ["vertical", "horizontal"] }] },
  {
    name: "Overlay",
    key: "o",
    panes: [{ caption: "Edges over the camera", mode: "overlay", planes: ["vertical", "horizontal", "camera"], tone: "overlay" }],
  },
];

/**
 * @param {Pane[]} panes
 * @returns {Name[]}
 */
export const planesOf = (panes) => [...new Set(panes.flatMap((pane) => pane.planes))];

/**
 * Prepares the figures for what they will show.
 * @param {HTMLElement[]} figures
 * @param {Pane[]} panes
 */
export function arrange(figures, panes) {
  figures.forEach((figure, index) => {
    const pane = panes[index];
    figure.hidden = !pane;
    if (pane) {
      figure.dataset.tone = pane.tone ?? "";
      /** @type {HTMLElement} */ (figure.querySelector("figcaption")).textContent = pane.caption;
      figure.querySelector("canvas")?.setAttribute("aria-label", `${pane.caption}, live`);
    }
  });
}

/**
 * Draws an image; panes whose planes have not come yet keep what they show.
 * @param {Painter[]} painters
 * @param {Pane[]} panes
 * @param {Planes} planes
 */
export function paint(painters, panes, planes) {
  panes.forEach((pane, index) => {
    const wanted = pane.planes.map((name) => planes[name]);
    if (wanted.every((plane) => plane !== undefined)) {
      painters[index].draw(pane.mode, wanted);
    }
  });
}
