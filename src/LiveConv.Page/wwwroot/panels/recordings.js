// The list of what was recorded, and the length and size of the running recording.

import { get, make } from "../dom.js";

/** @typedef {import("../session/messages.js").RecordingLine} Line */

/**
 * The recordings after a change: those that changed take the place of those with their number.
 * @param {Line[]} lines
 * @param {Line[]} changed
 */
export function merge(lines, changed) {
  const all = [...lines];
  changed.forEach((line) => (all[line.number] = line));
  return all;
}

/** @param {Line[]} lines */
export function listRecordings(lines) {
  const list = get("recordings-list");
  const shown = JSON.stringify(lines);
  if (list.dataset.shown === shown) {
    // A link that has the focus keeps it.
    return;
  }

  list.dataset.shown = shown;
  list.replaceChildren(...[...lines].reverse().map((line) => {
    const facts = make("span", { className: "hint", textContent: ` ${line.done ? describe(line) : "being written"}, in ${line.folder}` });
    const link = make("a", { href: `recordings/${line.number}`, download: line.name, textContent: line.name });
    return make("li", {}, line.done ? link : line.name, facts);
  }));
  get("recordings-none").hidden = lines.length > 0;
}

/** @param {Line | null} line */
export const describe = (line) => (line ? `${duration(line.seconds)}, ${size(line.bytes)}` : "");

/** @param {number} seconds */
function duration(seconds) {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** @param {number} bytes */
const size = (bytes) => (bytes < 1e6 ? `${(bytes / 1e3).toFixed(0)} kB` : `${(bytes / 1e6).toFixed(1)} MB`);
