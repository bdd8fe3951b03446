// The microscope: an image of a few cells, the window that slides over it step by step, and the output as it fills. Every number is
// LiveConv's own: this page asks for each step, and shows what it is sent.

import { get, make } from "../dom.js";
import { CellGrid, numberText } from "./cellgrid.js";
import { MicroscopeWords } from "./microscopewords.js";
import { Tiles } from "./tiles.js";

/** @typedef {import("../session/messages.js").MicroscopeRequest} Request */
/** @typedef {import("../session/messages.js").MicroscopeMessage} Answer */
/** @typedef {import("../session/messages.js").OutputEquation} Equation */

const livePeriod = 500;
const steps = /** @type {const} */ (["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"]);

/** Why there is nothing to see. @type {Record<import("../session/messages.js").MicroscopeRefusal, string>} */
const refusals = {
  noImage: "There is no image yet.",
  poolPadding: "A pooling pads at most half its window: choose less padding, or a larger window.",
  cropped: "The padding crops the whole output: choose less of it.",
  tooLarge: "The window does not fit: choose more padding, less dilation or a smaller kernel.",
};

/** @type {Request} */
const start = {
  width: 16,
  height: 12,
  image: null,
  kernel: [[1, 0, -1], [1, 0, -1], [1, 0, -1]],
  kind: "convolution",
  operation: "correlation",
  border: "zero",
  stride: 1,
  padding: 0,
  dilation: 1,
  x: 0,
  y: 0,
};

export class Microscope {
  #words = new MicroscopeWords(get("microscope"));
  #send;
  #changed;
  #request = structuredClone(start);
  /** @type {Answer | null} */
  #answer = null;
  #isOpen = false;
  #isAsking = false;
  #isStale = false;
  #isPlaying = false;
  /** The image is the camera's, and new every half second. */
  #isLive = true;
  #lastLive = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #ticker;
  #tiles = new Tiles("Microscope", (rows) => this.#change({ kernel: rows }));
  #image = new CellGrid("Image", (x, y) => this.#pointImage(x, y), (x, y) => this.#brush(x, y));
  #output = new CellGrid("Output", (x, y) => this.#pointOutput(x, y));

  /**
   * @param {(message: import("../session/messages.js").PageMessage) => void} send
   * @param {() => void} changed something else may be shown
   */
  constructor(send, changed) {
    this.#send = send;
    this.#changed = changed;
    get("microscope-image").append(this.#image.element);
    get("microscope-output").append(this.#output.element);
    get("microscope-kernel").append(this.#tiles.element);
    get("microscope-play").onclick = () => this.#play(!this.#isPlaying);
    get("microscope-back").onclick = () => this.#walk(-1);
    get("microscope-next").onclick = () => this.#walk(1);
    const settings = get("microscope-settings");
    settings.onclick = () => settings.setAttribute("aria-expanded", String(settings.ariaExpanded !== "true"));
    for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (get("microscope").querySelectorAll("[data-source]"))) {
      button.onclick = () => this.#chooseSource(button.dataset.source ?? "");
    }

    for (const field of this.#fields) {
      field.oninput = () => this.#change({ [field.name]: choiceOf(field)?.dataset.value ?? (field.type === "range" ? Number(field.value) : field.value) });
    }

    this.#sizes.onchange = () => this.#resizeKernel(Number(this.#sizes.value));
    get("microscope-grids").addEventListener("keydown", (event) => this.#key(event));
  }

  /** @param {boolean} isOpen */
  open(isOpen) {
    this.#isOpen = isOpen;
    clearInterval(this.#ticker);
    this.#play(false);
    this.showNamed("");
    if (isOpen) {
      this.#ticker = setInterval(() => this.#refresh(), livePeriod);
      this.#ask();
    }
  }

  /** What it shows; null while it is closed. @returns {Request | null} */
  get shown() {
    return this.#isOpen ? { ...this.#request, image: this.#isLive ? null : this.#request.image } : null;
  }

  /**
   * Shows what a step of a lesson wants, or the presenter's page shows.
   * @param {Request} request
   */
  show(request) {
    this.#request = structuredClone(request);
    this.#isLive = request.image === null;
    this.#ask();
  }

  /**
   * The sliders that a step of a lesson names, in the quotes of its language, are in sight in a small window too.
   * @param {string} text of the step
   */
  showNamed(text) {
    const quoted = [...text.matchAll(/["“„«]\s?([^"“”„«»]+?)\s?["“”»]/g)].map(([, name]) => name);
    for (const label of get("microscope-sliders").querySelectorAll("label")) {
      label.toggleAttribute("data-named", quoted.includes(label.firstChild?.textContent?.trim() ?? ""));
    }

    get("microscope").scrollTop = 0;
  }

  /** @param {string} language that of the lesson on show */
  speak(language) {
    this.#words.speak(language);
    if (this.#isOpen && this.#answer) {
      this.#draw(this.#answer);
    }
  }

  /** The connection was lost: what was asked will not be answered. */
  forget() {
    this.#isAsking = false;
    this.#play(false);
  }

  /**
   * @param {string} key
   * @returns {boolean} whether the key moves the window
   */
  press(key) {
    if (!this.#isOpen || !(key.startsWith("Arrow") || key === "Home" || key === "End")) {
      return false;
    }

    this.#play(false);
    const { width, height } = this.#places;
    const { x, y } = this.#request;
    const to = { ArrowLeft: [x - 1, y], ArrowRight: [x + 1, y], ArrowUp: [x, y - 1], ArrowDown: [x, y + 1], Home: [0, 0], End: [width - 1, height - 1] }[/** @type {typeof steps[number]} */ (key)];
    if (to && to[0] >= 0 && to[0] < width && to[1] >= 0 && to[1] < height) {
      this.#go(to[0], to[1]);
    }

    return true;
  }

  /** @param {Answer} answer */
  answered(answer) {
    this.#isAsking = false;
    this.#answer = answer;
    if (!answer.refused && !this.#isStale) {
      this.#request.x = answer.x;
      this.#request.y = answer.y;
    }

    if (this.#isOpen) {
      this.#draw(answer);
    }

    if (this.#isStale) {
      this.#ask();
    } else if (this.#isPlaying && !answer.refused) {
      this.#timer = setTimeout(() => this.#walk(1, true), 1000 / Number(/** @type {HTMLInputElement} */ (get("microscope-speed")).value));
    }
  }

  get #fields() {
    return /** @type {NodeListOf<HTMLInputElement>} */ (get("microscope-options").querySelectorAll("[name]"));
  }

  get #sizes() {
    return /** @type {HTMLSelectElement} */ (get("microscope-size"));
  }

  /** Where a step can be: in the output; a transposed convolution steps over the image. */
  get #places() {
    const { horizontally, vertically } = this.#answer ?? {};
    const isTransposed = this.#request.kind === "transposed";
    return isTransposed
      ? { width: this.#request.width, height: this.#request.height }
      : { width: horizontally?.out ?? 1, height: vertically?.out ?? 1 };
  }

  // One question at a time; the newest settings are asked about when the answer is there. A held image travels with the question.
  #ask() {
    this.#changed();
    this.#isStale = this.#isAsking;
    if (this.#isAsking || !this.#isOpen) {
      return;
    }

    this.#isAsking = true;
    const isNew = this.#isLive && performance.now() - this.#lastLive >= livePeriod - 50;
    const last = this.#answer?.image;
    const fits = last?.length === this.#request.height && last[0].length === this.#request.width;
    if (isNew) {
      this.#lastLive = performance.now();
    }

    const image = this.#isLive ? (isNew || !fits ? null : last) : this.#request.image;
    this.#send({ microscope: { ...this.#request, image } });
  }

  #refresh() {
    if (this.#isLive && !document.hidden && !this.#isPlaying) {
      this.#ask();
    }
  }

  /** @param {Partial<Request>} changes */
  #change(changes) {
    Object.assign(this.#request, changes);
    this.#ask();
  }

  /**
   * @param {number} x
   * @param {number} y
   */
  #go(x, y) {
    this.#change({ x, y });
  }

  /**
   * @param {number} by
   * @param {boolean} [isPlayed]
   */
  #walk(by, isPlayed = false) {
    if (!isPlayed) {
      this.#play(false);
    }

    const { width, height } = this.#places;
    const next = this.#request.y * width + this.#request.x + by;
    if (next >= 0 && next < width * height) {
      this.#go(next % width, Math.floor(next / width));
    } else {
      this.#play(false);
    }
  }

  // While it plays, the image is held: a window that moves over a moving image shows neither.
  /** @param {boolean} isOn */
  #play(isOn) {
    clearTimeout(this.#timer);
    this.#isPlaying = isOn;
    get("microscope-play").setAttribute("aria-pressed", String(isOn));
    if (isOn) {
      this.#hold();
      const { width, height } = this.#places;
      const isAtEnd = this.#request.x === width - 1 && this.#request.y === height - 1;
      this.#go(isAtEnd ? 0 : this.#request.x, isAtEnd ? 0 : this.#request.y);
    }
  }

  #hold() {
    if (this.#isLive && this.#answer) {
      this.#isLive = false;
      this.#request.image = this.#answer.image;
      this.#showSource();
    }
  }

  /** @param {string} source */
  #chooseSource(source) {
    this.#play(false);
    const size = source === "small" ? { width: 6, height: 5 } : { width: 16, height: 12 };
    if (source === "live" || source === "small") {
      this.#isLive = true;
      this.#lastLive = 0;
      this.#change({ ...size, image: null });
    } else if (source === "hold") {
      this.#hold();
      this.#ask();
    } else {
      const { width, height } = this.#request;
      this.#isLive = false;
      this.#change({ image: Array.from({ length: height }, () => new Array(width).fill(0)) });
    }
  }

  /** @param {number} side */
  #resizeKernel(side) {
    const { kernel } = this.#request;
    this.#change({ kernel: Array.from({ length: side }, (_, y) => Array.from({ length: side }, (_, x) => kernel[y]?.[x] ?? 0)) });
  }

  /**
   * @param {number} x
   * @param {number} y
   */
  #pointImage(x, y) {
    const { kind, stride, padding } = this.#request;
    const { width, height } = this.#places;
    const at = (/** @type {number} */ place, /** @type {number} */ count) => Math.max(0, Math.min(count - 1, Math.floor((place + padding) / stride)));
    this.#play(false);
    this.#go(kind === "transposed" ? x : at(x, width), kind === "transposed" ? y : at(y, height));
  }

  /**
   * @param {number} x
   * @param {number} y
   */
  #pointOutput(x, y) {
    if (this.#request.kind !== "transposed") {
      this.#play(false);
      this.#go(x, y);
    }
  }

  /**
   * @param {number} x
   * @param {number} y
   */
  #brush(x, y) {
    const brush = /** @type {HTMLSelectElement} */ (get("microscope-brush")).value;
    if (brush) {
      this.#paint(x, y, Number(brush));
    }
  }

  /**
   * A cell of the image is painted, which holds the image.
   * @param {number} x
   * @param {number} y
   * @param {number} value
   */
  #paint(x, y, value) {
    this.#hold();
    const { image } = this.#request;
    if (image?.[y]?.[x] !== undefined) {
      image[y][x] = value;
      this.#ask();
    }
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const isGrid = /** @type {HTMLElement} */ (event.target).matches(".cells");
    if (isGrid && !event.ctrlKey && !event.metaKey && !event.altKey && this.press(event.key)) {
      event.preventDefault();
      event.stopPropagation();
    } else if (isGrid && (event.key === " " || event.key === "Enter") && this.#answer) {
      // The cell under the middle of the window.
      const { kind } = this.#request;
      const { kernel, left, top, x, y } = this.#answer;
      const [middleX, middleY] = kind === "transposed" ? [x, y] : [left + ((kernel[0]?.length ?? 1) >> 1), top + (kernel.length >> 1)];
      this.#paint(middleX, middleY, (this.#answer.image[middleY]?.[middleX] ?? 0) > 127 ? 0 : 255);
      event.preventDefault();
      event.stopPropagation();
    }
  }

  #showSource() {
    const { width } = this.#request;
    const shown = this.#isLive ? (width === 16 ? "live" : "small") : "hold";
    for (const button of /** @type {NodeListOf<HTMLElement>} */ (get("microscope").querySelectorAll("[data-source]"))) {
      button.setAttribute("aria-pressed", String(button.dataset.source === shown));
    }
  }

  #showOptions() {
    const { kind, kernel } = this.#request;
    const isPool = kind === "maxPool" || kind === "averagePool";
    for (const field of this.#fields) {
      const wanted = String(this.#request[/** @type {keyof Request} */ (field.name)]);
      const value = [...field.list?.options ?? []].find((option) => option.dataset.value === wanted)?.value ?? wanted;
      if (field.value !== value) {
        field.value = value;
      }

      field.disabled = (isPool && ["dilation", "border", "operation"].includes(field.name)) || (kind === "transposed" && field.name === "border");
      const output = field.labels?.[0]?.querySelector("output");
      if (output) {
        output.textContent = choiceOf(field)?.textContent ?? field.value;
        field.setAttribute("aria-valuetext", output.textContent);
      }
    }

    if (this.#sizes.value !== String(kernel.length)) {
      this.#sizes.value = String(kernel.length);
    }

    this.#tiles.show(isPool ? null : kernel, true);
  }

  /** @param {Answer} answer */
  #draw(answer) {
    this.#showSource();
    this.#showOptions();
    get("microscope-fault").textContent = answer.refused ? this.#words.of(refusals[answer.refused]) : "";
    get("microscope-grids").hidden = answer.refused !== null;
    const { kind } = this.#request;
    if (answer.refused) {
      get("microscope-equation").replaceChildren(...(answer.horizontally ? [this.#equation("width", answer.horizontally, kind === "transposed")] : []));
      return;
    }

    const isTransposed = kind === "transposed";
    const { horizontally: across, vertically: down } = answer;
    const padding = isTransposed ? 0 : this.#request.padding;
    const window = across && down ? { top: answer.top, left: answer.left, height: down.kernel, width: across.kernel, dilation: across.dilation } : null;
    const one = { top: answer.y, left: answer.x, height: 1, width: 1, dilation: 1 };
    this.#image.show(answer.padded, { padding, max: 255, marked: isTransposed ? one : window, isSigned: false });
    const max = Math.max(...answer.output.flat().map(Math.abs), 1);
    const reached = isTransposed ? Infinity : answer.y * (across?.out ?? 0) + answer.x;
    this.#output.show(answer.output, { padding: 0, max, marked: isTransposed ? window : one, isSigned: true, reached });
    this.#explain(answer, kind);
    get("microscope-equation").replaceChildren(
      ...(across ? [this.#equation("width", across, isTransposed)] : []),
      ...(down ? [this.#equation("height", down, isTransposed)] : []),
    );
    get("microscope-sizes").textContent = `${this.#request.width} × ${this.#request.height} → ${across?.out} × ${down?.out}`;
  }

  /**
   * @param {Answer} answer
   * @param {Request["kind"]} kind
   */
  #explain(answer, kind) {
    const say = (/** @type {string} */ word) => this.#words.of(word);
    const sign = (/** @type {string} */ text) => make("span", { className: "sign", textContent: say(text) });
    const table = (/** @type {string} */ title, /** @type {number[][]} */ rows, isSigned = false) => numbers(say(title), rows, isSigned);
    const kernel = table("kernel", answer.kernel, true);
    // A convolution's is turned.
    kernel.classList.toggle("as-edited", JSON.stringify(answer.kernel) === JSON.stringify(this.#request.kernel));
    const sum = make("strong", { className: "sum secret", textContent: numberText(answer.value) });
    const parts = kind === "maxPool" || kind === "averagePool"
      ? [table("window", answer.window), sign(kind === "maxPool" ? "largest" : "mean"), sum]
      : kind === "transposed"
        ? [table("value", answer.window), sign("×"), kernel, sign("="), table("placed and added up", answer.products, true)]
        : [table("window", answer.window), sign("×"), kernel, sign("="), secret(table("products", answer.products, true)), sign("sum"), sum];
    get("microscope-step").replaceChildren(...parts);
    const where = `${say("row")} ${answer.y}, ${say("column")} ${answer.x}`;
    const text = kind === "transposed" ? `${where}: ${numberText(answer.value)} ${say("places its kernel")}` : `${where}: ${numberText(answer.value)}`;
    if (!this.#isPlaying && !this.#isLive) {
      get("microscope-said").textContent = text;
    }
  }

  /**
   * @param {string} axis
   * @param {Equation} e
   * @param {boolean} isTransposed
   */
  #equation(axis, e, isTransposed) {
    const say = (/** @type {string} */ word) => this.#words.of(word);
    const window = e.dilation === 1 ? String(e.kernel) : `(${e.dilation}·(${e.kernel} − 1) + 1)`;
    const unused = !isTransposed && e.unused > 0 && e.out > 0 ? ` (${e.unused} ${say("at the end left over")})` : "";
    const [output, input, padding, kernel, stride] = [`output ${axis}`, "input", "padding", "kernel", "stride"].map(say);
    const text = isTransposed
      ? `${output} = (${input} − 1)·${stride} − 2·${padding} + ${kernel} = (${e.in} − 1)·${e.stride} − 2·${e.before} + ${window} `
      : `${output} = ⌊(${input} + 2·${padding} − ${kernel}) / ${stride}⌋ + 1 = ⌊(${e.in} + 2·${e.before} − ${window}) / ${e.stride}⌋ + 1 `;
    return make("p", {}, text, make("span", { className: "secret", textContent: `= ${e.out}${unused}` }));
  }
}

/**
 * What a slider stands at whose places have names.
 * @param {HTMLInputElement} field
 */
const choiceOf = (field) => field.list?.options[Number(field.value)];

/**
 * @param {string} title
 * @param {number[][]} rows
 * @param {boolean} [isSigned]
 */
function numbers(title, rows, isSigned = false) {
  const max = Math.max(...rows.flat().map(Math.abs), 1e-9);
  const cell = (/** @type {number} */ value) => {
    const element = make("td", { textContent: numberText(value) });
    element.className = isSigned && value > 0 ? "positive" : isSigned && value < 0 ? "negative" : "";
    element.style.setProperty("--strength", `${Math.round((40 * Math.abs(value)) / max)}%`);
    return element;
  };
  return make("table", { className: "weights" }, make("caption", { textContent: title }), make("tbody", {}, ...rows.map((row) => make("tr", {}, ...row.map(cell)))));
}

/** @param {HTMLElement} element what would give the answer of a lesson's question away */
function secret(element) {
  element.classList.add("secret");
  return element;
}
