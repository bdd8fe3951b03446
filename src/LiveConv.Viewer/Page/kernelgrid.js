// One kernel as a grid of fields, with everything that can be done to it.

import { make } from "./dom.js";
import * as kernels from "./kernels.js";

/** @typedef {import("./kernels.js").Rows} Rows */

/** @type {[string, string, (k: Rows) => Rows][]} */
const turns = [
  ["Transpose", "rows become columns", kernels.transpose],
  ["Turn 90°", "clockwise", kernels.turn],
  ["Turn 45°", "clockwise, 3x3 only", kernels.turnRing],
  ["Flip ↔", "left and right", kernels.flipSides],
  ["Flip ↕", "top and bottom", kernels.flipUpside],
  ["Negate", "turn every sign", kernels.negate],
  ["Normalise", "divide by the sum", kernels.normalise],
];

/** @type {[string, (k: Rows) => string | null][]} */
const formats = [
  ["JSON / numpy", kernels.asJson],
  ["ImageMagick", kernels.asImageMagick],
  ["FFmpeg", kernels.asFFmpeg],
];

export class KernelGrid {
  #changed;
  #name;
  /** @type {Rows} */
  #rows = [[0]];
  #table = make("table");
  #facts = make("p", { className: "facts" });
  #fault = make("p", { className: "fault" });
  #text = make("textarea", { rows: 2, spellcheck: false });
  #width = make("input", { type: "number", min: "1", max: "15" });
  #height = make("input", { type: "number", min: "1", max: "15" });
  /** @type {HTMLButtonElement[]} */
  #turns = [];

  /**
   * @param {string} title
   * @param {string} name
   * @param {(rows: Rows) => void} changed
   */
  constructor(title, name, changed) {
    this.#name = name;
    this.#changed = changed;
    this.#fault.setAttribute("role", "alert");
    this.#text.setAttribute("aria-label", `${title}: kernel as text`);
    this.element = make(
      "fieldset",
      { className: "kernel" },
      make("legend", { textContent: title, className: name }),
      this.#sizeRow(),
      make("div", { className: "grid" }, this.#table),
      this.#facts,
      this.#turnRow(),
      this.#textPart(),
      this.#fault,
    );
    this.#table.addEventListener("keydown", (event) => this.#walk(event));
    this.#table.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
    this.#table.addEventListener("input", () => this.#read());
  }

  /** @param {Rows} rows */
  show(rows) {
    this.#rows = rows;
    this.#fault.textContent = "";
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
      const [height, width] = [this.#height, this.#width].map((field) => Number(field.value));
      if ([height, width].every((side) => Number.isInteger(side) && side >= 1 && side <= kernels.longestSide)) {
        this.#replace(kernels.resized(this.#rows, height, width));
      }
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
    paste.onclick = () => {
      try {
        this.#replace(kernels.parse(this.#text.value));
      } catch (error) {
        this.#fault.textContent = /** @type {Error} */ (error).message;
      }
    };
    const copies = formats.map(([label, write]) => {
      const button = make("button", { type: "button", textContent: `Copy as ${label}` });
      button.onclick = () => this.#copy(write(this.#rows), label);
      return button;
    });
    return make(
      "details",
      {},
      make("summary", { textContent: "Copy and paste" }),
      make("p", { className: "hint", textContent: "JSON or numpy rows, an ImageMagick kernel (as its Correlate reads it), or FFmpeg's numbers." }),
      this.#text,
      make("div", { className: "row small" }, paste, ...copies),
    );
  }

  /**
   * @param {string | null} text
   * @param {string} label
   */
  #copy(text, label) {
    if (text === null) {
      this.#fault.textContent = `${label} takes 3x3, 5x5 or 7x7 whole numbers`;
      return;
    }

    this.#fault.textContent = "";
    this.#text.value = text;
    this.#text.select();
    navigator.clipboard?.writeText(text).catch(() => {});
  }

  /**
   * @param {number} weight
   * @param {number} y
   * @param {number} x
   */
  #cell(weight, y, x) {
    const cell = make("input", { value: String(weight), inputMode: "decimal", autocomplete: "off", aria: { label: `${this.#name} weight, row ${y}, column ${x}` } });
    cell.size = 1;
    cell.onfocus = () => cell.select();
    return cell;
  }

  get #cells() {
    return [...this.#table.rows].map((row) => [...row.querySelectorAll("input")]);
  }

  #read() {
    const cells = this.#cells;
    const rows = cells.map((row) => row.map((cell) => (cell.value.trim() === "" ? NaN : Number(cell.value.replace(",", ".")))));
    cells.forEach((row, y) => row.forEach((cell, x) => {
      if (isWeight(rows[y][x])) {
        cell.removeAttribute("aria-invalid");
      } else {
        cell.setAttribute("aria-invalid", "true");
      }
    }));
    const isGood = rows.flat().every(isWeight);
    this.#fault.textContent = isGood ? "" : "a marked weight is not a number; the picture keeps the kernel as it was";
    if (isGood) {
      this.#rows = rows;
      this.#describe();
      this.#changed(rows);
    }
  }

  /** @param {Rows} rows */
  #replace(rows) {
    this.show(rows);
    this.#changed(rows);
  }

  #describe() {
    const sum = Number(kernels.sumOf(this.#rows).toPrecision(6));
    const split = kernels.factors(this.#rows);
    this.#facts.textContent = `Sum ${sum}${Math.abs(sum) < 1e-6 ? " (zero-sum: flat areas are black)" : ""}`
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

  /** @param {WheelEvent} event */
  #wheel(event) {
    const cell = event.target;
    if (cell instanceof HTMLInputElement && cell === document.activeElement && Number.isFinite(Number(cell.value))) {
      event.preventDefault();
      const step = (event.shiftKey ? 0.1 : 1) * -Math.sign(event.deltaY || event.deltaX);
      cell.value = String(Number((Number(cell.value) + step).toPrecision(10)));
      this.#read();
    }
  }
}

/** What a 32-bit number can hold. @param {number} weight */
const isWeight = (weight) => Number.isFinite(Math.fround(weight));
