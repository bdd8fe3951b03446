// One kernel as a grid of fields, with everything that can be done to it.

import { make } from "../dom.js";
import * as kernels from "./kernels.js";
import { Notches } from "./notches.js";
import { makeSteppers } from "./steppers.js";

/** @typedef {import("./kernels.js").Rows} Rows */
/** @typedef {import("../session/messages.js").KernelAnchor} Anchor */
/** @typedef {import("../session/messages.js").PageMessage} PageMessage */

/**
 * How the kernel is applied; an anchor of null: round its centre.
 * @typedef {Pick<import("../session/messages.js").KernelPair, "operation" | "border" | "response" | "gain"> & { anchor: Anchor | null }} Use
 */

/** @type {[string, string, (k: Rows) => Rows][]} */
const turns = [
  ["Transpose", "rows become columns", kernels.transpose],
  ["Rotate 90°", "clockwise", kernels.turn],
  ["Rotate 45°", "clockwise, 3x3 only", kernels.turnRing],
  ["Flip ↔", "left and right", kernels.flipSides],
  ["Flip ↕", "top and bottom", kernels.flipUpside],
  ["Negate", "flip every sign", kernels.negate],
  ["Normalise", "divide by the sum", kernels.normalise],
];

/** @type {[string, string, import("../session/messages.js").KernelDialect][]} */
const formats = [
  ["JSON / numpy", "the rows as they stand here", "list"],
  ["ImageMagick", "for its -morphology Convolve, which turns kernels by 180 degrees", "imageMagick"],
  ["FFmpeg", "for its convolution filter, which applies kernels as written", "ffmpeg"],
];

export class KernelGrid {
  #changed;
  #send;
  #map;
  #title = "";
  /** @type {Rows} */
  #rows = [[0]];
  /** @type {Use} */
  #use = { operation: "correlation", border: "mirror", response: "abs", gain: 1, anchor: null };
  #legend = make("legend");
  #table = make("table");
  #facts = make("p", { className: "facts" });
  #fault = make("p", { className: "fault" });
  #text = make("textarea", { rows: 2, spellcheck: false });
  #width = make("input", { type: "number", min: "1" });
  #height = make("input", { type: "number", min: "1" });
  /** The cell that the steppers change. @type {HTMLInputElement | null} */
  #chosen = null;
  #maxSide = 0;
  #maxTextBytes = 0;
  /** @type {HTMLButtonElement[]} */
  #turns = [];
  #notches = new Notches();

  /**
   * @param {"vertical" | "horizontal"} name its colour
   * @param {number} map 0 the left one, 1 the right one
   * @param {(message: PageMessage) => void} send
   * @param {(rows: Rows, anchor?: Anchor | null, gain?: number) => void} changed an anchor or gain of undefined: as it was
   */
  constructor(name, map, send, changed) {
    this.#map = map;
    this.#send = send;
    this.#changed = changed;
    this.#fault.setAttribute("role", "alert");
    this.#legend.className = name;
    this.element = make(
      "fieldset",
      { className: "kernel" },
      this.#legend,
      this.#sizeRow(),
      make("div", { className: "grid" }, this.#table),
      makeSteppers((change) => this.#step(change)),
      this.#facts,
      this.#turnRow(),
      this.#textPart(),
      this.#fault,
    );
    this.#table.addEventListener("keydown", (event) => this.#walk(event));
    this.#table.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
    this.#table.addEventListener("input", () => this.#read());
    this.#table.addEventListener("focusin", (event) => (this.#chosen = /** @type {HTMLInputElement} */ (event.target)));
  }

  /** @param {import("../session/messages.js").EditorLimits} limits a longer message would end the connection */
  limit({ maxSide, maxTextBytes }) {
    this.#maxSide = maxSide;
    this.#maxTextBytes = maxTextBytes;
    [this.#width, this.#height].forEach((field) => { field.max = String(maxSide); });
  }

  /** What the preset calls the kernel's map. */
  get title() {
    return this.#title;
  }

  /** @param {string} title */
  name(title) {
    this.#title = title;
    this.#legend.textContent = title;
    this.#text.setAttribute("aria-label", `${title}: kernel as text`);
    this.#cells.forEach((row, y) => row.forEach((cell, x) => cell.setAttribute("aria-label", this.#labelOf(y, x))));
  }

  /**
   * @param {number} y
   * @param {number} x
   */
  #labelOf(y, x) {
    return `${this.#title}: weight, row ${y}, column ${x}`;
  }

  /** @param {Use} use */
  use(use) {
    this.#use = use;
    this.#describe();
  }

  /** @param {Rows} rows */
  show(rows) {
    this.#rows = rows;
    this.#fault.textContent = "";
    [this.#width, this.#height].forEach((field) => field.removeAttribute("aria-invalid"));
    this.#width.value = String(rows[0].length);
    this.#height.value = String(rows.length);
    this.#table.replaceChildren(
      ...rows.map((row, y) => make("tr", {}, ...row.map((weight, x) => make("td", {}, this.#cell(weight, y, x))))),
    );
    this.#table.style.setProperty("--columns", String(rows[0].length));
    this.#describe();
  }

  /**
   * The fields of a weight, of a row, or of the whole kernel.
   * @param {number[]} place row and column, a row, or nothing
   */
  fieldsAt([row, column]) {
    return this.#cells.flatMap((cells, y) => cells.filter((_, x) => (row === undefined || row === y) && (column === undefined || column === x)));
  }

  #sizeRow() {
    const resize = () => {
      const fields = [this.#height, this.#width];
      const isSide = (/** @type {HTMLInputElement} */ field) =>
        Number.isInteger(Number(field.value)) && Number(field.value) >= 1 && Number(field.value) <= this.#maxSide;
      if (fields.every(isSide)) {
        this.#replace(kernels.resized(this.#rows, Number(this.#height.value), Number(this.#width.value)));
        return;
      }

      fields.forEach((field) => (isSide(field) ? field.removeAttribute("aria-invalid") : field.setAttribute("aria-invalid", "true")));
      this.#fault.textContent = `a kernel has 1 to ${this.#maxSide} rows and columns; it stays as it was`;
    };
    this.#width.onchange = resize;
    this.#height.onchange = resize;
    return make(
      "div",
      { className: "row size" },
      make("label", {}, "Rows ", this.#height),
      make("label", {}, "Columns ", this.#width),
    );
  }

  #turnRow() {
    this.#turns = turns.map(([label, title, turn]) => {
      const button = make("button", { type: "button", textContent: label, title });
      button.onclick = () => this.#replace(turn(this.#rows));
      return button;
    });
    return make("div", { className: "row small" }, ...this.#turns);
  }

  #textPart() {
    const paste = make("button", { type: "button", textContent: "Use this text" });
    paste.onclick = () => this.#paste();
    const copies = formats.map(([label, title, dialect]) => {
      const button = make("button", { type: "button", textContent: `Copy as ${label}`, title });
      button.onclick = () => this.#copy(dialect);
      return button;
    });
    return make(
      "details",
      {},
      make("summary", { textContent: "Copy and paste" }),
      make("p", { className: "hint", textContent: "Rows of numbers, numpy, Matlab, OpenCV or C arrays, an ImageMagick kernel (for its Convolve: turned here under correlation), or FFmpeg's filters." }),
      this.#text,
      make("div", { className: "row small" }, paste, ...copies),
    );
  }

  // LiveConv reads the text: the page has no grammar of its own.
  #paste() {
    const text = this.#text.value;
    if (new Blob([JSON.stringify(text)]).size > this.#maxTextBytes) {
      this.#fault.textContent = `this text is too long; a kernel's text has at most ${this.#maxTextBytes} bytes`;
    } else {
      const { operation, response, border } = this.#use;
      this.#send({ kernelText: { map: this.#map, text, operation, response, border } });
    }
  }

  /** @param {import("../session/messages.js").KernelTextMessage} message what the pasted text means */
  pasted({ kernels: [kernel], notices, refused }) {
    if (kernel) {
      // The text's gain is in the weights.
      this.#replace(kernel.weights, kernel.anchor, 1);
    }

    this.#fault.textContent = refused ?? notices.join("; ");
  }

  /** @param {import("../session/messages.js").KernelDialect} dialect */
  #copy(dialect) {
    const { anchor, operation, response, gain } = this.#use;
    this.#send({ kernelCopy: { map: this.#map, dialect, weights: this.#rows, anchor, operation, response, gain } });
  }

  /** @param {import("../session/messages.js").KernelCopyMessage} message the kernel as text */
  copied({ text, refused }) {
    this.#fault.textContent = refused ?? "";
    if (text !== null) {
      this.#text.value = text;
      this.#text.select();
      navigator.clipboard?.writeText(text).catch(() => {});
    }
  }

  /**
   * @param {number} weight
   * @param {number} y
   * @param {number} x
   */
  #cell(weight, y, x) {
    const cell = make("input", { value: String(weight), inputMode: "decimal", autocomplete: "off", aria: { label: this.#labelOf(y, x) } });
    cell.size = 1;
    cell.onfocus = () => cell.select();
    return cell;
  }

  get #cells() {
    return [...this.#table.rows].map((row) => [...row.querySelectorAll("input")]);
  }

  #read() {
    const cells = this.#cells;
    const rows = cells.map((row) => row.map(numberIn));
    cells.forEach((row, y) => row.forEach((cell, x) => {
      if (isWeight(rows[y][x])) {
        cell.removeAttribute("aria-invalid");
      } else {
        cell.setAttribute("aria-invalid", "true");
      }
    }));
    const isGood = rows.flat().every(isWeight);
    this.#fault.textContent = isGood ? "" : "The red cell isn't a number; the last valid kernel stays on.";
    if (isGood) {
      this.#rows = rows;
      this.#describe();
      this.#changed(rows);
    }
  }

  /**
   * @param {Rows} rows
   * @param {Anchor | null} [anchor]
   * @param {number} [gain]
   */
  #replace(rows, anchor, gain) {
    this.show(rows);
    this.#changed(rows, anchor, gain);
  }

  #describe() {
    const sum = Number(kernels.sumOf(this.#rows).toPrecision(6));
    const split = kernels.factors(this.#rows);
    this.#facts.textContent = `Sum ${sum}${Math.abs(sum) < 1e-6 ? ` (zero-sum: flat areas are ${this.#use.response === "offset128" ? "grey" : "black"})` : ""}`
      + (split ? `. Separable: column [${split.column.join(", ")}] times row [${split.row.join(", ")}]` : ". Not separable");
    this.#turns[2].disabled = this.#rows.length !== 3 || this.#rows[0].length !== 3;
  }

  /** @param {KeyboardEvent} event */
  #walk(event) {
    const by = /** @type {Record<string, number[]>} */ ({ ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] })[event.key];
    const cells = this.#cells;
    const y = cells.findIndex((row) => row.includes(/** @type {HTMLInputElement} */ (event.target)));
    const next = by && y >= 0 ? cells[y + by[0]]?.[cells[y].indexOf(/** @type {HTMLInputElement} */ (event.target)) + by[1]] : null;
    if (next) {
      event.preventDefault();
      next.focus();
    }
  }

  /** @param {(weight: number) => number} change */
  #step(change) {
    if (this.#chosen?.isConnected && Number.isFinite(numberIn(this.#chosen))) {
      this.#chosen.value = String(change(numberIn(this.#chosen)));
      this.#read();
    }
  }

  /** @param {WheelEvent} event */
  #wheel(event) {
    const cell = event.target;
    if (cell instanceof HTMLInputElement && cell === document.activeElement && Number.isFinite(numberIn(cell))) {
      event.preventDefault();
      const step = (event.shiftKey ? 0.1 : 1) * this.#notches.of(event);
      if (step !== 0) {
        cell.value = String(Number((numberIn(cell) + step).toPrecision(10)));
        this.#read();
      }
    }
  }
}

/** With a point or a comma; NaN when there is none. @param {HTMLInputElement} cell */
const numberIn = (cell) => (cell.value.trim() === "" ? NaN : Number(cell.value.replace(",", ".")));

/** What a 32-bit number can hold. @param {number} weight */
const isWeight = (weight) => Number.isFinite(Math.fround(weight));
