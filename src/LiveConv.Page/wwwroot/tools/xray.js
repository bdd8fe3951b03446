// X-ray: pins a pixel of a map, and shows how it came about with the engine's own numbers. The image is held while a pixel is pinned.

import { get, isStage, make } from "../dom.js";
import { Lens } from "./lens.js";
import { LensMarks } from "./lensmarks.js";
import { drawSmall } from "./smallmap.js";
import { operationName } from "./stages.js";

// Where no image can be held, numbers change twice a second: faster nobody reads.
const renewEvery = 500;

/** What is held while a pixel is pinned: a second window holds the image of the presenter's page, whose pixel it shows. */
const heldHere = isStage ? "stage" : true;

/** Steps a second, as the menu has them. LiveConv answers ten. */
const speeds = [1, 3, 10];

/** @typedef {import("../session/messages.js").PixelAnswer} PixelAnswer */
/** @typedef {import("../paint/views.js").Pane} Pane */

/** @type {Record<string, (at: { x: number, y: number }, size: { width: number, height: number }, step: number) => { x: number, y: number }>} */
const walks = {
  ArrowUp: ({ x, y }, _, step) => ({ x, y: y - step }),
  ArrowDown: ({ x, y }, _, step) => ({ x, y: y + step }),
  ArrowLeft: ({ x, y }, _, step) => ({ x: x - step, y }),
  ArrowRight: ({ x, y }, _, step) => ({ x: x + step, y }),
  Home: ({ y }) => ({ x: 0, y }),
  End: ({ y }, { width }) => ({ x: width - 1, y }),
  PageUp: ({ x, y }) => ({ x, y: y - 10 }),
  PageDown: ({ x, y }) => ({ x, y: y + 10 }),
};

export class Xray {
  #send;
  #figures;
  #lens = new Lens(get("xray-answer"), (term, row, column) => this.#enter(term.from, row, column));
  #marks;
  #changed;
  #onWall;
  #map = /** @type {HTMLSelectElement} */ (get("xray-map"));
  #speed = /** @type {HTMLSelectElement} */ (get("xray-speed"));
  #stageMap = /** @type {HTMLCanvasElement} */ (make("canvas", { className: "stage-map", hidden: true }));
  /** @type {{ x: number, y: number } | null} */
  #at = null;
  /** Where the lens was put, as parts of the map's sides, until it is moved. @type {{ x: number, y: number } | null} */
  #share = null;
  /** Where it was put until a map has this place: the preset may still be on its way. @type {{ x: number, y: number } | null} */
  #wanted = null;
  /** The stage and its map, or null for a map that is shown. @type {{ stage: number, channel: number } | null} */
  #inner = null;
  /** @type {PixelAnswer | null} */
  #answer = null;
  /** The size of the map that is looked at; null until an answer has it. @type {{ width: number, height: number } | null} */
  #size = null;
  #isAsking = false;
  #isStale = false;
  #isOpen = false;
  #isHeld = false;
  #isPlaying = false;
  /** The map and the place that were said last. @type {{ map: string, place: string }} */
  #said = { map: "", place: "" };
  #asked = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {HTMLElement[]} figures the input's and the map's
   * @param {(message: import("../session/messages.js").PageMessage) => void} send
   * @param {() => void} changed another map is looked at
   * @param {(answer: PixelAnswer | null) => Element | null | undefined} onWall the window on the map that the numbers are of, as the wall has it; undefined without a wall
   */
  constructor(figures, send, changed, onWall) {
    this.#figures = figures;
    this.#send = send;
    this.#changed = changed;
    this.#onWall = onWall;
    this.#marks = new LensMarks(figures[0], figures[1]);
    figures[1].querySelector(".frame")?.append(this.#stageMap);
    this.#map.onchange = () => this.look(null);
    this.#speed.append(...speeds.map((speed) => new Option(`${speed} a second`)));
    this.#speed.selectedIndex = 1;
    get("xray-back").onclick = () => this.#stepBy(-1);
    get("xray-step").onclick = () => this.#stepBy(1);
    get("xray-play").onclick = () => this.#play(!this.#isPlaying);
    figures[1].addEventListener("click", (event) => this.#point(event));
    new ResizeObserver(() => this.join()).observe(get("stage"));
    document.querySelector(".tool")?.addEventListener("scroll", () => this.join());
  }

  /** @returns {number} 0 for the left map, 1 for the right one */
  get map() {
    return this.#map.selectedIndex;
  }

  /** Whether a map of a stage is looked at, none that is shown. */
  get isInner() {
    return this.#inner !== null;
  }

  /** What is pinned; null while nothing is. @returns {import("../session/messages.js").PixelQuestion | null} */
  get question() {
    const { stage, channel } = this.#inner ?? { stage: null, channel: this.map };
    return this.#isOpen && this.#at && this.#size ? { map: channel, stage, ...this.#at } : null;
  }

  /**
   * Pins a pixel.
   * @param {import("../session/messages.js").PixelQuestion} question
   */
  pin({ map, stage, x, y }) {
    this.#map.selectedIndex = stage === null ? map : this.#map.selectedIndex;
    this.look(stage === null ? null : { stage, channel: map }, { x, y });
  }

  /**
   * Pins a pixel of a map whose size may not be known yet.
   * @param {import("../session/messages.js").LensStart} start
   */
  pinAt({ map, stage, x, y }) {
    this.pin({ map, stage, x: 0, y: 0 });
    this.#wanted = null;
    this.#share = { x, y };
  }

  /** Draws the lines to the window anew: something on the page has moved. They join only what has the same numbers. */
  join() {
    const answer = this.answer;
    const isOfInput = answer?.stage === 0;
    const onWall = this.#onWall(answer);
    const mark = onWall === undefined && isOfInput ? this.#marks.windowOnInput : onWall ?? null;
    // Over time one of the terms is the image that is shown.
    const term = isOfInput ? answer.terms.findIndex(({ from }) => from === 0) : 0;
    this.#marks.join(mark, answer ? this.#lens.windowOf(term) : null);
  }

  /**
   * @param {string} key
   * @param {boolean} isFast by ten instead of one
   * @returns {boolean} whether the key moves the lens
   */
  press(key, isFast) {
    const walk = walks[key];
    if (!this.#isOpen || isStage || !this.#at || !this.#size || !(walk || key === "." || key === ",")) {
      return false;
    }

    if (walk) {
      this.#play(false);
      this.#go(walk(this.#at, this.#size, isFast ? 10 : 1));
    } else {
      this.#stepBy(key === "." ? 1 : -1);
    }

    return true;
  }

  /** What is pinned, for others that mark it. */
  get answer() {
    return this.#isOpen ? this.#answer : null;
  }

  /**
   * What the map's caption says: the preset's words, or the stage's where an inner one is looked at.
   * @param {import("../session/messages.js").CaptionLine} caption
   */
  captionOf(caption) {
    const stage = this.#inner && this.#answer?.stages[this.#inner.stage];
    return stage ? { title: stage.name || operationName(stage.operation), text: `Map ${(this.#inner?.channel ?? 0) + 1} of ${stage.maps}` } : caption;
  }

  /** @param {import("../session/messages.js").CaptionLine[]} captions */
  name(captions) {
    [...this.#map.options].forEach((option, index) => (option.textContent = captions[index].title));
  }

  /** @param {boolean} isOpen */
  open(isOpen) {
    this.#isOpen = isOpen;
    this.#play(false);
    this.#marks.clear();
    this.#lens.clear();
    this.#stageMap.hidden = true;
    this.#inner = null;
    this.#said = { map: "", place: "" };
    get("xray-said").textContent = "";
    this.#send({ hold: isOpen && heldHere });
    this.#isHeld = false;
  }

  /**
   * Looks at a map of a stage, or at one that is shown.
   * @param {{ stage: number, channel: number } | null} inner
   * @param {{ x: number, y: number }} [at]
   */
  look(inner, at) {
    this.#play(false);
    this.#size = null;
    this.#inner = inner;
    this.#at = at ?? this.#at;
    this.#wanted = at ?? null;
    this.#share = null;
    this.#stageMap.hidden = inner === null;
    this.#changed();
    this.#ask();
  }

  /** @param {import("../session/messages.js").HeldMessage} message */
  held(message) {
    this.#isHeld = message.image !== null;
    this.#size = null;
    if (this.#isOpen) {
      this.#ask();
    }
  }

  /** A new image is on the screen: where none is held, the same place has new numbers. */
  refresh() {
    if (this.#isOpen && !this.#isHeld && !this.#isPlaying && performance.now() - this.#asked >= renewEvery) {
      this.#asked = performance.now();
      this.#send({ hold: heldHere });
    }
  }

  /** The connection was lost: what was asked will not be answered, and nothing is held any more. */
  forget() {
    this.#isAsking = false;
    this.#isHeld = false;
    this.#play(false);
  }

  /** The connection is there again, or the presenter's page holds another image: this one is to hold it too. */
  resume() {
    if (this.#isOpen) {
      this.#send({ hold: heldHere });
    }
  }

  /** @param {import("../session/messages.js").ExplainedMessage} message */
  answered(message) {
    this.#isAsking = false;
    if (!this.#isOpen) {
      return;
    }

    if (!this.#size && this.#isStale) {
      // Another map was asked about.
      this.#ask();
      return;
    }

    if (message.answer && !this.#size) {
      // Now the map's size is known, and so is whether the place is in it: another preset may have made it smaller.
      const { width, height } = message.answer.stages[message.answer.stage];
      this.#size = { width, height };
      const { x, y } = this.#share ?? { x: 0.5, y: 0.5 };
      this.#at = this.#within((this.#share ? null : this.#wanted ?? this.#at) ?? { x: Math.floor(width * x), y: Math.floor(height * y) });
      if (this.#at.x === this.#wanted?.x && this.#at.y === this.#wanted.y) {
        this.#wanted = null;
      }

      this.#ask();
      return;
    }

    if (message.answer) {
      this.#show(message.answer);
    } else if (this.#inner && !this.#share && !this.#wanted) {
      // Another preset may not have this stage; the one that a lesson or a link has just chosen will.
      this.look(null);
      return;
    } else {
      this.#marks.clear();
      this.#lens.refuse(message.refused);
      this.#play(false);
    }

    if (this.#isStale) {
      this.#ask();
    } else if (this.#isPlaying) {
      this.#timer = setTimeout(() => this.#next(), 1000 / speeds[this.#speed.selectedIndex]);
    }
  }

  /** @param {import("../session/messages.js").LayersMessage} message the map of an inner stage is among them */
  drawn(message) {
    const layer = this.#inner && message.layers[this.#inner.stage + 1];
    if (layer && message.enlarged) {
      drawSmall(this.#stageMap, message.enlarged, layer.isSigned);
    }
  }

  // One question at a time; the newest place is asked about when the answer is there.
  #ask() {
    this.#isStale = this.#isAsking;
    if (!this.#isAsking) {
      this.#isAsking = true;
      this.#asked = performance.now();
      const { stage, channel } = this.#inner ?? { stage: null, channel: this.map };
      this.#send({ xray: { map: channel, stage, .../** @type {{ x: number, y: number }} */ (this.#size ? this.#at : { x: 0, y: 0 }) } });
    }
  }

  /**
   * The nearest place of the map.
   * @param {{ x: number, y: number }} at
   */
  #within({ x, y }) {
    const { width, height } = this.#size ?? { width: 1, height: 1 };
    return { x: Math.max(0, Math.min(width - 1, x)), y: Math.max(0, Math.min(height - 1, y)) };
  }

  /** @param {{ x: number, y: number }} at */
  #go(at) {
    this.#share = null;
    this.#wanted = null;
    this.#at = this.#within(at);
    this.#ask();
  }

  /** @param {boolean} isOn */
  #play(isOn) {
    clearTimeout(this.#timer);
    const wasOn = this.#isPlaying;
    this.#isPlaying = isOn;
    get("xray-play").setAttribute("aria-pressed", String(isOn));
    get("xray-play").textContent = isOn ? "Pause" : "Play";
    if (isOn) {
      this.#next();
    } else if (wasOn && this.#answer && this.#isOpen) {
      this.#marks.show(this.#answer, false);
      this.join();
      this.#say(this.#answer);
    }
  }

  #next() {
    this.#move(1);
  }

  /** @param {number} by */
  #stepBy(by) {
    this.#play(false);
    this.#move(by);
  }

  // As the window slides: along the row, then the next one; after the last pixel the first.
  /** @param {number} by */
  #move(by) {
    if (!this.#size || !this.#at) {
      return;
    }

    const { width, height } = this.#size;
    const { x, y } = this.#at;
    const place = (y * width + x + by + width * height) % (width * height);
    this.#go({ x: place % width, y: Math.floor(place / width) });
  }

  /** @param {MouseEvent} event */
  #point(event) {
    const canvas = /** @type {HTMLElement} */ (this.#figures[1].querySelector("canvas"));
    if (this.#isOpen && !isStage && this.#size && (event.target === canvas || event.target === this.#stageMap)) {
      const box = canvas.getBoundingClientRect();
      const { width, height } = this.#size;
      this.#play(false);
      this.#go({
        x: Math.floor(((event.clientX - box.left) / box.width) * width),
        y: Math.floor(((event.clientY - box.top) / box.height) * height),
      });
    }
  }

  /**
   * A cell of the input was chosen: how did that value come about?
   * @param {number} channel
   * @param {number} y
   * @param {number} x
   */
  #enter(channel, y, x) {
    if (this.#answer && this.#answer.stage > 0) {
      this.look({ stage: this.#answer.stage - 1, channel }, { x, y });
    }
  }

  /** @param {PixelAnswer} answer */
  #show(answer) {
    const isElsewhere = answer.stage !== this.#answer?.stage || answer.channel !== this.#answer?.channel || answer.image !== this.#answer?.image;
    this.#answer = answer;
    this.#lens.show(answer);
    this.#showStages(answer);
    this.#marks.show(answer, this.#isPlaying);
    this.join();
    if (this.#inner && isElsewhere) {
      this.#changed();
      this.#send({ layers: { width: 16, enlarged: { layer: answer.stage + 1, map: answer.channel }, preset: null } });
    }

    this.#say(answer);
  }

  // However the lens came to another place; the numbers of a new image are not said, and a walk that plays would never be silent.
  /** @param {PixelAnswer} answer */
  #say(answer) {
    const place = JSON.stringify(this.question);
    if (this.#isPlaying || isStage || place === this.#said.place) {
      return;
    }

    const stage = answer.stages[answer.stage];
    const map = this.#inner
      ? `${stage.name || operationName(stage.operation)}, map ${answer.channel + 1} of ${stage.maps}`
      : this.#map.options[this.map].text;
    const value = answer.shown ? `sum ${answer.result}, pixel ${answer.shown.value}` : `value ${answer.result}`;
    get("xray-said").textContent = `${map === this.#said.map ? "" : `${map}: `}row ${answer.y}, column ${answer.x}: ${value}`;
    this.#said = { map, place };
  }

  // A button that has the focus keeps it: they are those from before.
  /** @param {PixelAnswer} answer */
  #showStages(answer) {
    const list = get("xray-stages");
    const hadFocus = list.contains(document.activeElement);
    list.hidden = answer.stages.length < 2;
    while (list.childElementCount > answer.stages.length) {
      list.lastElementChild?.remove();
    }

    answer.stages.forEach((stage, index) => {
      const button = list.children[index]?.querySelector("button") ?? this.#stageButton(index);
      Object.assign(button, { textContent: operationName(stage.operation), title: stage.name });
      button.toggleAttribute("aria-current", false);
      if (index === answer.stage) {
        button.setAttribute("aria-current", "step");
      }
    });
    if (hadFocus && (list.hidden || !list.contains(document.activeElement))) {
      /** @type {HTMLElement | null} */ (list.hidden ? get("xray-title") : list.querySelector("[aria-current]"))?.focus();
    }
  }

  /** @param {number} index of the stage, which is the next in the list */
  #stageButton(index) {
    const button = make("button", { type: "button" });
    button.onclick = () => this.#jump(index);
    get("xray-stages").append(make("li", {}, button));
    return button;
  }

  /**
   * The same place in another stage: where the value comes from, or as far along the map.
   * @param {number} stage
   */
  #jump(stage) {
    const answer = /** @type {PixelAnswer} */ (this.#answer);
    const from = answer.field.find((part) => part.stage === stage);
    const [here, there] = [answer.stages[answer.stage], answer.stages[stage]];
    const at = from
      ? { x: Math.floor(from.left + from.width / 2), y: Math.floor(from.top + from.height / 2) }
      : { x: Math.floor((answer.x * there.width) / here.width), y: Math.floor((answer.y * there.height) / here.height) };
    this.look({ stage, channel: from ? from.channels[0] : Math.min(answer.channel, there.maps - 1) }, at);
  }
}
