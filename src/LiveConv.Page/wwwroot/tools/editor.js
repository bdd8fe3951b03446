// The kernel editor: two grids of weights and their settings. Every valid change is sent at once and is live with the next frame.

import { get, make } from "../dom.js";
import { documentOf } from "./document.js";
import { KernelGrid } from "./kernelgrid.js";

const undoSteps = 100;

// Milliseconds until a link's kernels that were taken are in use.
const maxWait = 1000;

// As many characters as a preset's name may have.
const maxName = 80;

/** @type {[string, string, "operations" | "borders" | "responses"][]} */
const choices = [
  ["operation", "Operation", "operations"],
  ["border", "Border", "borders"],
  ["response", "Response", "responses"],
];

/** @type {[string, string, number, number][]} */
const steps = [
  ["stride", "Stride", 1, 16],
  ["padding", "Padding", 0, 30],
  ["dilation", "Dilation", 1, 16],
];

// Settings that may be left to LiveConv.
const canBeEmpty = ["padding", "horizontalGain"];

/** @typedef {import("../session/messages.js").KernelAnchor} Anchor */
/** @typedef {import("../session/messages.js").PageMessage} PageMessage */

/**
 * What is edited.
 * @typedef {import("../session/messages.js").KernelPair} Draft
 */

export class Editor {
  #send;
  #edited;
  #grids;
  /** @type {Record<string, HTMLSelectElement | HTMLInputElement>} */
  #fields = {};
  /** @type {Draft | null} */
  #draft = null;
  /** @type {Draft | null} */
  #original = null;
  /** @type {Draft[]} */
  #undo = [];
  #name = "";

  // What an edit is called here: an edit goes on under its own name, one of a preset begins another.
  #title = "";

  /** Called when a preset from a link runs, or is refused. @type {((refused: string) => void) | null} */
  #taken = null;

  // What is edited here runs; until LiveConv confirms it, the state is of the preset from before.
  #isLive = false;

  // The edit that was begun here, of a preset that is none itself; empty until LiveConv confirms it.
  #edit = "";
  #isOfEdit = false;

  // What was changed here was all taken back.
  #isBack = false;

  /** @type {import("../session/messages.js").CaptionLine[]} */
  #captions = [];

  /** What LiveConv found wrong. @type {HTMLElement[]} */
  #marked = [];

  // The preset that was followed last, in one text.
  #followed = "";

  /**
   * @param {(message: PageMessage) => void} send
   * @param {(kernels: Draft | null) => void} edited the kernels were changed here
   */
  constructor(send, edited) {
    this.#send = send;
    this.#edited = edited;
    this.#grids = {
      vertical: new KernelGrid("vertical", 0, send, (rows, anchor, gain) => this.#changeKernel("vertical", rows, anchor, gain)),
      horizontal: new KernelGrid("horizontal", 1, send, (rows, anchor, gain) => this.#changeKernel("horizontal", rows, anchor, gain)),
    };
    get("editor-kernels").append(this.#grids.vertical.element, this.#grids.horizontal.element);
    this.#addFields(get("editor-settings"));
    get("editor-undo").onclick = () => this.#restore(this.#undo.pop() ?? null);
    get("editor-reset").onclick = () => this.#reset();
    get("editor-save").onclick = () => this.#draft && this.#send({ presetFile: this.#document() });
  }

  /** The kernels as they are here; null when the preset is more than that. */
  get kernels() {
    return this.#draft;
  }

  /**
   * Changes the weights of one kernel, as the grid does.
   * @param {"vertical" | "horizontal"} name
   * @param {number[][]} rows as many as it has
   */
  changeKernel(name, rows) {
    this.#grids[name].show(rows);
    this.#changeKernel(name, rows);
  }

  /**
   * Follows the preset that runs, unless it is what was edited here.
   * @param {import("../session/messages.js").StateMessage} state
   */
  follow(state) {
    this.#limit(state.limits);
    this.#captions = state.preset.captions;
    [this.#grids.vertical, this.#grids.horizontal].forEach((grid, map) => grid.name(this.#captions[map].title));
    const isTaken = this.#taken !== null && state.editedHere;
    if (isTaken) {
      // Whatever else is known already: on a page that is loaded again the kernels may be in use.
      this.#endTaking("");
    }

    const isEdit = state.edits.some(({ id }) => id === state.preset.id);
    if (state.editedHere && this.#draft && !isTaken) {
      this.#isLive = true;
      this.#edit = isEdit ? state.preset.id : "";
      this.#endEdit();
      return;
    }

    const now = JSON.stringify([state.preset, state.kernels]);
    if (!this.#isLive && now === this.#followed) {
      return;
    }

    this.#isLive = false;
    this.#edit = "";
    this.#isBack = false;
    this.#isOfEdit = isEdit;
    this.#followed = now;
    this.#name = state.preset.name.replace(/^Edited /, "");
    this.#title = titleOf(state);
    this.#original = state.kernels;
    this.#draft = this.#original;
    this.#undo = [];
    get("editor-work").hidden = !this.#draft;
    if (this.#draft) {
      this.#show();
    }

    this.#say(this.#draft ? "" : "This preset is more than one kernel for each map and can't be edited here. Try Sobel.");
  }

  // What LiveConv takes does not change while it runs.
  /** @param {import("../session/messages.js").EditorLimits} limits */
  #limit(limits) {
    Object.values(this.#grids).forEach((grid) => grid.limit(limits));
    for (const [name, , list] of choices) {
      const field = /** @type {HTMLSelectElement} */ (this.#fields[name]);
      if (field.options.length === 0) {
        field.append(...limits[list].map((option) => new Option(option)));
      }
    }
  }

  /**
   * What became of an edit: whatever is wrong is marked, and named by its label here.
   * @param {string | null} reason
   * @param {string | null} member where it is, as a path into the preset
   */
  refused(reason, member) {
    const taken = this.#taken;
    if (reason && taken) {
      this.#endTaking(reason);
      return;
    }

    if (taken) {
      // No state follows where these kernels are in use already.
      setTimeout(() => this.#taken === taken && this.#endTaking(""), maxWait);
    }

    this.#marked.forEach((field) => field.removeAttribute("aria-invalid"));
    this.#marked = [];
    this.#say(reason ? `${this.#place(member ?? "")}${reason}; the image keeps the kernels as they were` : "");
  }

  /** @param {import("../session/messages.js").KernelTextMessage} message */
  pasted(message) {
    this.#gridOf(message.map).pasted(message);
  }

  /** @param {import("../session/messages.js").KernelCopyMessage} message */
  copied(message) {
    this.#gridOf(message.map).copied(message);
  }

  /** @param {number} map */
  #gridOf(map) {
    return map === 0 ? this.#grids.vertical : this.#grids.horizontal;
  }

  /** @param {string} text */
  #say(text) {
    get("editor-fault").textContent = text;
  }

  /**
   * Marks what a path leads to.
   * @param {string} member
   * @returns {string} its name, for the beginning of a sentence
   */
  #place(member) {
    const [, index, named, ...at] = /^\$(?:\.layers\[0\]\.kernels\[(\d+)\](?:\.weights)?|\.(vertical|horizontal))(?:\[(\d+)\])?(?:\[(\d+)\])?/.exec(member) ?? [];
    if (index || named) {
      const grid = this.#gridOf(named === "horizontal" || index === "1" ? 1 : 0);
      const place = at.filter((part) => part !== undefined).map(Number);
      this.#mark(grid.fieldsAt(place));
      return `${grid.title}${["", `, row ${place[0]}`, `, row ${place[0]}, column ${place[1]}`][place.length]}: `;
    }

    const field = this.#fields[member.startsWith("$.outputs.horizontal") ? "horizontalGain" : member.split(".").at(-1) ?? ""];
    this.#mark(field ? [field] : []);
    return field ? `${field.labels?.[0]?.querySelector("span")?.textContent}: ` : "";
  }

  /** @param {HTMLElement[]} fields */
  #mark(fields) {
    this.#marked = fields;
    fields.forEach((field) => field.setAttribute("aria-invalid", "true"));
  }

  /** @param {HTMLElement} parent */
  #addFields(parent) {
    for (const [name, label] of choices) {
      const field = make("select");
      field.onchange = () => this.#change({ [name]: field.value });
      this.#addField(parent, name, label, field);
    }

    const gain = make("input", { type: "number", step: "any", value: "1" });
    gain.oninput = () => this.#takeNumber(gain, (value) => this.#change({ gain: value }), Number.isFinite);
    this.#addField(parent, "gain", "Gain", gain);
    const second = make("input", { type: "number", step: "any", placeholder: "the same" });
    second.oninput = () => this.#takeStep(second, "horizontalGain", Number.isFinite);
    this.#addField(parent, "horizontalGain", "Gain of the right map", second);
    for (const [name, label, min, max] of steps) {
      const field = make("input", { type: "number", min: String(min), max: String(max), placeholder: name === "padding" ? "same size" : "" });
      field.oninput = () => this.#takeStep(field, name, (value) => Number.isInteger(value) && value >= min && value <= max);
      this.#addField(parent, name, label, field);
    }
  }

  /**
   * @param {HTMLElement} parent
   * @param {string} name
   * @param {string} label
   * @param {HTMLSelectElement | HTMLInputElement} field
   */
  #addField(parent, name, label, field) {
    field.id = `editor-${name}`;
    this.#fields[name] = field;
    parent.append(make("label", {}, make("span", { textContent: label }), field));
  }

  /**
   * @param {HTMLInputElement} field
   * @param {string} name
   * @param {(value: number) => boolean} isGood
   */
  #takeStep(field, name, isGood) {
    if (canBeEmpty.includes(name) && field.value === "" && field.validity.valid) {
      field.removeAttribute("aria-invalid");
      this.#change({ [name]: null });
      return;
    }

    this.#takeNumber(field, (value) => this.#change({ [name]: value }), isGood);
  }

  /**
   * @param {HTMLInputElement} field
   * @param {(value: number) => void} take
   * @param {(value: number) => boolean} isGood
   */
  #takeNumber(field, take, isGood) {
    const value = field.value === "" ? NaN : Number(field.value);
    field.toggleAttribute("aria-invalid", false);
    if (isGood(value)) {
      take(value);
    } else {
      field.setAttribute("aria-invalid", "true");
    }
  }

  /**
   * @param {"vertical" | "horizontal"} name
   * @param {number[][]} rows
   * @param {Anchor | null} [anchor] undefined: as it was, if there is such a place still
   * @param {number} [gain] undefined: as it was
   */
  #changeKernel(name, rows, anchor, gain) {
    const before = this.#draft?.[name];
    const isSameSize = rows.length === before?.length && rows[0].length === before[0].length;
    const kept = isSameSize ? this.#draft?.[`${name}Anchor`] : null;
    this.#change({ [name]: rows, [`${name}Anchor`]: anchor === undefined ? kept : anchor, ...this.#gains(name, gain) });
    if (gain !== undefined && this.#draft) {
      this.#showFields(this.#draft);
    }
  }

  /**
   * Both gains, when one of them changes; that of the horizontal map is null when they are equal.
   * @param {"vertical" | "horizontal"} name
   * @param {number | undefined} gain
   * @returns {Partial<Draft>}
   */
  #gains(name, gain) {
    if (gain === undefined || !this.#draft) {
      return {};
    }

    const vertical = name === "vertical" ? gain : this.#draft.gain;
    const horizontal = name === "horizontal" ? gain : this.#draft.horizontalGain ?? this.#draft.gain;
    return { gain: vertical, horizontalGain: horizontal === vertical ? null : horizontal };
  }

  /** @param {Partial<Draft>} change */
  #change(change) {
    if (this.#draft) {
      this.#isBack = false;
      this.#undo = [...this.#undo, this.#draft].slice(-undoSteps);
      this.#draft = { ...this.#draft, ...change };
      this.#use(this.#draft);
      this.#edited(this.#draft);
      this.#send({ edit: this.#document() });
    }
  }

  /** @param {Draft | null} draft */
  #restore(draft) {
    if (draft) {
      this.#draft = draft;
      this.#show();
      this.#edited(draft);
      this.#isBack = !this.#isOfEdit && JSON.stringify(draft) === JSON.stringify(this.#original);
      if (!this.#endEdit()) {
        this.#send({ edit: this.#document() });
      }
    }
  }

  /**
   * When nothing is left of an edit, the preset itself runs again.
   * @returns {boolean} whether it does
   */
  #endEdit() {
    const isOver = this.#isBack && this.#edit !== "";
    if (isOver) {
      this.#send({ discard: this.#edit });
      this.#edit = "";
    }

    return isOver;
  }

  #reset() {
    if (this.#draft && this.#original) {
      this.#undo = [...this.#undo, this.#draft];
      this.#restore(this.#original);
    }
  }

  /** @param {Draft} draft */
  #use({ operation, border, response, gain, horizontalGain, verticalAnchor, horizontalAnchor }) {
    this.#grids.vertical.use({ operation, border, response, gain, anchor: verticalAnchor });
    this.#grids.horizontal.use({ operation, border, response, gain: horizontalGain ?? gain, anchor: horizontalAnchor });
  }

  #show() {
    const draft = /** @type {Draft} */ (this.#draft);
    this.#grids.vertical.show(draft.vertical);
    this.#grids.horizontal.show(draft.horizontal);
    this.#use(draft);
    this.#showFields(draft);
  }

  /** @param {Draft} draft */
  #showFields(draft) {
    for (const [name, field] of Object.entries(this.#fields)) {
      const value = draft[/** @type {keyof Draft} */ (name)];
      field.value = value === null ? "" : String(value);
      field.removeAttribute("aria-invalid");
    }
  }

  #document() {
    return documentOf(/** @type {Draft} */ (this.#draft), this.#title, this.#captions);
  }

  /**
   * Filters with a preset from a link.
   * @param {import("../session/messages.js").PresetDocument} document
   * @returns {Promise<string>} why it is refused, or empty
   */
  take(document) {
    this.#endTaking("");
    return new Promise((done) => {
      this.#taken = done;
      this.#send({ edit: document });
    });
  }

  /** The connection was lost, and what it was to bring. */
  forget() {
    this.#endTaking("the connection was lost");
  }

  /** @param {string} refused */
  #endTaking(refused) {
    this.#taken?.(refused);
    this.#taken = null;
  }

  /** @param {import("../session/messages.js").PresetFileMessage} message the file to save */
  saved({ text, refused, member }) {
    if (text === null) {
      this.refused(refused, member);
      return;
    }

    const file = new Blob([text], { type: "application/json" });
    const link = make("a", { href: URL.createObjectURL(file), download: `${this.#name.toLowerCase().replace(/[^a-z0-9]+/g, "-") || "kernels"}.json` });
    link.click();
    URL.revokeObjectURL(link.href);
  }
}

/**
 * What an edit of the preset that runs is called: an edit goes on under its own name, an edit of a preset gets one that no other has.
 * @param {import("../session/messages.js").StateMessage} state
 */
function titleOf({ preset, edits }) {
  if (edits.some(({ id }) => id === preset.id)) {
    return preset.name;
  }

  const plain = `Edited ${preset.name.replace(/^Edited /, "")}`;
  for (let number = 1; ; number++) {
    const suffix = number === 1 ? "" : ` ${number}`;
    const title = plain.slice(0, maxName - suffix.length) + suffix;
    if (!edits.some(({ name }) => name === title)) {
      return title;
    }
  }
}
