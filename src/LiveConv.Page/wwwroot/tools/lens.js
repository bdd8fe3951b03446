// The lens: how one value of a map came about, as cells with numbers. A cell that is pointed at or focused is lit wherever it counts.

import { make } from "../dom.js";
import { equation } from "./equation.js";
import { paper } from "./paper.js";
import { exact, operationName, operationRule, short } from "./stages.js";

/** @typedef {import("../session/messages.js").PixelAnswer} PixelAnswer */
/** @typedef {import("../session/messages.js").PixelTerm} PixelTerm */

/** @type {Record<import("../session/messages.js").Response, string>} */
const responses = {
  abs: "absolute value",
  offset128: "plus 128",
  positive: "only what is positive",
  negative: "only what is negative, without its sign",
};

/** Up to this side every cell has its number where the tool has this width; of larger kernels those in the loupe have. */
const maxNumbered = [{ from: 700, side: 7 }, { from: 510, side: 5 }, { from: 0, side: 3 }];

/** The cells of the loupe on a side. */
const loupeSides = { wide: 5, narrow: 3 };
const wideFrom = 510;

export class Lens {
  #place;
  #entered;
  #readout = make("p", { className: "readout", aria: { hidden: "true" } });
  /** The cells by their key. @type {Map<string, HTMLElement[]>} */
  #cells = new Map();
  /** @type {Map<string, string>} */
  #meanings = new Map();
  #focused = "";
  /** Those of the terms that have one, by the terms' numbers. @type {Map<number, HTMLElement>} */
  #loupes = new Map();
  /** How large the window of each term is. @type {{ rows: number, columns: number }[]} */
  #sizes = [];
  /** Of values of images the brightness, of others the largest value decides. */
  #scale = 255;

  /**
   * @param {HTMLElement} place
   * @param {(term: PixelTerm, row: number, column: number) => void} entered a cell of the input was chosen
   */
  constructor(place, entered) {
    this.#place = place;
    this.#entered = entered;
    place.addEventListener("pointerover", (event) => this.#light(keyOf(event.target)));
    place.addEventListener("pointerleave", () => this.#light(this.#focused));
    place.addEventListener("focusin", (event) => this.#light((this.#focused = keyOf(event.target))));
    place.addEventListener("focusout", () => this.#light((this.#focused = "")));
    place.addEventListener("keydown", (event) => this.#walk(event));
  }

  get #isNarrow() {
    return this.#place.clientWidth < wideFrom;
  }

  clear() {
    this.#place.replaceChildren();
  }

  /** @param {string | null} text */
  refuse(text) {
    this.#place.replaceChildren(make("p", { className: "fault", textContent: text ?? "" }));
  }

  /**
   * The first and the last cell of a term's window, for the lines that lead to it.
   * @param {number} term
   */
  windowOf(term) {
    const cells = [...(this.#place.querySelectorAll(".grids .patch")[term]?.querySelectorAll(".within") ?? [])];
    return cells.length > 0 ? { first: cells[0].getBoundingClientRect(), last: cells[cells.length - 1].getBoundingClientRect() } : null;
  }

  /** @param {PixelAnswer} answer */
  show(answer) {
    const focused = this.#focused;
    const hadFocus = this.#place.contains(document.activeElement);
    this.#cells.clear();
    this.#loupes.clear();
    this.#meanings.clear();
    const stage = answer.stages[answer.stage];
    const largest = Math.max(...answer.terms.flatMap((term) => term.patch.flat().map(Math.abs)), 1e-30);
    this.#scale = answer.stage === 0 ? 255 : largest;
    const value = answer.shown ? answer.shown.value : exact(answer.result);
    const weights = answer.terms.flatMap((term) => term.weights?.flat() ?? []);
    const heaviest = Math.max(...weights.map(Math.abs), 1e-30);
    this.#sizes = answer.terms.map((term) => ({ rows: term.rows.length, columns: term.columns.length }));
    const { parts, result } = this.#chain(answer);
    this.#place.replaceChildren(
      make("p", { className: "place", textContent: `Pixel [row ${answer.y}, column ${answer.x}] = ${value}` }),
      make("p", { className: "rule" }, make("b", { textContent: operationName(stage.operation) }), `: ${operationRule(stage.operation)}`),
      ...answer.terms.map((term, index) => this.#term(answer, term, index, heaviest)),
      ...parts,
      make("div", { className: "outcome" }, this.#readout, result),
      ...this.#equations(answer),
    );
    this.#light("");
    if (hadFocus) {
      // Another stage may have no such cell.
      const cell = focused ? this.#cells.get(focused)?.find((each) => each.tabIndex >= 0) : undefined;
      (cell ?? this.#place).focus();
    }
  }

  /**
   * @param {PixelAnswer} answer
   * @param {PixelTerm} term
   * @param {number} index
   * @param {number} heaviest
   */
  #term(answer, term, index, heaviest) {
    const { weights, products } = term;
    const operation = answer.stages[answer.stage].operation;
    const isTurned = operation === "convolution" && answer.operation === "convolution";
    const strengthOf = (/** @type {number} */ weight) => (100 * Math.abs(weight)) / heaviest;
    const side = Math.max(term.rows.length, term.columns.length);
    /** @type {(Node | string)[]} */
    const grids = [this.#patch(answer, term, index, heaviest)];
    if (weights) {
      grids.push(sign("×"), this.#grid("taps", isTurned ? "Kernel, turned by 180°" : "Kernel", index, weights, (weight) => ({
        text: short(weight),
        className: weight > 0 ? "positive" : weight < 0 ? "negative" : "zero",
        style: `--strength: ${strengthOf(weight)}%`,
      })));
    }

    if (products) {
      const largest = Math.max(...products.flat().map(Math.abs), 1e-30);
      grids.push(sign(weights ? "=" : "²"), this.#grid("products", weights ? "Products" : "Squares", index, products, (product) => ({
        text: short(product),
        className: product > 0 ? "positive" : product < 0 ? "negative" : "zero",
        style: `--strength: ${(100 * Math.abs(product)) / largest}%`,
      })));
    }

    const title = answer.terms.length > 1 || answer.stage > 0 ? make("h3", { textContent: nameOf(answer, term) }) : "";
    const isLarge = side > (maxNumbered.find(({ from }) => this.#place.clientWidth >= from)?.side ?? 0);
    const size = isLarge ? "large" : side > 3 ? "middle" : "";
    const element = make("div", { className: `term ${size}` }, title, make("div", { className: "grids" }, ...grids));
    if (isLarge) {
      const loupe = make("div", { className: "loupe", aria: { hidden: "true" } });
      element.append(loupe);
      this.#loupes.set(index, loupe);
    }

    const columns = term.patch[0].length;
    const near = term.patch[0].filter((_, x) => isNear(term.columns, term.patchLeft + x)).length;
    Object.entries({ side, patch: columns, near }).forEach(([name, value]) => element.style.setProperty(`--${name}`, String(value)));
    return element;
  }

  /**
   * The input around the window, as bright as it is, with the kernel laid over it.
   * @param {PixelAnswer} answer
   * @param {PixelTerm} term
   * @param {number} index
   * @param {number} heaviest
   */
  #patch(answer, term, index, heaviest) {
    const isLargest = ["maxPool", "max"].includes(answer.stages[answer.stage].operation);
    return this.#table("patch", answer.stage === 0 ? "Input" : "Map before", term.patch.map((row, y) => row.map((value, x) => {
      const [inRow, inColumn] = [term.patchTop + y, term.patchLeft + x];
      const [j, i] = [term.rows.indexOf(inRow), term.columns.indexOf(inColumn)];
      const isWithin = j >= 0 && i >= 0;
      const isOutside = inRow < 0 || inColumn < 0 || inRow >= answer.inputHeight || inColumn >= answer.inputWidth;
      const isFar = !isNear(term.rows, inRow) || !isNear(term.columns, inColumn);
      const weight = isWithin ? (term.weights?.[j][i] ?? 0) : 0;
      const cell = make("td", {
        textContent: short(value),
        className: ["cell", isWithin && "within", isOutside && "outside", isFar && "far", isLargest && isWithin && value === answer.result && "largest"].filter(Boolean).join(" "),
      });
      cell.style.cssText = paper(value / this.#scale, (0.7 * weight) / heaviest);
      if (isWithin) {
        const product = term.products?.[j][i];
        const factor = term.weights ? ` × ${exact(term.weights[j][i])}` : product === undefined ? "" : "²";
        const border = isOutside ? ` (outside: border ${answer.border})` : "";
        this.#know(cell, `${index},${j},${i}`, `${exact(value)}${border}${factor}${product === undefined ? "" : ` = ${exact(product)}`}`, j === 0 && i === 0 && index === 0);
      } else {
        cell.setAttribute("aria-hidden", "true");
      }

      if (!isOutside) {
        cell.addEventListener("click", () => this.#entered(term, inRow, inColumn));
      }

      return cell;
    })));
  }

  /**
   * @param {string} name
   * @param {string} title
   * @param {number} index
   * @param {number[][]} rows
   * @param {(value: number) => { text: string, className: string, style: string }} look
   */
  #grid(name, title, index, rows, look) {
    return this.#table(name, title, rows.map((row, j) => row.map((value, i) => {
      const { text, className, style } = look(value);
      const cell = make("td", { textContent: text, className: `cell ${className}`, title: exact(value) });
      cell.style.cssText = style;
      this.#know(cell, `${index},${j},${i}`);
      return cell;
    })));
  }

  /**
   * @param {string} name
   * @param {string} title
   * @param {HTMLElement[][]} rows
   */
  #table(name, title, rows) {
    return make("table", { className: name }, make("caption", { textContent: title }), make("tbody", {}, ...rows.map((row) => make("tr", {}, ...row))));
  }

  /**
   * @param {HTMLElement} cell
   * @param {string} key
   * @param {string} [meaning]
   * @param {boolean} [isFirst]
   */
  #know(cell, key, meaning, isFirst = false) {
    cell.dataset.cell = key;
    this.#cells.set(key, [...(this.#cells.get(key) ?? []), cell]);
    if (meaning) {
      this.#meanings.set(key, meaning);
      cell.tabIndex = isFirst ? 0 : -1;
      cell.setAttribute("aria-label", meaning);
    }
  }

  /** @param {string} key */
  #light(key) {
    this.#place.querySelectorAll(".lit").forEach((cell) => cell.classList.remove("lit"));
    this.#cells.get(key)?.forEach((cell) => cell.classList.add("lit"));
    this.#loupes.forEach((loupe, index) => this.#enlarge(loupe, index, key));
    const meaning = this.#meanings.get(key);
    this.#readout.textContent = meaning ?? "Point at a cell: it is lit wherever it counts.";
    this.#readout.classList.toggle("idle", meaning === undefined);
  }

  /**
   * Shows the cells round one of a large kernel with their numbers; round the middle one while none is pointed at.
   * @param {HTMLElement} loupe
   * @param {number} index its term
   * @param {string} key
   */
  #enlarge(loupe, index, key) {
    const grids = [.../** @type {NodeListOf<HTMLTableElement>} */ (loupe.parentElement?.querySelectorAll(".grids table"))];
    const { rows, columns } = this.#sizes[index];
    const [term, row, column] = key.split(",").map(Number);
    const centre = key && term === index ? [row, column] : [rows >> 1, columns >> 1];
    const side = this.#isNarrow ? loupeSides.narrow : loupeSides.wide;
    const [ys, xs] = [[centre[0], rows], [centre[1], columns]].map(([at, count]) => {
      const first = Math.max(0, Math.min(count - side, at - (side >> 1)));
      return Array.from({ length: Math.min(side, count) }, (_, i) => first + i);
    });
    const cells = ys.map((y) => xs.map((x) => this.#cells.get(`${index},${y},${x}`) ?? []));
    loupe.parentElement?.querySelectorAll(".enlarged").forEach((cell) => cell.classList.remove("enlarged"));
    loupe.style.setProperty("--loupe", String(side));
    loupe.replaceChildren(...grids.flatMap((grid, number) => [...(number > 0 ? [sign(number === 1 ? "×" : "=")] : []), make(
      "table",
      { className: grid.className },
      make("caption", { textContent: grid.caption?.textContent ?? "" }),
      make("tbody", {}, ...cells.map((line) => make("tr", {}, ...line.map((same) => copyOf(same.find((cell) => grid.contains(cell))))))),
    )]));
    cells.flat(2).forEach((cell) => cell.classList.add("enlarged"));
  }

  /** @param {KeyboardEvent} event */
  #walk(event) {
    const by = /** @type {Record<string, number[]>} */ ({ ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] })[event.key];
    const key = keyOf(event.target);
    if (!key || event.ctrlKey || event.altKey || event.metaKey) {
      return;
    }

    if (event.key === "Enter") {
      this.#cells.get(key)?.find((cell) => cell.closest(".patch"))?.click();
      event.preventDefault();
      event.stopPropagation();
    } else if (by) {
      const [term, row, column] = key.split(",").map(Number);
      const next = this.#cells.get(`${term},${row + by[0]},${column + by[1]}`)?.find((cell) => cell.closest(".patch"));
      if (next) {
        /** @type {HTMLElement} */ (event.target).tabIndex = -1;
        next.tabIndex = 0;
        next.focus();
      }

      event.preventDefault();
      event.stopPropagation();
    }
  }

  // From the products to the pixel, one step after the other; only those that change something. The sums of many terms stand above: the
  // steps from sum to pixel stay in sight.
  /** @param {PixelAnswer} answer */
  #chain(answer) {
    const { operation } = answer.stages[answer.stage];
    const parts = madeOf(answer, operation);
    const isLong = answer.terms.length > 2;
    const steps = [...(isLong ? [] : parts), step(operation === "convolution" ? "sum" : "value", exact(answer.result), sumClass(answer.result))];
    const { shown } = answer;
    if (shown) {
      let value = answer.result;
      if (shown.gain !== 1) {
        value *= shown.gain;
        steps.push(arrow(`× ${exact(shown.gain)}`), step("times the gain", exact(value)));
      }

      const after = { abs: Math.abs(value), offset128: value + 128, positive: Math.max(value, 0), negative: Math.max(-value, 0) }[shown.response];
      if (after !== value) {
        steps.push(arrow(responses[shown.response]), step("response", exact(after)));
      }

      const how = after > 255 || after < 0 ? "kept within 0…255" : Number.isInteger(after) ? (after === value ? responses[shown.response] : "") : "rounded";
      const pixel = step("pixel", String(shown.value), "pixel");
      pixel.style.cssText = paper(shown.value / 255, 0);
      steps.push(arrow(how), pixel);
    }

    return { parts: isLong ? [make("div", { className: "chain" }, ...parts)] : [], result: make("div", { className: "chain" }, ...steps) };
  }

  /** @param {PixelAnswer} answer */
  #equations({ horizontally, vertically, terms, stages, stage }) {
    const factor = ["nearest", "bilinear", "transposed"].includes(stages[stage].operation)
      ? [make("p", { className: "hint", textContent: `${terms.length > 0 ? stages[stage].width : 0}x${stages[stage].height}: larger than the map before` })]
      : [];
    return horizontally && vertically
      ? [make("h3", { textContent: "How large the map is" }), equation("columns", horizontally), equation("rows", vertically)]
      : factor;
  }
}

/**
 * A cell as it looks, for no pointer or key.
 * @param {HTMLElement | undefined} cell
 */
function copyOf(cell) {
  const copy = make("td", { className: cell?.className ?? "cell", textContent: cell?.textContent ?? "" });
  copy.style.cssText = cell?.style.cssText ?? "";
  return copy;
}

/**
 * Whether a row or column is one of the window's, or next to one.
 * @param {number[]} window
 * @param {number} at
 */
const isNear = (window, at) => [-1, 0, 1].some((by) => window.includes(at + by));

/** @param {EventTarget | null} target */
const keyOf = (target) => /** @type {HTMLElement | null} */ (/** @type {HTMLElement | null} */ (target)?.closest("[data-cell]"))?.dataset.cell ?? "";

/** @param {string} text */
const sign = (text) => make("span", { className: "sign", textContent: text });

/** @param {number} value */
const sumClass = (value) => (value < 0 ? "negative" : value > 0 ? "positive" : "");

/**
 * @param {string} name
 * @param {string} value
 * @param {string} [className]
 */
const step = (name, value, className = "") =>
  make("span", { className: `step ${className}` }, make("small", { textContent: name }), make("b", { textContent: value }));

/** @param {string} text */
const arrow = (text) => make("span", { className: "arrow" }, make("small", { textContent: text }), "→");

/**
 * What stands before the value.
 * @param {PixelAnswer} answer
 * @param {import("../session/messages.js").StageOperation} operation
 */
function madeOf(answer, operation) {
  const sums = answer.terms.map((term) => (term.products ?? term.window).flat().reduce((sum, value) => sum + value, 0));
  switch (operation) {
    case "convolution": {
      const parts = sums.length > 1 ? sums.map((sum) => step("sum", exact(sum), sumClass(sum))) : [];
      const bias = answer.bias === 0 ? [] : [step("bias", exact(answer.bias), sumClass(answer.bias))];
      const shown = sums.length === 1 && bias.length > 0 ? [step("products", exact(sums[0]), sumClass(sums[0]))] : parts;
      const all = [...shown, ...bias].flatMap((part, index) => (index > 0 ? [sign("+"), part] : [part]));
      return all.length > 0 ? [...all, sign("=")] : [make("span", { className: "sigma", textContent: "Σ products" }), sign("=")];
    }

    case "magnitude": return [...sums.flatMap((sum, index) => (index > 0 ? [sign("+"), step("square", exact(sum))] : [step("square", exact(sum))])), arrow("root")];
    case "threshold": return [step("value before", exact(sums[0] ?? 0)), arrow(`at least ${exact(answer.threshold)}?`)];
    case "maxPool": case "max": return [make("span", { className: "sigma", textContent: "largest" }), sign("=")];
    case "thin": return [make("span", { className: "sigma", textContent: answer.result === 0 ? "not the longest: 0" : "the longest: kept" }), sign("=")];
    case "averagePool": case "bilinear": case "transposed": return [make("span", { className: "sigma", textContent: "Σ products" }), sign("=")];
    default: return [];
  }
}

/**
 * @param {PixelAnswer} answer
 * @param {PixelTerm} term
 */
function nameOf(answer, term) {
  if (answer.stage === 0) {
    return term.from === 0 ? "This frame" : term.from === 1 ? "The frame before" : `${term.from} frames before`;
  }

  const before = answer.stages[answer.stage - 1];
  return `${before.maps > 1 ? `Map ${term.from + 1} of ` : ""}${before.name || operationName(before.operation)}`;
}
