// A kernel being learned: the loss after each step, and the kernel taking shape beside the one that is to be found.

import { get, make } from "../dom.js";
import { drawSmall } from "./smallmap.js";

/** @typedef {import("../session/messages.js").LessonMessage} Message */

const width = 200;
const height = 80;

// Losses below this part of the first one are drawn as nothing: what is left there is rounding.
const floor = 1e-12;

const stopped = " – stopped";

export class Lesson {
  #map = /** @type {HTMLSelectElement} */ (get("learning-map"));
  #size = /** @type {HTMLSelectElement} */ (get("learning-size"));
  #status = get("learning-said");
  #curve = get("learning-curve");
  #kernels = get("learning-kernels");
  #button = get("learning-start");
  #other = get("learning-other");
  #maps = get("learning-maps");
  #canvases = this.#maps.querySelectorAll("canvas");
  #send;
  #changed;
  #isRunning = false;
  /** Of a second window, what the presenter's page learns. @type {import("../session/messages.js").StageLearning | null} */
  #followed = null;

  /**
   * @param {(request: import("../session/messages.js").LessonRequest | "stage" | null) => void} send
   * @param {() => void} changed another kernel is to be learned, or it begins or ends
   */
  constructor(send, changed) {
    this.#send = send;
    this.#changed = changed;
    this.#map.onchange = changed;
    this.#size.onchange = changed;
    this.#button.onclick = () => (this.#isRunning ? this.stop() : this.#start());
  }

  /** @param {import("../session/messages.js").CaptionLine[]} captions the preset's words for its maps */
  name(captions) {
    [...this.#map.options].forEach((option, index) => (option.textContent = captions[index].title));
  }

  /** What a second window is to show. @returns {import("../session/messages.js").StageLearning} */
  get shown() {
    const [width, height] = this.#size.value.split("x").map(Number);
    return { map: this.#map.selectedIndex, width, height, running: this.#isRunning };
  }

  /**
   * Shows what the presenter's page learns.
   * @param {import("../session/messages.js").StageLearning | null} learning null for nothing
   */
  mirror(learning) {
    this.#followed = learning;
    if (!learning) {
      this.#send(null);
      return;
    }

    this.#map.selectedIndex = learning.map;
    this.#chooseSize(sizeOf(learning));
    if (learning.running) {
      this.#clear("Taking images…");
    }

    this.resume();
  }

  /** The connection is there, again: what the presenter's page learns is asked for. */
  resume() {
    if (this.#followed) {
      this.#send("stage");
    }
  }

  /** Ends the lesson; what was learned so far stays to be seen. */
  stop() {
    if (this.#isRunning) {
      this.#run(false);
      this.#status.textContent += stopped;
      this.#send(null);
      this.#changed();
    }
  }

  /** The connection was lost, and the lesson with it. */
  forget() {
    this.#run(false);
    this.#clear("");
  }

  /** @param {import("../session/messages.js").LessonMessage} message */
  show(message) {
    if (!this.#isRunning && !this.#followed) {
      return;
    }

    this.#run(!message.done);
    this.#changed();
    if (message.refused) {
      this.#clear(message.refused);
      return;
    }

    // Only the start and the end are read aloud, not each step.
    const isStopped = this.#followed?.running === false;
    this.#status.textContent = message.done ? verdictOn(message) : `Learning…${isStopped ? stopped : ""}`;
    this.#offer(message);
    this.#draw(message.losses);
    const strongest = Math.max(...message.wanted.flat().map(Math.abs), ...message.kernel.flat().map(Math.abs), 1e-6);
    this.#kernels.replaceChildren(
      table(message.done ? "Learned kernel" : "Learned so far", message.kernel, strongest),
      table("The real kernel", message.wanted, strongest),
    );
    this.#maps.hidden = false;
    [message.predicted, message.true].forEach((map, index) => map && drawSmall(this.#canvases[index], map));
  }

  /**
   * The size that can make the map, where another one cannot.
   * @param {Message} message
   */
  #offer({ done, right, needs, maxSide }) {
    const isUseful = done && !right && needs !== null && Math.max(needs.width, needs.height) <= maxSide;
    const size = isUseful ? sizeOf(needs) : "";
    this.#other.hidden = !isUseful || size === this.#size.value;
    this.#other.textContent = `Learn ${size}`;
    this.#other.onclick = () => {
      this.#chooseSize(size);
      this.#start();
    };
  }

  /** @param {string} size */
  #chooseSize(size) {
    if (![...this.#size.options].some(({ value }) => value === size)) {
      this.#size.append(new Option(size));
    }

    this.#size.value = size;
  }

  #start() {
    const { map, width: columns, height: rows } = this.shown;
    this.#clear("Taking images…");
    this.#run(true);
    this.#send({ map, width: columns, height: rows });
    this.#changed();
  }

  /** @param {boolean} isRunning */
  #run(isRunning) {
    this.#isRunning = isRunning;
    this.#button.textContent = isRunning ? "Stop" : "Learn";
  }

  /** @param {string} text */
  #clear(text) {
    this.#status.textContent = text;
    this.#curve.hidden = true;
    this.#maps.hidden = true;
    this.#other.hidden = true;
    this.#kernels.replaceChildren();
  }

  /** @param {number[]} losses */
  #draw(losses) {
    const first = Math.max(losses[0], Number.MIN_VALUE);
    const places = losses.map((loss, step) => {
      const depth = Math.log10(Math.max(loss / first, floor)) / Math.log10(floor);
      return `${((step / Math.max(8, losses.length - 1)) * width).toFixed(1)},${(1 + depth * (height - 2)).toFixed(1)}`;
    });
    const line = document.createElementNS("http://www.w3.org/2000/svg", "polyline");
    line.setAttribute("points", places.join(" "));
    this.#curve.hidden = false;
    this.#curve.querySelector("svg")?.replaceChildren(line);
    /** @type {HTMLElement} */ (this.#curve.querySelector("figcaption")).textContent =
      `Step ${losses.length - 1}. Loss, logarithmic: ${losses[0].toPrecision(3)} at first, ${(losses.at(-1) ?? 0).toPrecision(3)} now`;
  }
}

/** @param {{ width: number, height: number }} size */
const sizeOf = ({ width, height }) => `${width}x${height}`;

/**
 * What came of it, when there is nothing left to learn.
 * @param {Message} message
 */
function verdictOn({ kernel, losses, right, unexplained, needs, maxSide }) {
  const steps = losses.length - 1;
  if (right || !needs) {
    return `Right to three digits after ${steps} ${steps === 1 ? "step" : "steps"}.`;
  }

  const size = sizeOf({ width: kernel[0].length, height: kernel.length });
  const left = `${(100 * unexplained).toPrecision(2)} % of it stays unexplained`;
  const cure = Math.max(needs.width, needs.height) > maxSide
    ? `It takes ${sizeOf(needs)}, and at most ${maxSide}x${maxSide} is learned here`
    : `${sizeOf(needs)} can`;
  return `A ${size} kernel can't make this map: ${left}. ${cure}.`;
}

/**
 * @param {string} title
 * @param {number[][]} rows
 * @param {number} strongest the weight that gets the full colour
 */
function table(title, rows, strongest) {
  const cell = (/** @type {number} */ weight) => {
    const element = make("td", { textContent: String(Number(weight.toFixed(3))), className: weight < 0 ? "negative" : "positive" });
    element.style.setProperty("--strength", `${Math.round((Math.abs(weight) / strongest) * 40)}%`);
    return element;
  };
  return make("table", { className: "weights" }, make("caption", { textContent: title }), make("tbody", {}, ...rows.map((row) => make("tr", {}, ...row.map(cell)))));
}
