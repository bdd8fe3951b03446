// How guests come in: their address, as a code to point a phone at. The token in it is drawn and copied, never written.

import { get, make } from "../dom.js";

/** @typedef {import("../session/messages.js").ShareMessage} ShareMessage */

export class Share {
  /** @type {HTMLDialogElement} */
  #dialog = get("share");
  #link = "";
  #ask;

  /** @param {() => void} ask asks LiveConv for the guests' address */
  constructor(ask) {
    this.#ask = ask;
    get("share-copy").onclick = () => this.#copy();
  }

  /** @param {(dialog: HTMLDialogElement) => void} show */
  open(show) {
    get("share-said").textContent = "";
    show(this.#dialog);
    this.#ask();
  }

  /** @param {ShareMessage} message */
  answered({ guests, refused }) {
    this.#link = guests?.link ?? "";
    get("share-address").textContent = guests?.address ?? "";
    get("share-refused").textContent = refused ?? "";
    get("share-code").replaceChildren(...(guests ? [drawing(guests.code)] : []));
    get("share-how").hidden = !guests;
    // Browsers let pages copy only where they came over https or from this machine.
    get("share-copy").hidden = !guests || !navigator.clipboard;
  }

  /** @param {number} pages how many are open, this one included */
  pages(pages) {
    get("share-pages").textContent = pages === 1 ? "1 page is open: this one" : `${pages} pages are open`;
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(this.#link);
      get("share-said").textContent = "Copied. Everybody with this link may look on.";
    } catch {
      get("share-said").textContent = "This browser does not let pages copy: use the code.";
    }
  }
}

/**
 * Dark squares on a light ground, whatever the page's colours are: readers expect them.
 * @param {string[]} code
 */
function drawing(code) {
  const size = code.length;
  const dark = code.flatMap((row, y) => [...row].map((square, x) => (square === "1" ? `M${x} ${y}h1v1h-1z` : ""))).join("");
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", `0 0 ${size} ${size}`);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", "QR code of the guests' address");
  svg.setAttribute("shape-rendering", "crispEdges");
  for (const [path, fill] of [[`M0 0h${size}v${size}h-${size}z`, "#fff"], [dark, "#000"]]) {
    const shape = document.createElementNS("http://www.w3.org/2000/svg", "path");
    shape.setAttribute("d", path);
    shape.setAttribute("fill", fill);
    svg.append(shape);
  }

  return make("div", { className: "code" }, svg);
}
