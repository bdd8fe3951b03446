// Which parts of the page are open, and the focus: it goes into a part that opens, and back to where it came from when that closes.

import { get } from "./dom.js";

export class OpenParts {
  /** By their ids, in the order in which they were opened: what had the focus before. @type {Map<string, Element | null>} */
  #openers = new Map();

  /** The part that Escape closes: that which has the focus, else the one that was opened last; empty for none. */
  get last() {
    const ids = [...this.#openers.keys()];
    return ids.findLast((id) => get(id).contains(document.activeElement)) ?? ids.at(-1) ?? "";
  }

  /** What has the focus now; of a part that will close, what opened that. */
  get opener() {
    const within = [...this.#openers].find(([id]) => get(id).contains(document.activeElement));
    return within ? within[1] : document.activeElement;
  }

  /**
   * The focus goes to the part's title, so that keys go on being keys; into a part that a lesson opens it does not.
   * @param {HTMLElement} part
   * @param {Element | null} opener
   * @param {boolean} isFollowed a lesson opened it, which keeps the focus
   */
  opened(part, opener, isFollowed) {
    this.#openers.set(part.id, opener);
    if (!isFollowed) {
      /** @type {HTMLElement} */ (part.querySelector("h2[tabindex]") ?? part).focus({ preventScroll: true });
    }
  }

  /** @param {HTMLElement} part */
  closed(part) {
    const opener = this.#openers.get(part.id);
    this.#openers.delete(part.id);
    giveBack(opener ?? null);
  }

  /**
   * Opens a dialog, and gives the focus back when it closes: browsers give it to what had it, which may be out of sight then.
   * @param {HTMLDialogElement} dialog
   */
  openDialog(dialog) {
    const { opener } = this;
    dialog.showModal();
    dialog.addEventListener("close", () => giveBack(opener), { once: true });
  }
}

/** @param {Element | null} opener what had the focus before */
function giveBack(opener) {
  if (!document.activeElement?.checkVisibility() || document.activeElement === document.body) {
    // A button of the menu is out of sight when the menu has closed; what a key opened may have had nothing with the focus before.
    const hadFocus = opener !== document.body && opener?.checkVisibility();
    const place = hadFocus ? opener : opener?.closest("#more-menu") ? get("more") : get("stage");
    /** @type {HTMLElement | null} */ (place)?.focus({ preventScroll: true });
  }
}
