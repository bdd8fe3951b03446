// Presets by looking: every preset's maps of the live image, small, in groups. LiveConv filters a small image for one preset after the other,
// and only while the shelf is open.

import { get, make } from "../dom.js";
import { drawSmall } from "./smallmap.js";

/** @typedef {import("../session/messages.js").PresetLine} Preset */
/** @typedef {import("../session/messages.js").StateMessage} State */
/** @typedef {{ preset: Preset, key: string, item: HTMLElement, button: HTMLButtonElement, canvases: HTMLCanvasElement[] }} Card */

const pause = 120;

// So long a second digit may follow.
const typing = 1200;

// An answer that does not come, of a connection that was lost, is not waited for longer.
const timeout = 3000;

/** @type {[import("../session/messages.js").PresetGroup, string, string][]} */
export const groups = [
  ["edges", "Edges", ""],
  ["smoothing", "Blur, sharpen, emboss", ""],
  ["sampling", "Smaller and larger", ""],
  ["layers", "Layers", ""],
  ["time", "Over time", "These respond to every change, so the image may flash when the camera moves."],
];

export class Shelf {
  #send;
  #list = get("shelf-list");
  #search = /** @type {HTMLInputElement} */ (get("shelf-search"));
  /** @type {Card[]} */
  #cards = [];
  #listed = "";
  #last = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #typed = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #typing;

  /** @param {(message: import("../session/messages.js").PageMessage) => void} send */
  constructor(send) {
    this.#send = send;
    this.#search.addEventListener("input", () => this.#filter());
    this.#search.addEventListener("keydown", (event) => {
      const first = this.#cards.find(({ item }) => !item.hidden);
      if (event.key === "Enter" && first) {
        first.button.click();
      }
    });
    document.addEventListener("visibilitychange", () => this.#isOpen && this.#next());
  }

  get #isOpen() {
    return !get("shelf").hidden && !document.hidden;
  }

  /** @param {State} state */
  follow({ presets, edits, preset, role }) {
    const isGuest = role === "guest";
    const listed = JSON.stringify([presets, edits, isGuest]);
    if (listed !== this.#listed) {
      this.#listed = listed;
      this.#fill(presets, edits, isGuest);
    }

    for (const { preset: { id }, button } of this.#cards) {
      button.setAttribute("aria-current", String(id === preset.id));
    }
  }

  /**
   * A digit of a preset's number. Where another digit could follow, it is waited for.
   * @param {string} key
   * @returns {boolean} whether the shelf is open and has such a number
   */
  press(key) {
    if (get("shelf").hidden || !/^\d$/.test(key)) {
      return false;
    }

    const begins = (/** @type {string} */ typed) => this.#cards.filter((card) => card.key.startsWith(typed) && !card.button.disabled);
    const typed = begins(this.#typed + key).length > 0 ? this.#typed + key : key;
    const found = begins(typed);
    this.#type(typed);
    if (found.length === 0) {
      this.#type("");
    } else if (found.length === 1) {
      this.#choose(typed);
    } else {
      this.#typing = setTimeout(() => this.#choose(typed), typing);
    }

    return found.length > 0;
  }

  /** @param {string} typed the digits so far */
  #type(typed) {
    clearTimeout(this.#typing);
    this.#typed = typed;
    get("shelf-typed").hidden = typed === "";
    get("shelf-typed").textContent = `${typed}…`;
  }

  /** @param {string} key */
  #choose(key) {
    this.#type("");
    this.#cards.find((card) => card.key === key)?.button.click();
  }

  /** The shelf was opened: its thumbnails are asked for from now on, until it is closed. */
  opened() {
    this.#next();
  }

  /** @param {import("../session/messages.js").ThumbnailMessage} message */
  show({ preset: id, maps, refused }) {
    const card = this.#cards.find(({ preset }) => preset.id === id);
    card?.canvases.forEach((canvas, index) => maps[index] && drawSmall(canvas, maps[index]));
    if (card && refused) {
      card.button.title = refused;
    }

    this.#wait(pause);
  }

  /** @param {number} time */
  #wait(time) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#next(), time);
  }

  #next() {
    if (this.#isOpen) {
      const seen = this.#cards.filter(({ item }) => !item.hidden && isInSight(item));
      const after = seen[seen.findIndex(({ preset }) => preset.id === this.#last) + 1] ?? seen[0];
      if (after) {
        this.#last = after.preset.id;
        this.#send({ thumbnail: this.#last });
      }

      this.#wait(timeout);
    }
  }

  /**
   * @param {Preset[]} presets
   * @param {Preset[]} edits
   * @param {boolean} isGuest
   */
  #fill(presets, edits, isGuest) {
    const focused = this.#cards.find(({ item }) => item.contains(document.activeElement))?.preset.id;
    const hadFocus = this.#list.contains(document.activeElement);
    const cards = presets.map((preset, index) => this.#card(preset, String(index + 1), isGuest));
    const own = edits.map((preset, index) => this.#card(preset, String(presets.length + index + 1), isGuest, true));
    this.#cards = [...own, ...cards];
    this.#list.replaceChildren(
      ...group("Your edits", "Kept until they are thrown away or LiveConv ends.", own),
      ...groups.flatMap(([id, title, note]) => group(title, note, cards.filter(({ preset }) => preset.group === id))),
    );
    this.#filter();
    if (hadFocus) {
      // An edit that was thrown away is in the list no more.
      (this.#cards.find(({ preset }) => preset.id === focused)?.button ?? this.#search).focus();
    }
  }

  /**
   * @param {Preset} preset
   * @param {string} key
   * @param {boolean} isGuest
   * @param {boolean} [isEdit]
   * @returns {Card}
   */
  #card(preset, key, isGuest, isEdit = false) {
    const canvases = [make("canvas"), make("canvas")];
    const name = make("span", { className: "name" }, preset.name, make("kbd", { textContent: key, aria: { hidden: "true" } }));
    const maps = make("span", { className: "pair", aria: { hidden: "true" } }, ...canvases);
    const button = make("button", { type: "button", title: preset.description, disabled: isGuest }, maps, name);
    button.onclick = () => this.#send({ preset: preset.id });
    const item = make("li", {}, button);
    if (isEdit && !isGuest) {
      item.append(make("button", {
        type: "button",
        className: "discard",
        textContent: "Throw away",
        onclick: () => this.#send({ discard: preset.id }),
        aria: { label: `Throw away ${preset.name}` },
      }));
    }

    return { preset, key, item, button, canvases };
  }

  #filter() {
    const words = this.#search.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const { preset: { name, description, id, captions }, item } of this.#cards) {
      const text = [name, id, description, ...captions.map(({ title }) => title)].join(" ").toLowerCase();
      item.hidden = !words.every((word) => text.includes(word));
    }

    this.#list.querySelectorAll("section").forEach((section) => (section.hidden = !section.querySelector("li:not([hidden])")));
    get("shelf-none").hidden = this.#cards.some(({ item }) => !item.hidden);
  }
}

/**
 * @param {string} title
 * @param {string} note
 * @param {Card[]} cards
 */
function group(title, note, cards) {
  const hint = note ? [make("p", { className: "hint", textContent: note })] : [];
  return cards.length > 0 ? [make("section", {}, make("h3", { textContent: title }), ...hint, make("ul", {}, ...cards.map(({ item }) => item)))] : [];
}

/** @param {HTMLElement} item */
function isInSight(item) {
  const { top, bottom } = item.getBoundingClientRect();
  const frame = item.closest(".tool")?.getBoundingClientRect();
  return frame !== undefined && bottom > frame.top && top < frame.bottom;
}
