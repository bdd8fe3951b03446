// What the panes show, and which planes that takes.

/**
 * @typedef {import("./image.js").Planes} Planes
 * @typedef {import("./painter.js").Painter} Painter
 * @typedef {import("./image.js").Name} Name
 * @typedef {import("../session/messages.js").CaptionLine} Caption
 * @typedef {{ mode: import("./painter.js").Mode, planes: Name[], tone?: string, kernel?: "vertical" | "horizontal", caption: (maps: Caption[]) => Caption }} Pane
 * @typedef {{ name: string, key: string, panes: Pane[] }} View
 */

/** @type {Pane} */
export const verticalPane = { mode: "plane", planes: ["vertical"], tone: "vertical", kernel: "vertical", caption: (maps) => maps[0] };
/** @type {Pane} */
export const horizontalPane = { mode: "plane", planes: ["horizontal"], tone: "horizontal", kernel: "horizontal", caption: (maps) => maps[1] };
/** @type {Pane} */
const signedVerticalPane = { mode: "plane", planes: ["signedVertical"], tone: "vertical", caption: (maps) => signed(maps[0]) };
/** @type {Pane} */
const signedHorizontalPane = { mode: "plane", planes: ["signedHorizontal"], tone: "horizontal", caption: (maps) => signed(maps[1]) };
/** @type {Pane} */
export const inputPane = { mode: "plane", planes: ["camera"], caption: () => ({ title: "Input", text: "" }) };
/** @type {Pane} */
const bothPane = {
  mode: "magnitude",
  planes: ["vertical", "horizontal"],
  tone: "both",
  caption: (maps) => ({ title: "Both together", text: `The length of ${lower(maps[0].title)} and ${lower(maps[1].title)}` }),
};
/** @type {Pane} */
const overlayPane = {
  mode: "overlay",
  planes: ["vertical", "horizontal", "camera"],
  tone: "overlay",
  caption: () => ({ title: "Over the camera", text: "" }),
};

/** The maps come first: where there are four panes, the other two stand above them. @type {View[]} */
export const views = [
  { name: "All four", key: "a", panes: [verticalPane, horizontalPane, inputPane, bothPane] },
  { name: "Pair", key: "v", panes: [verticalPane, horizontalPane] },
  { name: "Plain and signed", key: "+", panes: [verticalPane, horizontalPane, signedVerticalPane, signedHorizontalPane] },
  { name: "Left map", key: "j", panes: [verticalPane] },
  { name: "Right map", key: "k", panes: [horizontalPane] },
  { name: "Camera", key: "c", panes: [{ ...inputPane, caption: () => ({ title: "Camera", text: "" }) }] },
  { name: "Magnitude", key: "m", panes: [bothPane] },
  { name: "Overlay", key: "o", panes: [overlayPane] },
];

/** @param {Caption} caption */
const signed = ({ title }) => ({ title: `${title}, signed`, text: "" });

/** @param {Pane[]} panes whether maps with their sign stand beside those without it */
export const areBoth = (panes) => panes.some(({ planes }) => planes[0].startsWith("signed"));

/** @param {string} title */
const lower = (title) => (/^[A-Z][a-z]/.test(title) ? title[0].toLowerCase() + title.slice(1) : title);

/**
 * Prepares the figures for what they will show.
 * @param {HTMLElement[]} figures
 * @param {Pane[]} panes
 * @param {Caption[]} maps what the preset says about its two maps
 */
export function arrange(figures, panes, maps) {
  figures.forEach((figure, index) => {
    const pane = panes[index];
    figure.hidden = !pane;
    if (pane) {
      const { title, text } = pane.caption(maps);
      figure.dataset.tone = pane.tone ?? "";
      figure.dataset.kernel = pane.kernel ?? "";
      set(figure, ".title", title);
      set(figure, ".text", text);
      figure.querySelector("canvas")?.setAttribute("aria-label", `${title}, live`);
    }
  });
}

/**
 * @param {HTMLElement} figure
 * @param {string} part
 * @param {string} text
 */
function set(figure, part, text) {
  const element = /** @type {HTMLElement} */ (figure.querySelector(part));
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/**
 * Says how large each map is, when it is not as large as the input.
 * @param {HTMLElement[]} figures
 * @param {Pane[]} panes
 * @param {Planes} planes
 * @param {string} input the input's size
 */
export function showSizes(figures, panes, planes, input) {
  panes.forEach((pane, index) => {
    const plane = pane.mode === "plane" ? planes[pane.planes[0]] : undefined;
    const size = plane ? `${plane.whole.width}x${plane.whole.height}` : input;
    set(figures[index], ".size", size === input ? "" : size);
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
