// Whether keys alone are shortcuts: who speaks to the computer, or types with a screen reader, can have them with Alt, or not at all.

import { get } from "../dom.js";

/** @typedef {"alone" | "alt" | "off"} Use */

const store = "shortcuts";

/** @type {Use[]} */
const uses = ["alone", "alt", "off"];

/** @returns {Use} */
export function shortcuts() {
  try {
    return uses.find((use) => use === localStorage.getItem(store)) ?? "alone";
  } catch {
    return "alone";
  }
}

/** Lets the user choose, in the list of keys; the browser remembers it. */
export function offerShortcuts() {
  const menu = /** @type {HTMLSelectElement} */ (get("shortcuts"));
  menu.value = shortcuts();
  menu.addEventListener("change", () => {
    try {
      localStorage.setItem(store, menu.value);
    } catch {
      menu.value = shortcuts();
    }
  });
}
