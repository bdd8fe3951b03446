// Files that this page has made, offered as downloads.

import { make } from "../dom.js";

/**
 * A link to a file, named after the preset and the local time.
 * @param {Blob} file
 * @param {string} preset its display name
 * @param {Date} made when it was made, or started
 * @param {string} ending of its name
 */
export function download(file, preset, made, ending) {
  const time = new Date(made.getTime() - 60000 * made.getTimezoneOffset()).toISOString().slice(0, 19).replace(/[T:]/g, "-");
  const name = `${preset.toLowerCase().replace(/[^a-z0-9]+/g, "-")}-${time}.${ending}`;
  return make("a", { href: URL.createObjectURL(file), download: name, textContent: name });
}
