// The page's state in its address, after the #: a link to it shows the same. Parts of it are applied in the order in which they were added;
// those that a link does not name are shown as they are by default.

import { ConnectionLost } from "./question.js";

/**
 * One part of the state.
 * @typedef {object} Part
 * @property {() => string} read its value now; empty for the default
 * @property {(value: string, given: Map<string, string>) => string | Promise<string>} check why a value is no good beside the others, or empty;
 *   throws {@link ConnectionLost} where LiveConv was asked and does not answer
 * @property {(value: string, given: Map<string, string>) => string | Promise<string>} apply shows a value that was checked, or for the empty one
 *   the default, beside all that the link names; returns why it could not be, or empty
 * @property {boolean} [isPresenters] whether only a presenter's page may change it
 */

const maxLength = 100000;
const pause = 300;

export class Address {
  #notify;
  /** @type {Map<string, Part>} */
  #parts = new Map();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  // An address that nobody has touched stays as it was typed.
  #isUsed = location.hash.length > 1;
  /** How many links are being opened: until they are shown or refused, the address is theirs. */
  #links = 0;
  #isDue = false;

  /** Links are opened one after the other. @type {Promise<boolean>} */
  #opening = Promise.resolve(true);

  /** @param {(text: string, isProblem: boolean) => void} notify */
  constructor(notify) {
    this.#notify = notify;
  }

  /**
   * @param {string} name
   * @param {Part} part
   */
  add(name, part) {
    this.#parts.set(name, part);
  }

  /** The user changed something here: from now on the address follows. */
  use() {
    this.#isUsed = true;
    this.follow();
  }

  /** Something changed: the address is written again soon. */
  follow() {
    if (this.#links > 0) {
      this.#isDue = true;
    } else if (this.#isUsed) {
      // Browsers count how often an address is changed.
      this.#timer ??= setTimeout(() => this.#write(), pause);
    }
  }

  /**
   * Shows what a link has, or says why it cannot be shown; then nothing changes.
   * @param {string} text of the link, after the #
   * @param {boolean} isGuest
   * @returns {Promise<boolean>} false when the connection was lost before it was known whether it can be shown
   */
  open(text, isGuest) {
    // What would be written now is of before the link.
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#links++;
    const opening = this.#opening.then(() => this.#open(text, isGuest)).finally(() => this.#onOpened());
    // A link that failed holds up no other.
    this.#opening = opening.catch(() => true);
    return opening;
  }

  /**
   * @param {string} text
   * @param {boolean} isGuest
   */
  async #open(text, isGuest) {
    if (text === "") {
      return true;
    }

    const values = [...new URLSearchParams(text)];
    const given = new Map(values);
    const parts = [...this.#parts].filter(([, part]) => !(isGuest && part.isPresenters));
    const allowed = new Map(values.filter(([name]) => parts.some(([known]) => known === name)));
    const fault = this.#formFault(text, values) || await this.#faultOf(values, allowed);
    if (fault === null) {
      return false;
    }

    if (fault) {
      this.#refuse(fault);
      return true;
    }

    if (allowed.size < given.size) {
      this.#notify("This link also has a preset, which only the presenter's page can choose.", false);
    }

    this.#isDue = true;
    await this.#apply(parts, allowed, given);
    return true;
  }

  #onOpened() {
    this.#links--;
    if (this.#links === 0 && this.#isDue) {
      this.#isDue = false;
      this.follow();
    }
  }

  /**
   * @param {[string, Part][]} parts
   * @param {Map<string, string>} allowed
   * @param {Map<string, string>} given
   */
  async #apply(parts, allowed, given) {
    for (const [name, part] of parts) {
      const refused = await part.apply(allowed.get(name) ?? "", given);
      if (refused) {
        this.#refuse(refused);
        return;
      }
    }
  }

  /**
   * @param {string} text
   * @param {[string, string][]} values
   */
  #formFault(text, values) {
    const names = values.map(([name]) => name);
    const unknown = names.find((name) => !this.#parts.has(name));
    if (text.length > maxLength) {
      return "it is too long";
    }

    if (unknown !== undefined) {
      return `it has “${unknown.slice(0, 40)}”, which this page does not know`;
    }

    return new Set(names).size < names.length ? "it has something twice" : "";
  }

  /**
   * @param {[string, string][]} values
   * @param {Map<string, string>} given those that this page may show
   * @returns {Promise<string | null>} empty for none; null when the connection was lost
   */
  async #faultOf(values, given) {
    try {
      for (const [name, value] of values) {
        const fault = await this.#parts.get(name)?.check(value, given);
        if (fault) {
          return fault;
        }
      }
    } catch (error) {
      if (error instanceof ConnectionLost) {
        return null;
      }

      throw error;
    }

    return "";
  }

  /** @param {string} why */
  #refuse(why) {
    this.#notify(`This link cannot be shown, and nothing has changed: ${why}.`, true);
  }

  /** A link to what is shown now. */
  link() {
    const text = this.#text();
    return location.href.replace(/#.*/s, "") + (text && `#${text}`);
  }

  #text() {
    const values = [...this.#parts].map(([name, part]) => [name, part.read()]).filter(([, value]) => value !== "");
    return new URLSearchParams(values).toString();
  }

  #write() {
    this.#timer = undefined;
    const text = this.#text();
    history.replaceState(null, "", text === "" ? location.pathname + location.search : `#${text}`);
  }
}
