// What the panes show, in words, on their canvases: a screen reader reads them when somebody goes there, not by themselves.

const period = 2000;

export class Seen {
  /** @type {import("../session/messages.js").SeenMessage | null} */
  #seen = null;
  #shown;

  /**
   * @param {(message: import("../session/messages.js").PageMessage) => void} send
   * @param {() => void} shown there are other words
   */
  constructor(send, shown) {
    this.#shown = shown;
    setInterval(() => document.hidden || send({ seen: true }), period);
  }

  /** @param {import("../session/messages.js").SeenMessage} message */
  show(message) {
    this.#seen = message;
    this.#shown();
  }

  /**
   * The words for a pane, or empty.
   * @param {import("../paint/views.js").Pane} pane
   */
  of({ planes }) {
    /** @type {Record<string, "vertical" | "horizontal">} */
    const same = { signedVertical: "vertical", signedHorizontal: "horizontal" };
    const [first] = planes;
    return this.#seen?.[planes.length > 1 ? "both" : same[first] ?? first] ?? "";
  }
}
