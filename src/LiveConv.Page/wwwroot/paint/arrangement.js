// Where four maps stand: as large as the shapes of the window and of the maps allow. Where the window is wider than two equal rows of them
// are, the lower row, of the maps, takes the whole width; beside the upper two a corner is left, and the bars stand there if they fit.

import { get, isStage } from "../dom.js";

// The upper maps are to be seen too: at least this part of the height, and so many rem.
const minUpper = { part: 0.25, rem: 6 };

/** Corners that are large enough for the bars, in rem: in a narrow one they take more lines. */
const corners = [{ width: 26, height: 11 }, { width: 40, height: 6.5 }];

/** What covers the maps, and has the bars where they always are. */
const covers = ["data-microscope", "data-wall"];

/** @typedef {{ width: number, height: number }} Size */

export class Arrangement {
  #stage = get("stage");
  #statistics = get("statistics");
  #line = get("stage-line");
  #first = get("left");

  constructor() {
    // The frame's size changes with the shape of its map.
    const sizes = new ResizeObserver(() => this.fit());
    [this.#stage, /** @type {Element} */ (this.#first.querySelector(".frame"))].forEach((part) => sizes.observe(part));
  }

  /** The window, the maps' shape, or what is shown has changed. */
  fit() {
    const { role, panes } = document.body.dataset;
    if (!role || panes !== "4" || matchMedia("(max-aspect-ratio: 4/5)").matches) {
      this.#apply("", {});
      return;
    }

    const width = this.#stage.clientWidth;
    const whole = { width, height: document.body.clientHeight - this.#statistics.offsetHeight };
    const { lower, upper, area } = this.#twoRows(whole);
    const corner = Math.floor(width - 2 * this.#shape * upper - 2 * this.#gap);
    if (this.#mayHaveCorner && area > this.#oneRow(whole) && this.#holdsBars({ width: corner, height: upper })) {
      this.#apply("corner", { lower, corner, "upper-width": Math.floor(this.#shape * upper) });
      return;
    }

    this.#apply("", {});
    const below = this.#line.offsetHeight;
    const stage = { width, height: this.#stage.clientHeight - (below > 0 ? below + this.#gap : 0) };
    const rows = this.#twoRows(stage);
    if (this.#oneRow(stage) > rows.area) {
      this.#apply("row", {});
    } else if (rows.upper < rows.lower) {
      this.#apply("rows", { lower: rows.lower });
    }
  }

  get #gap() {
    return parseFloat(getComputedStyle(this.#stage).rowGap);
  }

  /** Width by height of a map as it is shown. */
  get #shape() {
    const style = getComputedStyle(this.#first);
    const number = (/** @type {string} */ name) => Number(style.getPropertyValue(name)) || 0;
    return (number("--ratio") || 4 / 3) * (number("--pixel-aspect") || 1);
  }

  get #mayHaveCorner() {
    return !isStage && !document.fullscreenElement && !covers.some((name) => document.body.hasAttribute(name));
  }

  get #rem() {
    return parseFloat(getComputedStyle(document.documentElement).fontSize);
  }

  /** @param {Size} corner */
  #holdsBars({ width, height }) {
    return corners.some((needed) => width >= needed.width * this.#rem && height >= needed.height * this.#rem);
  }

  /**
   * The heights of two rows of two, and the area of their maps.
   * @param {Size} place
   */
  #twoRows({ width, height }) {
    const free = height - this.#gap;
    const highest = Math.max(free / 2, free - Math.max(minUpper.part * height, minUpper.rem * this.#rem));
    const lower = Math.floor(Math.min((width - this.#gap) / 2 / this.#shape, highest));
    const upper = Math.min(free - lower, lower);
    return { lower, upper, area: 2 * this.#shape * (lower ** 2 + upper ** 2) };
  }

  /**
   * The area of four maps in one row, as tall images have it.
   * @param {Size} place
   */
  #oneRow({ width, height }) {
    const side = Math.min(height, (width - 3 * this.#gap) / 4 / this.#shape);
    return 4 * this.#shape * side ** 2;
  }

  /**
   * @param {"" | "corner" | "rows" | "row"} name
   * @param {Record<string, number>} lengths in pixels, for the style sheets
   */
  #apply(name, lengths) {
    const { body } = document;
    if (name === "") {
      delete body.dataset.arrangement;
    } else if (body.dataset.arrangement !== name) {
      body.dataset.arrangement = name;
    }

    for (const each of ["lower", "upper-width", "corner"]) {
      const length = lengths[each];
      body.style.setProperty(`--${each}`, length === undefined ? "" : `${length}px`);
    }
  }
}
