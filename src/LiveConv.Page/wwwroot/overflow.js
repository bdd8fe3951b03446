// The footer's buttons that do not fit into the window are in a menu at its end: those that stand last, which are the rarer ones.

import { get } from "./dom.js";

export class Overflow {
  #bar = get("controls");
  #more = get("more");
  #menu = get("more-menu");

  constructor() {
    new ResizeObserver(() => this.fit()).observe(get("controls-place"));
    this.#menu.addEventListener("click", () => this.#menu.hidePopover());
  }

  get isOpen() {
    return this.#menu.matches(":popover-open");
  }

  /** The window, or which buttons there are, has changed. */
  fit() {
    this.#more.before(...this.#menu.children);
    this.#more.hidden = true;
    if (this.#isFull) {
      this.#more.hidden = false;
      for (let last = this.#more.previousElementSibling; last && this.#isFull; last = this.#more.previousElementSibling) {
        this.#menu.prepend(last);
      }
    }
  }

  get #isFull() {
    return this.#bar.scrollWidth > this.#bar.clientWidth;
  }
}
