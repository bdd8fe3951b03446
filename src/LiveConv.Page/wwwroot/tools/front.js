// A lesson and a tool beside it leave little of a low or narrow window to the image. There one of the two is in front, as style/guide.css has it,
// and a button of each brings the other: that of the lesson stands right after the text, which speaks of what the tool shows.

import { get } from "../dom.js";
import { wordsIn } from "./guidewords.js";

const tools = /** @type {HTMLElement} */ (document.querySelector(".tool"));

export class Front {
  #toTool = get("guide-tool");
  #toGuide = get("tool-guide");
  #language = "en";

  constructor() {
    this.#toTool.onclick = () => (this.bring("tool"), this.#toGuide.focus({ preventScroll: true }));
    this.#toGuide.onclick = () => (this.bring("guide"), this.#toTool.focus({ preventScroll: true }));
    this.bring("guide");
  }

  /** @param {"guide" | "tool"} name */
  bring(name) {
    document.body.dataset.front = name;
  }

  /** @param {string} language that of the lesson on show, whose buttons these are */
  speak(language) {
    this.#language = language;
    this.#name();
  }

  #name() {
    const { show, return: back } = wordsIn(this.#language);
    this.#toTool.textContent = show(this.#tool?.querySelector("h2")?.textContent ?? "");
    this.#toGuide.textContent = back;
    this.#toGuide.lang = this.#language;
  }

  get #tool() {
    return /** @type {HTMLElement | null} */ (tools.querySelector(":scope > section:not([hidden])"));
  }

  /**
   * A part was opened, which is in front now, or closed.
   * @param {HTMLElement} part
   * @param {boolean} isFollowed a lesson opened it, which stays in front
   */
  follow(part, isFollowed) {
    const tool = this.#tool;
    this.#toTool.hidden = !tool;
    this.#toGuide.hidden = get("guide").hidden;
    this.#name();
    this.bring(!part.hidden && part === tool && !isFollowed ? "tool" : "guide");
  }

  /**
   * @param {HTMLElement} part
   * @returns {boolean} whether it is open behind the other one, and was brought
   */
  brings(part) {
    const isBehind = !part.hidden && !part.checkVisibility();
    if (isBehind) {
      this.bring(tools.contains(part) ? "tool" : "guide");
    }

    return isBehind;
  }
}
