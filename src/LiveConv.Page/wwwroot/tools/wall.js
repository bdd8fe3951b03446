// The layers as a wall: every layer's maps, live, left to right. One click enlarges a map, a click on that pins a pixel for the X-ray.

import { get, make } from "../dom.js";
import { draw } from "./lensmarks.js";
import { drawSmall } from "./smallmap.js";
import { exact, operationName } from "./stages.js";

// Four times a second is live for an overview, and leaves the machine to the images.
const every = 250;

// From left to right is read best: lines of layers, or maps beside each other, are for what they make larger by this much.
const worth = 1.15;

/** @typedef {import("../session/messages.js").LayersMessage} LayersMessage */
/** @typedef {import("../session/messages.js").LayerLine} LayerLine */
/** @typedef {import("../session/messages.js").PixelAnswer} PixelAnswer */

export class Wall {
  #send;
  #pinned;
  #changed;
  #moved;
  #place = get("wall");
  #isOpen = false;
  #isAsking = false;
  #isStale = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #asked = 0;
  #shape = "";
  /** The preset's words for its left and its right map. */
  #captions = ["", ""];
  /** The preset whose layers are shown; null for that of the image. @type {string | null} */
  #preset = null;
  /** @type {HTMLElement[][]} */
  #maps = [];
  /** @type {{ layer: number, map: number } | null} */
  #enlarged = null;
  #large = make("div", { className: "enlarged", hidden: true });
  #largeCanvas = make("canvas");
  #largeTitle = make("p", { className: "title" });
  #columns = make("ol", { className: "layers" });
  #fault = make("p", { className: "fault", hidden: true });
  /** @type {LayersMessage | null} */
  #message = null;

  /**
   * @param {(message: import("../session/messages.js").PageMessage) => void} send
   * @param {(stage: number, channel: number, at: { x: number, y: number }) => void} pinned
   * @param {() => void} changed another map is enlarged, or none
   * @param {() => void} moved maps, or what is marked on them, are elsewhere now
   */
  constructor(send, pinned, changed, moved) {
    this.#send = send;
    this.#pinned = pinned;
    this.#changed = changed;
    this.#moved = moved;
    const back = make("button", { type: "button", textContent: "All layers" });
    back.onclick = () => this.#enlarge(null);
    this.#large.append(make("div", { className: "row" }, back, this.#largeTitle), make("div", { className: "frame" }, this.#largeCanvas, marks()));
    this.#place.append(this.#fault, this.#columns, this.#large);
    this.#largeCanvas.onclick = (event) => this.#pin(event);
    this.#columns.onscroll = moved;
    new ResizeObserver(() => this.#arrange()).observe(this.#columns);
  }

  /**
   * @param {string | null} preset whose layers are shown, small; null for that of the image
   * @param {import("../session/messages.js").CaptionLine[]} captions the preset's words for its maps
   */
  look(preset, captions) {
    this.#captions = captions.map(({ title }) => title);
    if (preset !== this.#preset) {
      this.#preset = preset;
      this.#enlarge(null);
    }
  }

  /** @param {boolean} isOpen */
  open(isOpen) {
    this.#isOpen = isOpen;
    this.#enlarge(null);
  }

  /** The map that is enlarged; null for none. @returns {import("../session/messages.js").LayerMap | null} */
  get enlarged() {
    return this.#isOpen ? this.#enlarged : null;
  }

  /**
   * Enlarges the map that the presenter's page does.
   * @param {import("../session/messages.js").LayerMap | null} map
   */
  follow(map) {
    if (JSON.stringify(map) !== JSON.stringify(this.#enlarged)) {
      this.#enlarge(map);
    }
  }

  /** The connection is there again: what was asked before is not answered. */
  resume() {
    this.#isAsking = false;
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

  /**
   * @param {LayersMessage} message
   * @param {PixelAnswer | null} answer what the X-ray looks at
   */
  show(message, answer) {
    this.#isAsking = false;
    if (!this.#isOpen) {
      return;
    }

    if (message.preset !== this.#preset) {
      this.refresh();
      return;
    }

    this.#fault.hidden = !message.refused;
    this.#fault.textContent = message.refused;
    this.#message = message;
    const layers = message.layers.map(({ name, operation, width, height, maps }) => [name, operation, width, height, maps.length]);
    const shape = JSON.stringify([this.#captions, layers]);
    if (shape !== this.#shape) {
      this.#shape = shape;
      this.#build(message);
    }

    message.layers.forEach((layer, index) => layer.maps.forEach((map, channel) => {
      drawSmall(canvasOf(this.#maps[index][channel]), map, layer.isSigned);
    }));
    const layer = this.#enlarged && message.layers[this.#enlarged.layer];
    if (layer && message.enlarged) {
      drawSmall(this.#largeCanvas, message.enlarged, layer.isSigned);
      this.#large.style.setProperty("--ratio", String(layer.width / layer.height));
      this.#largeTitle.textContent = `${titleOf(layer)}${layer.count > 1 ? `, map ${(this.#enlarged?.map ?? 0) + 1} of ${layer.count}` : ""}: ${scaleOf(layer)}.${this.#canPin ? " Click a pixel to see how it came about." : ""}`;
    } else if (this.#enlarged && !layer) {
      this.#enlarge(null);
    }

    this.mark(answer);
    if (this.#isStale) {
      this.#isStale = false;
      this.refresh();
    }
  }

  /** @param {PixelAnswer | null} answer what the X-ray looks at */
  mark(answer) {
    if (!this.#isOpen || !this.#message) {
      return;
    }

    this.#message.layers.forEach((layer, index) => {
      const part = this.#preset === null && answer?.stages.length === (this.#message?.layers.length ?? 0) - 1 ? answer.field.find((each) => each.stage === index - 1) : undefined;
      layer.maps.forEach((_, channel) => {
        draw(this.#maps[index][channel], layer.width, layer.height, part?.channels.includes(channel) ? [part] : [], "window");
      });
      if (this.#enlarged?.layer === index) {
        draw(this.#large, layer.width, layer.height, part?.channels.includes(this.#enlarged.map) ? [part] : [], "window");
      }
    });
    this.#moved();
  }

  /**
   * The X-ray's window on the map that its numbers are of, where that map is shown; undefined while the wall is closed.
   * @param {PixelAnswer | null} answer what the X-ray looks at
   */
  windowOf(answer) {
    if (!this.#isOpen) {
      return undefined;
    }

    const layer = answer?.stage ?? -1;
    const map = layer > 0 ? answer?.terms[0]?.from ?? -1 : 0;
    const isLarge = this.#enlarged?.layer === layer && this.#enlarged.map === map;
    const place = isLarge ? this.#large : this.#enlarged ? null : this.#maps[layer]?.[map];
    return place?.querySelector(".marks .window") ?? null;
  }

  #ask() {
    this.#isAsking = true;
    this.#asked = performance.now();
    this.#send({ layers: { width: 320, enlarged: this.#enlarged, preset: this.#preset } });
  }

  /** @param {LayersMessage} message */
  #build({ layers, shown }) {
    this.#maps = layers.map((layer, index) => layer.maps.map((_, channel) => {
      const which = this.#captions.filter((_, side) => shown[side]?.layer === index && shown[side].map === channel).join(", ");
      const label = `Enlarge map ${channel + 1} of ${titleOf(layer)}${which ? `, ${which}` : ""}`;
      const button = make("button", { type: "button", className: "map", title: "Enlarge", aria: { label } },
        make("canvas"), marks(), which ? make("span", { className: "shown", textContent: which }) : "");
      button.style.setProperty("--ratio", String(layer.width / layer.height));
      button.onclick = () => this.#enlarge({ layer: index, map: channel });
      return button;
    }));
    this.#columns.replaceChildren(...layers.map((layer, index) => {
      const maps = make("div", { className: "maps" }, ...this.#maps[index]);
      return make(
        "li",
        {},
        make("p", { className: "title", textContent: titleOf(layer) }),
        make("p", { className: "hint", textContent: `${layer.count > 1 ? `${layer.count} × ` : ""}${layer.width}x${layer.height}${layer.name ? `, ${layer.name}` : ""}` }),
        maps,
      );
    }));
    this.#arrange();
  }

  /** So many layers side by side, and so many maps of each, that the smallest map is as large as it can be. */
  #arrange() {
    const first = this.#columns.querySelector(".maps");
    const layers = this.#message?.layers ?? [];
    if (!first || this.#columns.clientWidth === 0 || layers.length !== this.#maps.length) {
      return;
    }

    const { paddingLeft, paddingRight, paddingTop, paddingBottom, columnGap, rowGap } = getComputedStyle(this.#columns);
    const [width, height] = [
      this.#columns.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight),
      this.#columns.clientHeight - parseFloat(paddingTop) - parseFloat(paddingBottom),
    ];
    const gap = parseFloat(getComputedStyle(first).rowGap);
    const words = first.getBoundingClientRect().top - /** @type {Element} */ (first.parentElement).getBoundingClientRect().top;
    const share = (/** @type {number} */ whole, /** @type {number} */ parts, /** @type {number} */ between) => (whole + between) / parts - between;
    const widthOf = (/** @type {number} */ across, /** @type {number} */ columns) => Math.min(...layers.map((layer) => {
      const beside = Math.min(layer.maps.length, columns);
      const high = share(share(height, Math.ceil(layers.length / across), parseFloat(rowGap)) - words, Math.ceil(layer.maps.length / beside), gap);
      return Math.min(share(share(width, across, parseFloat(columnGap)), beside, gap), (high * layer.width) / layer.height);
    }));
    let best = { across: layers.length, columns: 1, size: widthOf(layers.length, 1) };
    const maxMaps = Math.max(...layers.map(({ maps }) => maps.length));
    for (let across = layers.length; across > 0; across--) {
      for (let columns = 1; columns <= maxMaps; columns++) {
        const size = widthOf(across, columns);
        if (size > worth * Math.max(1, best.size)) {
          best = { across, columns, size };
        }
      }
    }

    this.#columns.style.setProperty("--across", String(best.across));
    layers.forEach((layer, index) => {
      const beside = Math.min(layer.maps.length, best.columns);
      const { style } = /** @type {HTMLElement} */ (this.#maps[index][0].parentElement);
      style.setProperty("--beside", String(beside));
      style.setProperty("--lines", String(Math.ceil(layer.maps.length / beside)));
    });
    this.#moved();
  }

  /** @param {{ layer: number, map: number } | null} map */
  #enlarge(map) {
    const before = this.#enlarged;
    const hadFocus = this.#columns.contains(document.activeElement) || this.#large.contains(document.activeElement);
    this.#enlarged = map;
    this.#large.querySelector(".marks")?.replaceChildren();
    this.#large.hidden = map === null;
    this.#columns.hidden = map !== null;
    if (hadFocus) {
      // What had the focus is hidden now.
      (map ? this.#large.querySelector("button") : before && this.#maps[before.layer]?.[before.map])?.focus();
    }

    if (this.#isOpen) {
      this.#ask();
    }

    this.#moved();
    this.#changed();
  }

  // The X-ray looks into the image's own preset.
  get #canPin() {
    return this.#preset === null && this.#enlarged?.layer !== 0;
  }

  /** @param {MouseEvent} event */
  #pin(event) {
    const layer = this.#enlarged && this.#message?.layers[this.#enlarged.layer];
    if (!layer || !this.#enlarged || !this.#canPin) {
      return;
    }

    const box = this.#largeCanvas.getBoundingClientRect();
    this.#pinned(this.#enlarged.layer - 1, this.#enlarged.map, {
      x: Math.min(layer.width - 1, Math.floor(((event.clientX - box.left) / box.width) * layer.width)),
      y: Math.min(layer.height - 1, Math.floor(((event.clientY - box.top) / box.height) * layer.height)),
    });
  }
}

/** @param {LayerLine} layer */
const titleOf = (layer) => (layer.operation ? operationName(layer.operation) : layer.name || "Input");

/** @param {LayerLine} layer */
const scaleOf = (layer) => (layer.isSigned ? `blue is positive, amber negative, brightest at ${exact(layer.scale)}` : `white is ${exact(layer.scale)}`);

/** @param {HTMLElement} map */
const canvasOf = (map) => /** @type {HTMLCanvasElement} */ (map.querySelector("canvas"));

function marks() {
  const element = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  element.setAttribute("class", "marks");
  element.setAttribute("preserveAspectRatio", "none");
  element.setAttribute("aria-hidden", "true");
  return element;
}
