// Where the lens looks: the window on the input, the pixel on the map, and the lines from the window to its cells.

import { get } from "../dom.js";

const svg = "http://www.w3.org/2000/svg";

// So that a window of three pixels can be found on a large image.
const smallest = 18;

export class LensMarks {
  #input;
  #map;
  #lines = document.createElementNS(svg, "svg");

  /**
   * @param {HTMLElement} input the input's figure
   * @param {HTMLElement} map the map's
   */
  constructor(input, map) {
    this.#input = input;
    this.#map = map;
    this.#lines.setAttribute("class", "lens-lines");
    this.#lines.setAttribute("aria-hidden", "true");
    document.body.append(this.#lines);
  }

  clear() {
    [this.#input, this.#map].forEach((figure) => figure.querySelector(".marks")?.replaceChildren());
    this.#lines.replaceChildren();
  }

  /**
   * @param {import("../session/messages.js").PixelAnswer} answer
   * @param {boolean} isPlaying what comes later is veiled
   */
  show(answer, isPlaying) {
    const { width: inWidth, height: inHeight } = sizeOf(answer, -1);
    const { width, height } = sizeOf(answer, answer.stage);
    draw(this.#input, inWidth, inHeight, [windowOf(answer)], "window");
    draw(this.#map, width, height, [{ left: answer.x, top: answer.y, width: 1, height: 1 }], "pixel");
    if (isPlaying) {
      this.#map.querySelector(".marks")?.prepend(
        rectangle("veil", answer.x + 1, answer.y, width - answer.x - 1, 1),
        rectangle("veil", 0, answer.y + 1, width, height - answer.y - 1),
      );
    }
  }

  /** The window as it is drawn on the input. */
  get windowOnInput() {
    return this.#input.querySelector(".marks .window");
  }

  /**
   * Joins a window with the cells that have its numbers.
   * @param {Element | null} mark the window, on the map whose values the cells have; null where that map is not shown
   * @param {{ first: DOMRect, last: DOMRect } | null} cells the first and the last cell of the window
   */
  join(mark, cells) {
    const panel = document.querySelector(".tool")?.getBoundingClientRect();
    this.#lines.replaceChildren();
    if (!mark?.checkVisibility() || !cells || !panel) {
      return;
    }

    const from = mark.getBoundingClientRect();
    if (!isWithin(from, get("stage").getBoundingClientRect())) {
      // The wall has been scrolled away from it.
      return;
    }

    const isBeside = cells.first.left >= from.right;
    const [a, b, c, d] = isBeside
      ? [[from.right, from.top], [cells.first.left, cells.first.top], [from.right, from.bottom], [cells.first.left, cells.last.bottom]]
      : [[from.left, from.bottom], [cells.first.left, cells.first.top], [from.right, from.bottom], [cells.last.right, cells.first.top]];
    for (const [start, end] of [[a, b], [c, d]]) {
      const line = document.createElementNS(svg, "line");
      const y2 = Math.max(panel.top, Math.min(panel.bottom, end[1]));
      Object.entries({ x1: start[0], y1: start[1], x2: end[0], y2 }).forEach(([key, value]) => line.setAttribute(key, String(value)));
      this.#lines.append(line);
    }
  }
}

/**
 * @param {DOMRect} part
 * @param {DOMRect} whole
 */
const isWithin = (part, whole) => part.left < whole.right && part.right > whole.left && part.top < whole.bottom && part.bottom > whole.top;

/**
 * What an answer looks at on the image: the window itself, or all that the value depends on.
 * @param {import("../session/messages.js").PixelAnswer} answer
 */
function windowOf(answer) {
  const [term] = answer.terms;
  const field = answer.field[answer.field.length - 1];
  if (answer.stage > 0 || term.rows.length === 0) {
    return field;
  }

  const [left, top] = [Math.min(...answer.terms.map((each) => each.columns[0])), Math.min(...answer.terms.map((each) => each.rows[0]))];
  const [right, bottom] = [
    Math.max(...answer.terms.map((each) => each.columns[each.columns.length - 1])),
    Math.max(...answer.terms.map((each) => each.rows[each.rows.length - 1])),
  ];
  return { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/**
 * The size of a stage's maps; of the image for -1.
 * @param {import("../session/messages.js").PixelAnswer} answer
 * @param {number} stage
 */
function sizeOf(answer, stage) {
  return stage >= 0 ? answer.stages[stage] : { width: answer.imageWidth, height: answer.imageHeight };
}

/**
 * Draws rectangles on a map, each with a ring where it is too small to be seen.
 * @param {HTMLElement} place with the marks over the map
 * @param {number} width
 * @param {number} height
 * @param {{ left: number, top: number, width: number, height: number }[]} parts
 * @param {string} name
 */
export function draw(place, width, height, parts, name) {
  const marks = /** @type {SVGElement} */ (place.querySelector(".marks"));
  const scale = marks.getBoundingClientRect().width / width;
  marks.setAttribute("viewBox", `0 0 ${width} ${height}`);
  marks.replaceChildren(...parts.flatMap((part) => {
    const missing = scale > 0 ? Math.max(0, smallest / scale - Math.max(part.width, part.height)) / 2 : 0;
    const ring = missing > 0
      ? [rectangle("ring", part.left - missing, part.top - missing, part.width + 2 * missing, part.height + 2 * missing)]
      : [];
    return [...ring, rectangle(name, part.left, part.top, part.width, part.height)];
  }));
}

/**
 * @param {string} name
 * @param {number} x
 * @param {number} y
 * @param {number} width
 * @param {number} height
 */
function rectangle(name, x, y, width, height) {
  const shape = document.createElementNS(svg, "rect");
  shape.setAttribute("class", name);
  Object.entries({ x, y, width: Math.max(0, width), height: Math.max(0, height) }).forEach(([key, value]) => shape.setAttribute(key, String(value)));
  return shape;
}
