// What LiveConv is to send: the planes of the maps in sight, as large as this page draws them; in a tab whole, because there they travel for
// nothing, and to reduce them takes longer than to filter.

import { isTab } from "../dom.js";

/** @typedef {import("./views.js").Pane} Pane */
/** @typedef {import("../session/messages.js").ShownPlane} ShownPlane */

// While a window is being resized, or maps are swiped.
const settled = 150;

// A plane is never sent larger than it is.
const longestSide = 65535;

export class Shown {
  #stage;
  #figures;
  #changed;
  /** @type {Pane[]} */
  #panes = [];
  #isSigned = false;
  #isRecorded = false;
  #last = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {HTMLElement} stage what the figures may be scrolled out of
   * @param {HTMLElement[]} figures
   * @param {(planes: ShownPlane[]) => void} changed
   */
  constructor(stage, figures, changed) {
    this.#stage = stage;
    this.#figures = figures;
    this.#changed = changed;
    const sizes = new ResizeObserver(() => this.#wait());
    figures.forEach((figure) => sizes.observe(frameOf(figure)));
    stage.addEventListener("scroll", () => this.#wait(), { passive: true });
  }

  /** The next planes are requested even if they are those before: LiveConv does not know them any more. */
  forget() {
    this.#last = "";
  }

  /**
   * @param {Pane[]} panes what the figures show, one each
   * @param {boolean} isSigned maps are shown with their sign
   */
  follow(panes, isSigned) {
    this.#panes = panes;
    this.#isSigned = isSigned;
    this.#tell();
  }

  /** @param {boolean} isRecorded both maps are needed whole, whatever is in sight */
  record(isRecorded) {
    this.#isRecorded = isRecorded;
    this.#tell();
  }

  #wait() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#tell(), settled);
  }

  #tell() {
    const planes = this.#planes();
    const requested = JSON.stringify(planes);
    if (planes.length > 0 && requested !== this.#last) {
      this.#last = requested;
      this.#changed(planes);
    }
  }

  // A plane that several figures show is needed as large as the largest of them.
  #planes() {
    const inSight = this.#panes.filter((_, index) => this.#isInSight(this.#figures[index]));
    /** @type {Map<string, ShownPlane>} */
    const planes = new Map();
    for (const pane of inSight) {
      const box = frameOf(this.#figures[this.#panes.indexOf(pane)]).getBoundingClientRect();
      const [width, height] = [box.width, box.height].map((length) => (isTab ? longestSide : Math.max(1, Math.round(length * devicePixelRatio))));
      for (const plane of pane.planes) {
        const before = planes.get(plane);
        planes.set(plane, {
          plane,
          width: Math.max(width, before?.width ?? 0),
          height: Math.max(height, before?.height ?? 0),
          signed: this.#isSigned && plane !== "camera",
        });
      }
    }

    if (this.#isRecorded) {
      for (const plane of /** @type {const} */ (["vertical", "horizontal"])) {
        planes.set(plane, { signed: false, ...planes.get(plane), plane, width: longestSide, height: longestSide });
      }
    }

    return [...planes.values()];
  }

  /** @param {HTMLElement} figure */
  #isInSight(figure) {
    const [box, stage] = [figure.getBoundingClientRect(), this.#stage.getBoundingClientRect()];
    return box.right > stage.left + 1 && box.left < stage.right - 1 && box.bottom > stage.top + 1 && box.top < stage.bottom - 1;
  }
}

/** @param {HTMLElement} figure */
const frameOf = (figure) => /** @type {HTMLElement} */ (figure.querySelector(".frame"));
