// X-ray: how one pixel of a map came about, with the engine's own numbers, and the window that walks over the image.

import { get, make } from "../dom.js";
import { sizeOf } from "../paint/canvas.js";

const playEvery = 60;

/** @typedef {import("../session/messages.js").PixelAnswer} PixelAnswer */
/** @typedef {import("../session/messages.js").OutputEquation} OutputEquation */

/** @type {Record<import("../session/messages.js").Response, string>} */
const responses = {
  abs: "its absolute value",
  offset128: "plus 128",
  positive: "if positive, else 0",
  negative: "its negative, if positive, else 0",
};

export class Xray {
  #send;
  #figures;
  #canvas;
  #map = /** @type {HTMLSelectElement} */ (get("xray-map"));
  #at = { x: 0, y: 0 };
  #isAsking = false;
  #isStale = false;
  #isOpen = false;
  #isPlaying = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {HTMLElement[]} figures the input's and the map's
   * @param {(message: import("../session/messages.js").PageMessage) => void} send
   * @param {(map: number) => void} mapChanged
   */
  constructor(figures, send, mapChanged) {
    this.#figures = figures;
    this.#canvas = /** @type {HTMLCanvasElement} */ (figures[1].querySelector("canvas"));
    this.#send = send;
    this.#map.onchange = () => {
      mapChanged(this.#map.selectedIndex);
      this.#ask();
    };
    get("xray-first").onclick = () => this.#go(0, 0);
    get("xray-play").onclick = () => this.#play(!this.#isPlaying);
    for (const figure of figures) {
      const canvas = /** @type {HTMLCanvasElement} */ (figure.querySelector("canvas"));
      canvas.addEventListener("pointermove", (event) => this.#point(event, canvas));
      canvas.addEventListener("pointerdown", (event) => this.#point(event, canvas));
    }
  }

  get map() {
    return this.#map.selectedIndex;
  }

  /** @param {boolean} isOpen */
  open(isOpen) {
    this.#isOpen = isOpen;
    this.#play(false);
    this.#clear();
    if (isOpen) {
      this.#ask();
    }
  }

  /** A new image is on the screen: the same place has new numbers. */
  refresh() {
    if (this.#isOpen && !this.#isPlaying) {
      this.#ask();
    }
  }

  /** The connection was lost: what was asked will not be answered. */
  forget() {
    this.#isAsking = false;
    this.#play(false);
  }

  /**
   * @param {string} key
   * @returns {boolean} whether the key was an arrow
   */
  walk(key) {
    const by = /** @type {Record<string, number[]>} */ ({ ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] })[key];
    if (this.#isOpen && by) {
      this.#play(false);
      this.#go(this.#at.x + by[0], this.#at.y + by[1]);
    }

    return this.#isOpen && by !== undefined;
  }

  /** @param {import("../session/messages.js").ExplainedMessage} message */
  answered(message) {
    this.#isAsking = false;
    if (!this.#isOpen) {
      return;
    }

    if (message.answer) {
      this.#show(message.answer);
    } else {
      this.#clear();
      get("xray-answer").textContent = message.refused;
      this.#play(false);
    }

    if (this.#isStale) {
      this.#ask();
    } else if (this.#isPlaying) {
      this.#timer = setTimeout(() => this.#step(), playEvery);
    }
  }

  // One question at a time; the newest place is asked about when the answer is there. Another preset may have made the map
  // smaller since the place was chosen.
  #ask() {
    this.#at = this.#within(this.#at.x, this.#at.y);
    this.#isStale = this.#isAsking;
    if (!this.#isAsking) {
      this.#isAsking = true;
      this.#send({ xray: { map: this.#map.selectedIndex, ...this.#at } });
    }
  }

  /**
   * @param {number} x
   * @param {number} y
   */
  #go(x, y) {
    this.#at = this.#within(x, y);
    this.#ask();
  }

  /**
   * The nearest place of the map on the screen.
   * @param {number} x
   * @param {number} y
   */
  #within(x, y) {
    const { width, height } = sizeOf(this.#canvas);
    return { x: Math.max(0, Math.min(width - 1, x)), y: Math.max(0, Math.min(height - 1, y)) };
  }

  /** @param {boolean} isOn */
  #play(isOn) {
    clearTimeout(this.#timer);
    this.#isPlaying = isOn;
    get("xray-play").setAttribute("aria-pressed", String(isOn));
    if (isOn) {
      this.#at = this.#next() ? this.#at : { x: 0, y: 0 };
      this.#ask();
    } else {
      this.#figures[1].querySelectorAll(".veil").forEach((veil) => veil.remove());
    }
  }

  #step() {
    const next = this.#next();
    if (next) {
      this.#go(next.x, next.y);
    } else {
      this.#play(false);
    }
  }

  // About 400 steps for an image, whatever its size: whole rows at first sight are as telling as single pixels. Null at the end.
  #next() {
    const { width, height } = sizeOf(this.#canvas);
    const stride = Math.max(1, Math.round(width / 20));
    const next = this.#at.x + stride;
    const rows = Math.max(1, Math.round(height / 20));
    const y = next < width ? this.#at.y : this.#at.y + rows;
    return y < height ? { x: next < width ? next : 0, y } : null;
  }

  /**
   * @param {PointerEvent} event
   * @param {HTMLCanvasElement} canvas
   */
  #point(event, canvas) {
    if (this.#isOpen && !this.#isPlaying) {
      const box = canvas.getBoundingClientRect();
      const place = (/** @type {number} */ at, /** @type {number} */ length, /** @type {number} */ pixels) => Math.floor((at / length) * pixels);
      const { width, height } = sizeOf(this.#canvas);
      this.#go(place(event.clientX - box.left, box.width, width), place(event.clientY - box.top, box.height, height));
    }
  }

  #clear() {
    this.#figures.forEach((figure) => figure.querySelector(".marks")?.replaceChildren());
    get("xray-answer").replaceChildren();
  }

  /** @param {PixelAnswer} answer */
  #show(answer) {
    const { horizontally: across, vertically: down } = answer;
    this.#mark(answer);
    const response = `${answer.sum}${answer.gain === 1 ? "" : ` × ${answer.gain}`}, ${responses[answer.response]}, rounded and kept within 0…255`;
    get("xray-answer").replaceChildren(
      make("p", { className: "place", textContent: `Pixel [row ${answer.y}, column ${answer.x}] = ${answer.value}` }),
      make(
        "div",
        { className: "tables" },
        table("Window of the input", answer.window, (y, x) => (isOutside(answer, y, x) ? "outside" : "")),
        table(answer.operation === "convolution" ? "Kernel, turned by 180°" : "Kernel", answer.kernel),
        table("Products, element by element", answer.products, (y, x) => (answer.products[y][x] < 0 ? "below" : "")),
      ),
      make("p", { className: "sum" }, "Sum of the products: ", make("b", { textContent: String(answer.sum) })),
      make("p", { className: "sum" }, `${response}: `, make("b", { textContent: String(answer.value) })),
      make("p", { className: "equation", textContent: equation("columns", across) }),
      make("p", { className: "equation", textContent: equation("rows", down) }),
      make("p", { className: "hint", textContent: `${answer.operation}, border ${answer.border}; shaded numbers stand outside the image` }),
    );
  }

  /** @param {PixelAnswer} answer */
  #mark(answer) {
    const { horizontally: across, vertically: down } = answer;
    const [input, map] = this.#figures.map((figure) => /** @type {SVGElement} */ (figure.querySelector(".marks")));
    input.setAttribute("viewBox", `0 0 ${across.in} ${down.in}`);
    input.replaceChildren(rectangle("window", answer.left, answer.top, across.window, down.window));
    map.setAttribute("viewBox", `0 0 ${across.out} ${down.out}`);
    const marks = [rectangle("pixel", answer.x, answer.y, 1, 1)];
    if (this.#isPlaying) {
      const rows = Math.max(1, Math.round(down.out / 20));
      marks.unshift(
        rectangle("veil", answer.x + 1, answer.y, across.out, rows),
        rectangle("veil", 0, answer.y + rows, across.out, down.out),
      );
    }

    map.replaceChildren(...marks);
  }
}

/**
 * @param {PixelAnswer} answer
 * @param {number} y
 * @param {number} x
 */
function isOutside(answer, y, x) {
  const step = { down: answer.vertically.dilation, across: answer.horizontally.dilation };
  const [row, column] = [answer.top + y * step.down, answer.left + x * step.across];
  return row !== answer.rows[y] || column !== answer.columns[x];
}

/**
 * @param {string} axis
 * @param {OutputEquation} e
 */
function equation(axis, e) {
  const padding = e.before === e.after ? `2·${e.before}` : `${e.before} + ${e.after}`;
  const unused = e.unused > 0 ? `; ${e.unused} ${axis} at the end are left unused` : "";
  return `${axis}: ⌊(${e.in} + ${padding} − ${e.dilation}·(${e.kernel} − 1) − 1) / ${e.stride}⌋ + 1 = ${e.out}${unused}`;
}

/**
 * @param {string} title
 * @param {number[][]} rows
 * @param {(y: number, x: number) => string} [classOf]
 */
function table(title, rows, classOf = () => "") {
  const body = rows.map((row, y) => make("tr", {}, ...row.map((value, x) => make("td", { textContent: String(Number(value.toPrecision(7))), className: classOf(y, x) }))));
  return make("table", {}, make("caption", { textContent: title }), make("tbody", {}, ...body));
}

/**
 * @param {string} name
 * @param {number} x
 * @param {number} y
 * @param {number} width
 * @param {number} height
 */
function rectangle(name, x, y, width, height) {
  const shape = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  shape.setAttribute("class", name);
  Object.entries({ x, y, width, height }).forEach(([key, value]) => shape.setAttribute(key, String(value)));
  return shape;
}
