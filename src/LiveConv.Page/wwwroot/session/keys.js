// Hotkeys: those of the terminal, and the page's own.

import { make } from "../dom.js";
import { shortcuts } from "./shortcuts.js";

/** Their names, what they do, and who has them if not all. @type {[string[], string, string?][]} */
const keys = [
  [["1", "–", "9"], "preset", "presenter"],
  [["g"], "presets, small and live; there a number of one digit or two"],
  [["[", "]"], "previous and next preset", "presenter"],
  [["PageUp", "PageDown"], "a clicker's: step of the lesson; X-ray, by ten rows; else preset"],
  [["p", "Space"], "pause, go on", "presenter"],
  [["."], "step one frame", "presenter"],
  [["r"], "record", "presenter"],
  [["l"], "list of recordings", "presenter"],
  [["s"], "snapshot", "presenter"],
  [["a", "v", "j", "k"], "view: all four, pair, left, right"],
  [["c", "m", "o"], "view: camera, magnitude, overlay"],
  [["+"], "view: the maps plain and signed, beside each other"],
  [["y"], "signed maps: blue for positive sums, amber for negative"],
  [["0"], "back to the seed", "presenter"],
  [["e"], "kernel editor", "presenter"],
  [["x"], "X-ray: click a pixel; arrow keys walk, with Shift by ten"],
  [[",", "."], "X-ray: one pixel back, and on"],
  [["w"], "layers as a wall"],
  [["u"], "microscope (µ); arrow keys walk"],
  [["n"], "lesson: predict, then see"],
  [["t"], "learn a kernel (train)"],
  [["i"], "statistics"],
  [["z"], "crisp or smooth pixels"],
  [["f"], "full screen: a stage"],
  [["b"], "black out"],
  [["d"], "dark or light"],
  [["Esc"], "close what was opened last"],
  [["?", "h"], "these keys"],
  [["q"], "quit LiveConv", "presenter"],
];

const known = /^([0-9[\]p .,+rsi?hqfvcmoexzltajkbduywng]|Escape|Home|End|Arrow(Up|Down|Left|Right)|Page(Up|Down))$/;

// Where the keys are on a US keyboard, by those codes that do not name them.
/** @type {Record<string, string>} */
const positions = { BracketLeft: "[", BracketRight: "]", Comma: ",", Period: "." };

// On a US keyboard too these are typed with Shift; with Alt they need none.
/** @type {Record<string, string>} */
const signs = { Slash: "?", Equal: "+", NumpadAdd: "+" };

// These are no characters, so nobody types or says them by chance.
const always = /^(Escape|Home|End|Arrow(Up|Down|Left|Right)|Page(Up|Down))$/;

// Held down, these go on: they walk.
const walking = /^([,.]|Home|End|Arrow(Up|Down|Left|Right)|Page(Up|Down))$/;

/**
 * The hotkey that a keyboard event means, on every layout: what is printed on the key if that is Latin, else the key that a US keyboard has in
 * this place. LiveConv has the same rule for its windows, in HotKeys.cs.
 * @param {KeyboardEvent} event
 * @returns {string} empty for none
 */
function hotkey(event) {
  const { key, code, shiftKey, ctrlKey, altKey, metaKey } = event;
  // Full-width letters are Latin too, and the Arabic question mark is one.
  const narrow = /^[\uFF01-\uFF5E\u3000]$/.test(key) ? key.normalize("NFKC") : key;
  const typed = narrow.length === 1 ? narrow.toLowerCase().replace("؟", "?") : narrow;
  if (metaKey || (ctrlKey && !altKey)) {
    return "";
  }

  if (altKey) {
    // AltGr, which is Ctrl and Alt on Windows, or Option: many keyboards have brackets there, and no other hotkey.
    return /^[[\]?.]$/.test(typed) ? typed : "";
  }

  if (known.test(typed)) {
    return typed;
  }

  // Keys with names, such as Home on a number pad, are themselves; those that have none yet belong to an input method or an accent.
  if (typed.length > 1 && !/^(Dead|Process|Unidentified)$/.test(typed)) {
    return "";
  }

  const place = positions[code] ?? code.replace(/^(Key|Digit|Numpad)(?=.$)/, "").toLowerCase();
  const isPlace = known.test(place) && !event.getModifierState("AltGraph");
  return isPlace && isElsewhere(typed, code, shiftKey) ? place : "";
}

/**
 * Whether a key has no hotkey printed on it, so that its place counts.
 * @param {string} typed
 * @param {string} code
 * @param {boolean} shiftKey
 */
function isElsewhere(typed, code, shiftKey) {
  if (code.startsWith("Key")) {
    // A letter of another script, or the two signs that the Greek and the Hebrew keyboard have in the place of q; an input method keeps the
    // letter to itself.
    const isLetter = /^[^\p{ASCII}\p{Script=Latin}]+$/u.test(typed);
    return isLetter || (code === "KeyQ" && /^[;/]$/.test(typed)) || /^(Process|Unidentified)$/.test(typed);
  }

  // Digits that need Shift, as on the French keyboard, brackets and the full stop: not where a Latin letter is.
  return !/^[a-z]$/.test(typed) && (!shiftKey || /^[^\p{ASCII}\p{Script=Latin}]+$/u.test(typed));
}

/**
 * The hotkey, as the user wants to have them: alone, with Alt, or none. Whatever on this page listens to keys outside of a field asks here.
 * @param {KeyboardEvent} event
 * @returns {string} empty for none
 */
export function shortcut(event) {
  const use = shortcuts();
  if (use === "alone" || (always.test(event.key) && !event.altKey)) {
    return hotkey(event);
  }

  // With Alt, and with Option above all, a key types something else: what counts is its place.
  const { code, altKey, ctrlKey, metaKey } = event;
  const place = signs[code] ?? positions[code] ?? code.replace(/^(Key|Digit|Numpad)(?=.$)/, "").toLowerCase();
  return use === "alt" && altKey && !ctrlKey && !metaKey && known.test(place) ? place : "";
}

/**
 * Calls back with each hotkey; keys that belong to a field, a button or the browser are left to them.
 * @param {(key: string, isShifted: boolean, isHeld: boolean) => boolean} pressed returns whether the key meant something
 */
export function listen(pressed) {
  document.addEventListener("keydown", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    const isTyping = target.closest(event.key === "Escape" ? "dialog" : "input, select, textarea, dialog, summary");
    const isSpaceOnButton = event.key === " " && target.closest("button, a");
    const key = isTyping || isSpaceOnButton ? "" : shortcut(event);
    const isOff = event.repeat && !walking.test(key);
    if (key && !isOff && pressed(key, event.shiftKey, event.repeat)) {
      event.preventDefault();
    }
  });
}

/** @param {HTMLElement} list */
export function explain(list) {
  for (const [names, meaning, owner = ""] of keys) {
    const caps = names.flatMap((name) => (name === "–" ? ["– "] : [make("kbd", { textContent: name }), " "]));
    const pair = [make("dt", {}, ...caps), make("dd", { textContent: meaning })];
    if (owner) {
      pair.forEach((part) => (part.dataset.for = owner));
    }

    list.append(...pair);
  }
}
