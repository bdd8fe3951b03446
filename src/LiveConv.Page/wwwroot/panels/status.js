// What the header, the banner and the notices say.

import { get, make } from "../dom.js";

const noticesKept = 3;
const noticeTime = 12000;
const logged = 200;

/** @typedef {import("../session/messages.js").StateMessage} State */

/**
 * A figure that has the same width with one digit as with several, so that nothing beside it moves.
 * @param {number} value
 * @param {number} digits
 */
const figure = (value, digits) => String(Math.round(value)).padStart(digits, "\u2007");

export class Status {
  #isConnected = false;
  /** @type {State | null} */
  #state = null;
  #recorded = "";
  #reason = "";
  /** Frames per second, then the delay. @type {string[]} */
  #pulse = [];
  #pages = "";
  #isHeld = false;

  /**
   * @param {boolean} isConnected
   * @param {string} [reason]
   * @param {string} [refusal]
   */
  connected(isConnected, reason, refusal) {
    this.#isConnected = isConnected;
    this.#isHeld = false;
    document.body.dataset.connection = isConnected ? "live" : "lost";
    // Why the connection ended is known once; the attempts after it only find nobody there.
    this.#reason = isConnected ? "" : reason || this.#reason;
    const banner = get("banner");
    banner.hidden = isConnected;
    banner.textContent = refusal || (this.#reason ? `${this.#reason}. This page waits for it to come back.` : "Connection lost. Reconnecting…");
    this.#showEnd();
    this.#show();
  }

  /** @param {State} state */
  follow(state) {
    this.#state = state;
    document.body.toggleAttribute("data-paused", state.paused);
    document.body.toggleAttribute("data-recording", state.recording);
    get("source").textContent = `${state.source.name}  ${state.source.granted}`;
    get("source").title = state.source.note ?? "";
    document.documentElement.style.setProperty("--pixel-aspect", String(state.source.pixelAspect));
    const [, width, height] = /^(\d+)x(\d+)/.exec(state.source.granted) ?? [];
    if (width && height) {
      // Until a map has come, whose shape may be another.
      document.documentElement.style.setProperty("--ratio", String(Number(width) / Number(height)));
    }

    this.#showEnd();
    this.#show();
  }

  /**
   * How the image is doing, in a few signs.
   * @param {number} fps
   * @param {number | null} age in milliseconds
   * @param {number} pages how many are open
   */
  pulse(fps, age, pages) {
    this.#pulse = [`${figure(fps, 3)} fps`, ...(age === null ? [] : [`${figure(age, 4)} ms`])];
    this.#pages = pages > 1 ? `${pages} pages` : "";
    this.#show();
  }

  /** @param {boolean} isHeld whether this page holds an image: it is no fault that no newer one is drawn */
  hold(isHeld) {
    this.#isHeld = isHeld;
    this.#show();
  }

  /** @param {string} text how long and large the recording is */
  recording(text) {
    this.#recorded = text;
    this.#show();
  }

  /**
   * @param {string} text
   * @param {boolean} isProblem
   * @returns {Element} the notice, which goes by itself, or sooner when it is removed
   */
  notice(text, isProblem) {
    const line = make("p", { textContent: text, className: isProblem ? "problem" : "" });
    const notices = get("notices");
    notices.append(line);
    while (notices.childElementCount > noticesKept) {
      notices.firstElementChild?.remove();
    }

    setTimeout(() => line.remove(), noticeTime);
    this.#log(text, isProblem);
    return line;
  }

  /**
   * @param {string} text
   * @param {boolean} isProblem
   */
  #log(text, isProblem) {
    const time = make("time", { textContent: new Date().toLocaleTimeString() });
    const list = get("log-list");
    list.prepend(make("li", { className: isProblem ? "problem" : "" }, time, ` ${text}`));
    list.children[logged]?.remove();
    get("log-none").hidden = true;
  }

  #showEnd() {
    const source = this.#state?.source;
    const hasEnded = source?.held === true;
    if (hasEnded && !document.body.hasAttribute("data-ended")) {
      this.#log(`${source.name} has ended.`, false);
    }

    document.body.toggleAttribute("data-ended", hasEnded);
    get("ended").hidden = !this.#isConnected || !hasEnded || !source.replayable;
  }

  #show() {
    const { paused, source } = this.#state ?? {};
    // While an image stays on purpose, figures of nothing would look like a fault.
    const pulse = paused || this.#isHeld || source?.held ? [] : this.#pulse;
    const parts = this.#isConnected ? [...pulse, ...(this.#pages ? [this.#pages] : [])] : [];
    get("pulse").replaceChildren(...parts.map((part, index) => make("span", { textContent: `${index > 0 ? " · " : ""}${part}` })));
    const stage = [this.#state?.preset.name, ...pulse.map((part) => part.trim()), paused ? "paused" : this.#isHeld ? "held" : "", this.#state?.recording ? `● REC ${this.#recorded.split(",")[0]}` : ""];
    get("stage-line").textContent = stage.filter(Boolean).join(" · ");
    get("recorded").textContent = this.#isConnected ? this.#recorded : "";
    const text = this.#isConnected ? this.#words().join(" · ") : "Not connected";
    if (get("status").textContent !== text) {
      get("status").textContent = text;
    }
  }

  #words() {
    const { recording = false, paused = false, source = null } = this.#state ?? {};
    const words = [...(recording ? ["Recording"] : []), ...(paused ? ["Paused"] : [])];
    return words.length > 0 ? words : [source?.held ? "Ended" : source?.waiting ?? (this.#isHeld ? "Held" : "Live")];
  }
}
