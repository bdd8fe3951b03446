// A map's kernel in the corner of the map: coloured tiles, blue for positive weights and amber for negative ones, that can be changed in
// place by typing, by the wheel and by buttons.

import { make } from "../dom.js";
import { Notches } from "./notches.js";
import { makeSteppers } from "./steppers.js";

/** @typedef {number[][]} Rows */

// More would hide the map: larger kernels are for the editor.
const maxSide = 7;

/** @param {Rows} rows */
export const hasTiles = (rows) => rows.length <= maxSide && rows[0].length <= maxSide;

export class Tiles {
  #changed;
  /** @type {Rows} */
  #rows = [];
  #isEditable = false;
  #chosen = { row: 0, column: 0 };
  #notches = new Notches();
  #title = "";
  #grid = make("div", { className: "grid" });
  #steps = makeSteppers((change) => {
    const { row, column } = this.#chosen;
    this.#set(row, column, change(this.#rows[row][column]));
  });

  /**
   * @param {string} title
   * @param {(rows: Rows) => void} changed
   */
  constructor(title, changed) {
    this.#changed = changed;
    this.element = make("div", { className: "tiles" }, this.#grid, this.#steps);
    this.name(title);
    this.element.setAttribute("role", "group");
    this.element.hidden = true;
    this.#grid.addEventListener("focusin", (event) => this.#choose(/** @type {HTMLElement} */ (event.target)));
    this.#grid.addEventListener("input", () => this.#read());
    this.#grid.addEventListener("keydown", (event) => this.#walk(event));
    this.#grid.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
  }

  /** @param {string} title of the map whose kernel this is */
  name(title) {
    this.#title = title;
    this.element.setAttribute("aria-label", `${title}: kernel`);
    this.#tiles.forEach((tile, index) => tile.setAttribute("aria-label", this.#labelOf(index)));
  }

  /** @param {number} index of a tile */
  #labelOf(index) {
    const columns = this.#rows[0]?.length ?? 1;
    return `${this.#title}: weight, row ${Math.floor(index / columns)}, column ${index % columns}`;
  }

  /**
   * @param {Rows | null} rows null for none; a kernel that is too large is not shown either
   * @param {boolean} isEditable
   */
  show(rows, isEditable) {
    const shown = rows && hasTiles(rows) ? rows : null;
    this.element.hidden = !shown;
    if (!shown || (isEditable === this.#isEditable && JSON.stringify(shown) === JSON.stringify(this.#rows))) {
      return;
    }

    const isNew = isEditable !== this.#isEditable || shown.length !== this.#rows.length || shown[0].length !== this.#rows[0].length;
    this.#rows = shown;
    this.#isEditable = isEditable;
    this.#steps.hidden = !isEditable;
    if (isNew) {
      this.#chosen = { row: 0, column: 0 };
      this.#grid.style.setProperty("--columns", String(shown[0].length));
      this.#grid.replaceChildren(...shown.flat().map((_, index) => this.#tile(index)));
    }

    this.#fill();
  }

  /** @param {number} index */
  #tile(index) {
    const tile = make("input", { type: "text", inputMode: "text", size: 1, readOnly: !this.#isEditable, autocomplete: "off" });
    tile.setAttribute("aria-label", this.#labelOf(index));
    tile.tabIndex = index === 0 ? 0 : -1;
    return tile;
  }

  get #tiles() {
    return /** @type {HTMLInputElement[]} */ ([...this.#grid.children]);
  }

  #fill() {
    const weights = this.#rows.flat();
    const max = Math.max(...weights.map(Math.abs)) || 1;
    this.#tiles.forEach((tile, index) => {
      const weight = weights[index];
      if (tile !== document.activeElement || Number(tile.value) !== weight) {
        tile.value = String(Math.round(weight * 1000) / 1000);
      }

      tile.className = weight > 0 ? "positive" : weight < 0 ? "negative" : "";
      tile.style.setProperty("--strength", `${Math.round((100 * Math.abs(weight)) / max)}%`);
      tile.removeAttribute("aria-invalid");
    });
  }

  /** @param {HTMLElement} tile */
  #choose(tile) {
    const index = this.#tiles.indexOf(/** @type {HTMLInputElement} */ (tile));
    const columns = this.#rows[0].length;
    this.#chosen = { row: Math.floor(index / columns), column: index % columns };
    this.#tiles.forEach((each) => (each.tabIndex = each === tile ? 0 : -1));
  }

  // What is not a number yet, such as a lone minus, waits for the next key.
  #read() {
    const { row, column } = this.#chosen;
    const tile = this.#tiles[row * this.#rows[0].length + column];
    const weight = tile.value.trim() === "" ? NaN : Number(tile.value.replace(",", ".").replace("−", "-"));
    tile.toggleAttribute("aria-invalid", false);
    if (Number.isFinite(weight)) {
      this.#set(row, column, weight);
    } else {
      tile.setAttribute("aria-invalid", "true");
    }
  }

  /** @param {number} by */
  #add(by) {
    const { row, column } = this.#chosen;
    this.#set(row, column, Math.round((this.#rows[row][column] + by) * 1000) / 1000);
  }

  /**
   * @param {number} row
   * @param {number} column
   * @param {number} weight
   */
  #set(row, column, weight) {
    if (this.#isEditable && this.#rows[row][column] !== weight) {
      this.#rows = this.#rows.map((weights, y) => weights.map((old, x) => (y === row && x === column ? weight : old)));
      this.#fill();
      this.#changed(this.#rows);
    }
  }

  /** @param {KeyboardEvent} event */
  #walk(event) {
    const columns = this.#rows[0].length;
    const by = /** @type {Record<string, number[]>} */ ({ ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] })[event.key];
    const row = this.#chosen.row + (by?.[0] ?? 0);
    const column = this.#chosen.column + (by?.[1] ?? 0);
    if (event.key === "Escape") {
      event.stopPropagation();
      /** @type {HTMLElement} */ (event.target).blur();
    } else if (by && row >= 0 && row < this.#rows.length && column >= 0 && column < columns) {
      event.preventDefault();
      const next = this.#tiles[row * columns + column];
      next.focus();
      next.select();
    }
  }

  /** @param {WheelEvent} event */
  #wheel(event) {
    const tile = /** @type {HTMLElement} */ (event.target);
    if (this.#isEditable && tile.tagName === "INPUT") {
      event.preventDefault();
      const step = this.#notches.of(event);
      if (step !== 0) {
        this.#choose(tile);
        this.#add(step);
      }
    }
  }
}
