// Hotkeys: the same as in the terminal, and f for full screen.

/** @type {[string[], string][]} */
export const keys = [
  [["1", "–", "9"], "preset"],
  [["[", "]"], "previous and next preset"],
  [["p", "Space"], "pause, go on"],
  [["."], "step one frame"],
  [["r"], "record"],
  [["s"], "snapshot"],
  [["i"], "statistics"],
  [["f"], "full screen"],
  [["?", "h"], "these keys"],
  [["q"], "quit LiveConv"],
];

const known = /^[1-9[\]p .rsi?hqf]$/i;

/**
 * Calls back with each hotkey; keys that belong to a field, a button or the browser are left to them.
 * @param {(key: string) => void} pressed
 */
export function listen(pressed) {
  document.addEventListener("keydown", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    const isTyping = target.closest("input, select, textarea, dialog");
    const isSpaceOnButton = event.key === " " && target.closest("button, a");
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping || isSpaceOnButton || !known.test(event.key)) {
      return;
    }

    event.preventDefault();
    pressed(event.key.toLowerCase());
  });
}

/** @param {HTMLElement} list */
export function explain(list) {
  for (const [names, meaning] of keys) {
    const term = document.createElement("dt");
    for (const name of names) {
      term.append(name === "–" ? " – " : Object.assign(document.createElement("kbd"), { textContent: name }), " ");
    }

    list.append(term, Object.assign(document.createElement("dd"), { textContent: meaning }));
  }
}
