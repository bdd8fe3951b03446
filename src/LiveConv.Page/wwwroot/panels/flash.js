// Presets over time may flash: that is said whenever one follows another kind, and who asked for reduced motion sees them only on request.

import { get } from "../dom.js";

const warning = "This preset shows every change, so the whole image may flash when the camera moves.";

export class Flash {
  #notify;
  /** Its own notice. @type {Element | null} */
  #notice = null;
  #preset = "";
  #group = "";

  /** @param {(text: string, isProblem: boolean) => Element} notify returns the notice, which speaks of one preset */
  constructor(notify) {
    this.#notify = notify;
    get("flash-show").onclick = () => this.#veil(false);
  }

  /** @param {import("../session/messages.js").PresetLine} preset */
  follow({ id, group }) {
    if (id === this.#preset) {
      return;
    }

    const isNew = group === "time" && this.#group !== "time";
    this.#preset = id;
    this.#group = group;
    const isReduced = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.#veil(group === "time" && isReduced);
    if (group !== "time") {
      this.#notice?.remove();
    }

    if (isNew && !isReduced) {
      this.#notice = this.#notify(warning, false);
    }
  }

  /** @param {boolean} isVeiled */
  #veil(isVeiled) {
    get("flash").hidden = !isVeiled;
    document.body.toggleAttribute("data-veiled", isVeiled);
  }
}
