// Hotkeys: those of the terminal, and the page's own.

import { make } from "../dom.js";

/** @type {[string[], string][]} */
const keys = [
  [["1", "–", "9"], "preset"],
  [["[", "]"], "previous and next preset"],
  [["p", "Space"], "pause, go on"],
  [["."], "step one frame"],
  [["r"], "record"],
  [["l"], "list of recordings"],
  [["s"], "snapshot"],
  [["v", "c", "m", "o"], "view: edges, camera, magnitude, overlay"],
  [["e"], "kernel editor"],
  [["x"], "X-ray; arrow keys walk"],
  [["t"], "learn a kernel (train)"],
  [["i"], "statistics"],
  [["z"], "crisp or smooth pixels"],
  [["f"], "full screen"],
  [["?", "h"], "these keys"],
  [["q"], "quit LiveConv"],
];

const known = /^([1-9[\]p .rsi?hqfvcmoexzlt]|Arrow(Up|Down|Left|Right))$/i;

/**
 * Calls back with each hotkey; keys that belong to a field, a button or the browser are left to them.
 * @param {(key: string) => boolean} pressed returns whether the key meant something
 */
export function listen(pressed) {
  document.addEventListener("keydown", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    const isTyping = target.closest("input, select, textarea, dialog, summary");
    const isSpaceOnButton = event.key === " " && target.closest("button, a");
    const isHeld = event.repeat && !event.key.startsWith("Arrow");
    if (event.ctrlKey || event.metaKey || event.altKey || isHeld || isTyping || isSpaceOnButton || !known.test(event.key)) {
      return;
    }

    if (pressed(event.key.length === 1 ? event.key.toLowerCase() : event.key)) {
      event.preventDefault();
    }
  });
}

/** @param {HTMLElement} list */
export function explain(list) {
  for (const [names, meaning] of keys) {
    const caps = names.flatMap((name) => (name === "–" ? ["– "] : [make("kbd", { textContent: name }), " "]));
    list.append(make("dt", {}, ...caps), make("dd", { textContent: meaning }));
  }
}
