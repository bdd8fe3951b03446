// The corner of a map: its kernel as tiles; a kernel that is too large for them as a small image, which opens the tool for it; and of a map
// that several layers make the way to these.

import { make } from "../dom.js";
import { hasTiles, Tiles } from "./tiles.js";

/** @typedef {import("./tiles.js").Rows} Rows */
/** @typedef {"editor" | "xray" | "wall"} Way */

const svg = "http://www.w3.org/2000/svg";

/** What each tool is opened for. @type {Record<Way, string>} */
const reasons = { editor: "Change it in the kernel editor", xray: "Look at it with the X-ray", wall: "Show the layers that make this map" };

export class KernelCorner {
  #tiles;
  #opened;
  #title;
  #button = make("button", { type: "button", className: "kernel-button", hidden: true });
  #shown = "";

  /**
   * @param {string} title of the map
   * @param {(rows: Rows) => void} changed
   * @param {(tool: Way) => void} opened
   */
  constructor(title, changed, opened) {
    this.#tiles = new Tiles(title, changed);
    this.#opened = opened;
    this.#title = title;
    this.element = make("div", { className: "corner" }, this.#tiles.element, this.#button);
  }

  /** @param {string} title of the map whose kernel this is */
  name(title) {
    this.#title = title;
    this.#tiles.name(title);
  }

  /**
   * @param {Rows | null} rows null for a map that is not one kernel's
   * @param {boolean} isEditable
   * @param {Way | null} tool that the button opens; null where none can be opened
   */
  show(rows, isEditable, tool) {
    this.#tiles.show(rows, isEditable);
    this.#button.hidden = rows ? hasTiles(rows) : tool === null;
    const shown = this.#button.hidden ? "" : JSON.stringify([rows, tool, this.#title]);
    if (shown === this.#shown) {
      return;
    }

    this.#shown = shown;
    if (!this.#button.hidden) {
      const text = rows ? `${rows[0].length}x${rows.length}` : "Layers…";
      const reason = tool ? reasons[tool] : "";
      this.#button.disabled = tool === null;
      this.#button.title = reason;
      this.#button.setAttribute("aria-label", `${text}, ${rows ? "kernel of " : ""}${this.#title}. ${reason}`.trim());
      this.#button.onclick = () => tool && this.#opened(tool);
      this.#button.replaceChildren(...(rows ? [imageOf(rows)] : []), text);
    }
  }
}

/** @param {Rows} rows */
function imageOf(rows) {
  const image = document.createElementNS(svg, "svg");
  const max = Math.max(...rows.flat().map(Math.abs)) || 1;
  image.setAttribute("viewBox", `0 0 ${rows[0].length} ${rows.length}`);
  image.setAttribute("aria-hidden", "true");
  image.append(...rows.flatMap((row, y) => row.map((weight, x) => {
    const cell = document.createElementNS(svg, "rect");
    Object.entries({ x, y, width: 1, height: 1 }).forEach(([name, value]) => cell.setAttribute(name, String(value)));
    cell.setAttribute("class", weight > 0 ? "positive" : weight < 0 ? "negative" : "");
    cell.style.setProperty("--strength", `${Math.round((100 * Math.abs(weight)) / max)}%`);
    return cell;
  })));
  return image;
}
