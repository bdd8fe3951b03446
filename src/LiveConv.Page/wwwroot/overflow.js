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
    const focused = /** @type {HTMLElement | null} */ (document.activeElement);
    const hadFocus = this.#bar.contains(focused) || this.#menu.contains(focused);
    this.#more.before(...this.#menu.children);
    this.#more.hidden = true;
    if (this.#isFull) {
      this.#more.hidden = false;
      for (let last = this.#more.previousElementSibling; last && this.#isFull; last = this.#more.previousElementSibling) {
        this.#menu.prepend(last);
      }
    }

    if (hadFocus && document.activeElement !== focused) {
      // A button that is moved loses it.
      (focused?.checkVisibility() ? focused : this.#more).focus({ preventScroll: true });
    }
  }

  get #isFull() {
    // In a corner they stand in several lines.
    return this.#bar.scrollWidth > this.#bar.clientWidth || this.#bar.scrollHeight > this.#bar.clientHeight + 1;
  }
}
