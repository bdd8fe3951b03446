// What a second window follows: the presenter's page reports each part of what it shows, and the second window shows those that changed.

/** @typedef {import("./messages.js").StageView} StageView */
/** @typedef {StageView & { held: number | null }} Shown */

/**
 * One part of what is shown.
 * @template {keyof Shown} K
 * @typedef {object} Part
 * @property {() => Shown[K]} [read] what this page shows; not of what LiveConv adds
 * @property {(value: Shown[K]) => void} show shows what the presenter's page does
 */

export class Follower {
  #send;
  /** @type {Map<keyof Shown, Part<any>>} */
  #parts = new Map();
  /** What was sent last, or of a second window each part that it shows, as text. @type {Partial<Record<keyof Shown | "all", string>>} */
  #last = {};

  /** @param {(stage: StageView) => void} send */
  constructor(send) {
    this.#send = send;
  }

  /**
   * @template {keyof Shown} K
   * @param {K} name
   * @param {Part<K>} part
   */
  add(name, part) {
    this.#parts.set(name, part);
  }

  /** LiveConv does not know yet: everything is sent again. */
  forget() {
    this.#last = {};
  }

  /** Something on the presenter's page may have changed. */
  tell() {
    const parts = [...this.#parts].filter(([, part]) => part.read).map(([name, part]) => [name, part.read?.()]);
    const stage = /** @type {StageView} */ (Object.fromEntries(parts));
    const text = JSON.stringify(stage);
    if (text !== this.#last.all) {
      this.#last.all = text;
      this.#send(stage);
    }
  }

  /**
   * Shows it, part by part, in the order in which they were added.
   * @param {import("./messages.js").PresenterView} view
   */
  follow({ shown, held }) {
    const all = /** @type {Shown} */ ({ ...shown, held });
    for (const [name, part] of this.#parts) {
      const text = JSON.stringify(all[name]);
      if (text !== this.#last[name]) {
        this.#last[name] = text;
        part.show(all[name]);
      }
    }
  }
}
