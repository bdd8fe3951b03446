// An image of a few cells, each with its number, and the cells under a window marked.

import { make } from "../dom.js";

/** @typedef {{ top: number, left: number, height: number, width: number, dilation: number }} Marked */
/** @typedef {{ padding: number, max: number, marked: Marked | null, isSigned: boolean, reached?: number }} Options */

/** @param {number} value */
export const numberText = (value) => String(Number(value.toPrecision(4))).replace("-", "−");

export class CellGrid {
  #pointed;
  #painted;
  #padding = 0;
  #columns = 0;
  #isPainting = false;

  /**
   * @param {string} name
   * @param {(x: number, y: number) => void} pointed
   * @param {(x: number, y: number) => void} [painted] a cell was pressed, or passed over since
   */
  constructor(name, pointed, painted) {
    this.#pointed = pointed;
    this.#painted = painted;
    this.element = make("div", { className: "cells", tabIndex: 0, aria: { label: name } });
    this.element.setAttribute("role", "img");
    this.name = name;
    this.element.addEventListener("pointerdown", (event) => this.#down(event));
    this.element.addEventListener("pointermove", (event) => this.#move(event));
    this.element.addEventListener("pointerup", () => (this.#isPainting = false));
  }

  /**
   * @param {number[][]} rows
   * @param {Options} options
   */
  show(rows, options) {
    const columns = rows[0].length;
    if (this.element.childElementCount !== rows.length * columns || this.#columns !== columns) {
      this.#columns = columns;
      this.element.style.setProperty("--columns", String(columns));
      this.element.style.setProperty("--rows", String(rows.length));
      this.element.replaceChildren(...rows.flatMap((row) => row.map(() => make("span"))));
    }

    this.#padding = options.padding;
    this.element.setAttribute("aria-label", `${this.name}: ${columns - 2 * options.padding} columns, ${rows.length - 2 * options.padding} rows`);
    [...this.element.children].forEach((cell, index) => {
      this.#fill(/** @type {HTMLElement} */ (cell), rows, options, index % columns, Math.floor(index / columns));
    });
  }

  /**
   * @param {HTMLElement} cell
   * @param {number[][]} rows
   * @param {Options} options
   * @param {number} column
   * @param {number} row
   */
  #fill(cell, rows, { padding, max, marked, isSigned, reached = Infinity }, column, row) {
    const value = rows[row][column];
    const [x, y] = [column - padding, row - padding];
    const isHidden = row * this.#columns + column > reached;
    const isOutside = x < 0 || y < 0 || x >= this.#columns - 2 * padding || y >= rows.length - 2 * padding;
    const words = [
      isOutside ? "outside" : "",
      isHidden ? "hidden-cell" : "",
      marked && isUnder(marked, x, y) ? "marked" : "",
      isSigned && value < 0 ? "negative" : isSigned && value > 0 ? "positive" : "",
      !isSigned && value > 117 ? "bright" : "",
    ];
    cell.className = words.filter(Boolean).join(" ");
    cell.textContent = isHidden ? "" : numberText(value);
    cell.style.setProperty("--value", isSigned ? `${Math.round((70 * Math.abs(value)) / max)}%` : `rgb(${value} ${value} ${value})`);
  }

  /** @param {PointerEvent} event */
  #down(event) {
    const place = this.#placeOf(event);
    if (!place) {
      return;
    }

    this.#isPainting = this.#painted !== undefined;
    if (this.#painted) {
      this.#painted(place.x, place.y);
    }

    this.#pointed(place.x, place.y);
  }

  /** @param {PointerEvent} event */
  #move(event) {
    const place = this.#isPainting && event.buttons ? this.#placeOf(event) : null;
    const key = place ? `${place.x},${place.y}` : "";
    if (place && this.#painted && key !== this.element.dataset.last) {
      this.#painted(place.x, place.y);
    }

    this.element.dataset.last = key;
  }

  /** @param {PointerEvent} event */
  #placeOf(event) {
    const cell = document.elementFromPoint(event.clientX, event.clientY);
    const index = cell ? [...this.element.children].indexOf(cell) : -1;
    return index < 0 ? null : { x: (index % this.#columns) - this.#padding, y: Math.floor(index / this.#columns) - this.#padding };
  }
}

/**
 * @param {Marked} marked
 * @param {number} x
 * @param {number} y
 */
function isUnder({ top, left, height, width, dilation }, x, y) {
  const [row, column] = [(y - top) / dilation, (x - left) / dilation];
  return Number.isInteger(row) && Number.isInteger(column) && row >= 0 && row < height && column >= 0 && column < width;
}
