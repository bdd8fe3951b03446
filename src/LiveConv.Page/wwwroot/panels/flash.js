// Presets over time may flash: that is said once, and who asked for reduced motion sees them only on request.

import { get } from "../dom.js";

const warning = "This preset shows every change, so the whole image may flash when the camera moves.";

export class Flash {
  #notify;
  #preset = "";
  #isKnown = false;

  /** @param {(text: string, isProblem: boolean) => void} notify */
  constructor(notify) {
    this.#notify = notify;
    get("flash-show").onclick = () => this.#veil(false);
  }

  /** @param {import("../session/messages.js").PresetLine} preset */
  follow({ id, group }) {
    if (id === this.#preset) {
      return;
    }

    this.#preset = id;
    const isReduced = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.#veil(group === "time" && isReduced);
    if (group === "time" && !isReduced && !this.#isKnown) {
      this.#isKnown = true;
      this.#notify(warning, false);
    }
  }

  /** @param {boolean} isVeiled */
  #veil(isVeiled) {
    get("flash").hidden = !isVeiled;
    document.body.toggleAttribute("data-veiled", isVeiled);
  }
}
