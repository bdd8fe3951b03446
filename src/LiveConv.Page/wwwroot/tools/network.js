// A trained network over the live image: its layers in a list, the maps of one, the classes; of one unit the sum that makes it.

import { get, make } from "../dom.js";
import { draw } from "./lensmarks.js";
import { drawSmall } from "./smallmap.js";
import { exact, short } from "./stages.js";

// As often as images come, and not more often than that.
const every = 30;

// Pixels between two maps of a sheet.
const gap = 1;

/** @typedef {import("../session/messages.js").NetworkMessage} NetworkMessage */
/** @typedef {import("../session/messages.js").NetworkLayerLine} NetworkLayerLine */
/** @typedef {import("../session/messages.js").SheetLine} SheetLine */
/** @typedef {import("../session/messages.js").UnitQuestion} UnitQuestion */

export class Network {
  #send;
  #title = get("network-title");
  #fault = get("network-fault");
  #list = get("network-layers");
  #about = get("network-about");
  #canvas = /** @type {HTMLCanvasElement} */ (get("network-maps").querySelector("canvas"));
  #input = /** @type {HTMLElement} */ (get("network-side").querySelector(".input"));
  #scores = get("network-scores");
  #unit = get("network-unit");
  #place = /** @type {HTMLInputElement[]} */ ([...get("network-place").querySelectorAll("input")]);
  #isOpen = false;
  #isAsking = false;
  #isStale = false;
  #asked = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #layer = 0;
  /** @type {UnitQuestion | null} */
  #question = null;
  /** @type {NetworkLayerLine[]} */
  #layers = [];
  /** @type {SheetLine | null} */
  #sheet = null;
  #offscreen = make("canvas");

  /** @param {(message: import("../session/messages.js").PageMessage) => void} send */
  constructor(send) {
    this.#send = send;
    this.#canvas.onclick = (event) => this.#point(event);
    get("network-place").oninput = () => this.#type();
  }

  /** @param {string | null} name of the network that the run has */
  offer(name) {
    get("network-open").hidden = name === null;
    this.#title.textContent = name ? `Network: ${name}` : "Network";
  }

  /** @param {boolean} isOpen */
  open(isOpen) {
    this.#isOpen = isOpen;
    this.#isAsking = false;
    this.refresh();
  }

  /** The connection is there again: what was asked before is not answered, and it may be another network. */
  resume() {
    this.#isAsking = false;
    this.#layers = [];
    this.#layer = 0;
    this.#question = null;
    this.refresh();
  }

  /** There may be a newer image. */
  refresh() {
    clearTimeout(this.#timer);
    const wait = every - (performance.now() - this.#asked);
    if (this.#isAsking) {
      this.#isStale = true;
    } else if (this.#isOpen && wait > 0) {
      this.#timer = setTimeout(() => this.refresh(), wait);
    } else if (this.#isOpen) {
      this.#ask();
    }
  }

  /** @param {NetworkMessage} message */
  show(message) {
    this.#isAsking = false;
    if (!this.#isOpen) {
      return;
    }

    this.#fault.hidden = !message.refused;
    if (this.#fault.textContent !== (message.refused ?? "")) {
      this.#fault.textContent = message.refused;
    }

    if (message.layers) {
      this.#layers = message.layers;
      this.#build();
    }

    if (message.maps && message.layer === this.#layer && this.#layers.length > 0) {
      this.#showMaps(message.maps);
      this.#showInput(message);
      this.#showUnit(message);
    }

    this.#scores.replaceChildren(...message.scores.map(({ label, score }) => make(
      "li", {}, make("span", { textContent: label }), make("meter", { max: 1, value: score, aria: { label }, textContent: `${Math.round(100 * score)} %` }),
      make("span", { className: "value", textContent: `${(100 * score).toFixed(1)} %` }))));
    if (this.#isStale) {
      this.#isStale = false;
      this.refresh();
    }
  }

  #ask() {
    this.#isAsking = true;
    this.#asked = performance.now();
    this.#send({ network: { layer: this.#layer, width: 112, withLayers: this.#layers.length === 0, unit: this.#question } });
  }

  #build() {
    this.#layer = Math.min(this.#layer, this.#layers.length - 1);
    this.#list.replaceChildren(...this.#layers.map((layer, index) => {
      const button = make("button", { type: "button", aria: { pressed: String(index === this.#layer) } },
        make("span", { className: "name", textContent: titleOf(layer, index) }),
        make("span", { className: "hint", textContent: `${layer.channels} × ${layer.width}x${layer.height}` }));
      button.onclick = () => this.#choose(index);
      return button;
    }));
  }

  /**
   * @param {number} layer
   * @param {UnitQuestion | null} [question]
   */
  #choose(layer, question = null) {
    this.#layer = layer;
    this.#question = question;
    [...this.#list.children].forEach((button, index) => button.setAttribute("aria-pressed", String(index === layer)));
    this.#list.children[layer]?.scrollIntoView({ block: "nearest", inline: "nearest" });
    this.#unit.replaceChildren();
    this.#ask();
  }

  /** @param {SheetLine} sheet */
  #showMaps(sheet) {
    this.#sheet = sheet;
    const layer = this.#layers[this.#layer];
    const rows = Math.ceil(sheet.shown / sheet.columns);
    drawSmall(this.#offscreen, { width: sheet.columns * sheet.width, height: rows * sheet.height, pixels: sheet.pixels }, sheet.isSigned, true);
    const [width, height] = [sheet.columns * (sheet.width + gap) - gap, rows * (sheet.height + gap) - gap];
    if (this.#canvas.width !== width || this.#canvas.height !== height) {
      this.#canvas.width = width;
      this.#canvas.height = height;
      this.#canvas.style.setProperty("--ratio", String(width / height));
    }

    const context = /** @type {CanvasRenderingContext2D} */ (this.#canvas.getContext("2d"));
    context.clearRect(0, 0, width, height);
    for (let map = 0; map < sheet.shown; map++) {
      const [column, row] = [map % sheet.columns, Math.floor(map / sheet.columns)];
      context.drawImage(this.#offscreen, column * sheet.width, row * sheet.height, sheet.width, sheet.height,
        column * (sheet.width + gap), row * (sheet.height + gap), sheet.width, sheet.height);
    }

    const { parameters, multiplyAdds, operators } = layer;
    this.#about.textContent = [
      operators.length > 0 ? operators.join(", ") : "the image",
      `${sheet.count} × ${layer.width}x${layer.height}${sheet.shown < sheet.count ? `, the first ${sheet.shown} shown` : ""}`,
      parameters > 0 ? `${parameters.toLocaleString("en")} parameters` : "",
      multiplyAdds > 0 ? `${multiplyAdds.toLocaleString("en")} multiply-adds` : "",
      sheet.isSigned ? `blue is positive, amber negative, brightest at ${exact(sheet.scale)}` : `white is ${exact(sheet.scale)}`,
    ].filter(Boolean).join("; ");
    this.#canvas.setAttribute("aria-label", `Maps of layer ${this.#layer}`);
    [sheet.count, layer.width, layer.height].forEach((count, index) => (this.#place[index].max = String(count - 1)));
  }

  /** @param {NetworkMessage} message */
  #showInput({ input, unit }) {
    if (input) {
      drawSmall(/** @type {HTMLCanvasElement} */ (this.#input.querySelector("canvas")), input);
    }

    const [of] = this.#layers;
    const field = unit && { left: unit.field.x, top: unit.field.y, width: unit.field.width, height: unit.field.height };
    draw(this.#input, of.width, of.height, field ? [field] : [], "window");
  }

  /** @param {NetworkMessage} message */
  #showUnit({ unit }) {
    if (!unit) {
      this.#unit.replaceChildren(make("p", { className: "hint", textContent: "Click a pixel of a map to see how it came about." }));
      return;
    }

    const { map, x, y, value, from, sum } = unit;
    /** @type {HTMLElement[]} */
    const parts = [make("p", {}, make("b", { textContent: exact(value) }), ` is map ${map}'s value at column ${x}, row ${y}.`)];
    if (sum) {
      const first = this.#layers[from[0]];
      const strongest = sum.parts.map((part, index) => ({ part, map: sum.first + index }))
        .sort((a, b) => Math.abs(b.part) - Math.abs(a.part)).slice(0, 6);
      const buttons = strongest.map(({ part, map: source }) => {
        const button = make("button", { type: "button", textContent: `map ${source}: ${short(part)}`, aria: { pressed: String(source === sum.input) } });
        button.onclick = () => this.#explain({ ...this.#at, input: source });
        return button;
      });
      const kernels = make("canvas", { role: "img", className: "kernels" });
      kernels.setAttribute("aria-label", "The kernel, one square for each input map");
      const rows = Math.ceil(sum.kernels.shown / sum.kernels.columns);
      drawSmall(kernels, { width: sum.kernels.columns * sum.kernels.width, height: rows * sum.kernels.height, pixels: sum.kernels.pixels }, sum.kernels.isSigned);
      const below = make("button", { type: "button", textContent: `Go to map ${sum.input} of ${titleOf(first, from[0])}` });
      below.onclick = () => this.#descend(from[0], sum, first);
      parts.push(
        make("p", { textContent: `The sum over ${sum.parts.length} input maps; those that count most:` }),
        make("div", { className: "row" }, ...buttons),
        make("div", { className: "tables" },
          table(`Map ${sum.input}`, sum.elements), table("Kernel", sum.weights), table("Products", sum.elements.map((row, j) => row.map((element, i) => (element ?? 0) * sum.weights[j][i])))),
        make("p", { textContent: equation(sum, value) }),
        make("p", { className: "hint", textContent: `The whole kernel, a square for each of ${sum.kernels.count} input maps:` }),
        kernels,
        make("p", {}, below),
      );
    } else if (from.length > 0) {
      const below = make("button", { type: "button", textContent: `Go to ${titleOf(this.#layers[from[0]], from[0])}` });
      below.onclick = () => this.#choose(from[0]);
      parts.push(make("p", {}, below));
    }

    // What has the focus stays: the image changes many times a second.
    const active = [...this.#unit.querySelectorAll("button")].indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    this.#unit.replaceChildren(...parts);
    if (active >= 0) {
      [...this.#unit.querySelectorAll("button")][active]?.focus();
    }
  }

  get #at() {
    const [map, x, y] = this.#place.map((field) => Number(field.value));
    return { map, x, y, input: null };
  }

  /** @param {UnitQuestion} question */
  #explain(question) {
    this.#question = question;
    [question.map, question.x, question.y].forEach((value, index) => (this.#place[index].value = String(value)));
    this.#ask();
  }

  /**
   * Into the layer below, to the middle of the window.
   * @param {number} layer
   * @param {import("../session/messages.js").UnitSum} sum
   * @param {NetworkLayerLine} below
   */
  #descend(layer, sum, below) {
    const middle = (/** @type {number} */ start, /** @type {number} */ count, /** @type {number} */ step, /** @type {number} */ length) =>
      Math.max(0, Math.min(length - 1, start + Math.floor(count / 2) * step));
    this.#choose(layer);
    this.#explain({
      map: sum.input,
      input: null,
      x: middle(sum.x, sum.weights[0].length, sum.stepX, below.width),
      y: middle(sum.y, sum.weights.length, sum.stepY, below.height),
    });
  }

  #type() {
    const at = this.#at;
    if (this.#place.every((field) => field.checkValidity() && field.value !== "")) {
      this.#question = at;
      this.#ask();
    }
  }

  /** @param {MouseEvent} event */
  #point(event) {
    const sheet = this.#sheet;
    const layer = this.#layers[this.#layer];
    if (!sheet || !layer) {
      return;
    }

    const box = this.#canvas.getBoundingClientRect();
    const [x, y] = [((event.clientX - box.left) / box.width) * this.#canvas.width, ((event.clientY - box.top) / box.height) * this.#canvas.height];
    const [column, row] = [Math.floor(x / (sheet.width + gap)), Math.floor(y / (sheet.height + gap))];
    const map = row * sheet.columns + column;
    if (map >= sheet.shown) {
      return;
    }

    const within = (/** @type {number} */ at, /** @type {number} */ side, /** @type {number} */ length) =>
      Math.min(length - 1, Math.floor((Math.min(at % (side + gap), side - 0.001) / side) * length));
    this.#explain({ map, input: null, x: within(x, sheet.width, layer.width), y: within(y, sheet.height, layer.height) });
  }
}

/**
 * @param {NetworkLayerLine} layer
 * @param {number} index
 */
const titleOf = (layer, index) => (index === 0 ? "Input" : `${index} ${layer.operators[0] ?? ""}`.trim());

/**
 * @param {import("../session/messages.js").UnitSum} sum
 * @param {number} value
 */
function equation({ parts, bias, added, total, after }, value) {
  const products = parts.reduce((all, part) => all + part, 0);
  const terms = [`products ${short(products)}`, `bias ${short(bias)}`, ...(added === null ? [] : [`from the other layer ${short(added)}`])];
  return `${terms.join(" + ")} = ${short(total)}${after.length > 0 ? `, then ${after.join(", ")}: ${short(value)}` : ""}`;
}

/**
 * @param {string} title
 * @param {readonly (readonly (number | null)[])[]} rows
 */
function table(title, rows) {
  const cells = rows.map((row) => make("tr", {}, ...row.map((value) => make("td", { textContent: value === null ? "0" : short(value), className: value === null ? "outside" : "" }))));
  return make("div", {}, make("p", { className: "hint", textContent: title }), make("table", { aria: { label: title } }, make("tbody", {}, ...cells)));
}
