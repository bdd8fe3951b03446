// Kernels as other programs write them. Each program's text means what that program does with it: ImageMagick's Convolve turns
// kernels by 180 degrees, FFmpeg's convolution does not; lists of rows stand for the rows of the grid, whatever is done with them.

import { longestSide, sumOf, turnAround } from "./kernels.js";

/** @typedef {import("./kernels.js").Rows} Rows */
/** @typedef {import("./editor.js").Anchor} Anchor */

/**
 * What a text says; an anchor of undefined: nothing about it.
 * @typedef {{ rows: Rows, anchor?: Anchor, note?: string }} Pasted
 */

const number = String.raw`[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?`;
const magick = /^(\d+)(?:x(\d+))?(?:\+(\d+)\+(\d+))?\s*:(.*)$/s;
const list = new RegExp(
  String.raw`^(?:(${number})\s*(?:/\s*(${number})\s*)?\*\s*)?(?:(?:\w+\.)?array\()?\s*(\[.*\])\s*(?:,\s*dtype=[\w.'"]+\s*)?\)?\s*(?:([*/])\s*(${number}))?$`, "is");
const ffmpeg = /^convolution=(.*)$/s;
const ffmpegOptions = ["0m", "1m", "2m", "3m", "0rdiv", "1rdiv", "2rdiv", "3rdiv", "0bias", "1bias", "2bias", "3bias", "0mode"];

/** The weight that lies on the output pixel when nothing else is said. @param {Rows} k @returns {Anchor} */
export const centreOf = (k) => ({ x: Math.floor(k[0].length / 2), y: Math.floor(k.length / 2) });

/** @param {Rows} k */
export const asJson = (k) => `[${k.map((row) => `[${row.join(", ")}]`).join(", ")}]`;

/**
 * As ImageMagick's -morphology Convolve takes it.
 * @param {Rows} k
 * @param {string} operation what is done with the grid's rows
 * @param {Anchor | null} anchor
 */
export function asImageMagick(k, operation, anchor) {
  const here = { rows: k, anchor: anchor ?? centreOf(k) };
  const { rows, anchor: at } = operation === "convolution" ? here : turned(here);
  return `${k[0].length}x${k.length}+${at?.x}+${at?.y}: ${rows.map((row) => row.join(",")).join(" ")}`;
}

/**
 * As FFmpeg's convolution filter takes it: square, 3, 5 or 7 a side, round its centre, whole numbers.
 * @param {Rows} k
 * @param {string} operation
 * @param {Anchor | null} anchor
 */
export function asFFmpeg(k, operation, anchor) {
  const fits = k.length === k[0].length && [3, 5, 7].includes(k.length) && k.flat().every(Number.isInteger) && !anchor;
  return fits ? (operation === "convolution" ? turnAround(k) : k).flat().join(" ") : null;
}

/**
 * Reads what people paste: JSON or numpy rows, an ImageMagick kernel, FFmpeg's filter or its numbers alone, or lines of numbers.
 * @param {string} text
 * @param {string} operation what will be done with the rows
 * @returns {Pasted}
 */
export function parse(text, operation) {
  const trimmed = text.trim();
  const pasted = parseMagick(trimmed, operation) ?? parseFFmpeg(trimmed, operation) ?? parseList(trimmed) ?? parseLines(trimmed, operation);
  check(pasted.rows);
  return pasted;
}

/** @param {Rows} rows */
function check(rows) {
  if (rows.length === 0 || rows.length > longestSide || rows[0].length > longestSide) {
    throw new Error(`a kernel is 1x1 to ${longestSide}x${longestSide} numbers`);
  }

  if (rows.some((row) => row.length !== rows[0].length || row.length === 0)) {
    throw new Error("all rows must be of the same length");
  }

  const bad = rows.flat().findIndex((weight) => !Number.isFinite(Math.fround(weight)));
  if (bad >= 0) {
    throw new Error(`weight [${Math.floor(bad / rows[0].length)},${bad % rows[0].length}] is not a number`);
  }
}

/** @param {Pasted} pasted @returns {Pasted} */
function turned({ rows, anchor, ...rest }) {
  return { rows: turnAround(rows), ...(anchor && { anchor: { x: rows[0].length - 1 - anchor.x, y: rows.length - 1 - anchor.y } }), ...rest };
}

/** @param {string} text @param {string} operation @returns {Pasted | null} */
function parseMagick(text, operation) {
  const match = magick.exec(text);
  if (!match) {
    return null;
  }

  // nan marks weights that are no part of the kernel: they count nothing.
  const weights = wordsOf(match[5]).map((word) => (/^nan$|^-$/i.test(word) ? 0 : Number(word)));
  const [width, height] = [Number(match[1]), Number(match[2] ?? match[1])];
  const anchor = match[3] ? { x: Number(match[3]), y: Number(match[4]) } : { x: Math.floor((width - 1) / 2), y: Math.floor((height - 1) / 2) };
  const pasted = { rows: inRows(weights, width, height), anchor };
  if (anchor.x >= width || anchor.y >= height) {
    throw new Error(`the origin +${anchor.x}+${anchor.y} lies outside the kernel of ${width}x${height}`);
  }

  return operation === "convolution" ? pasted : turned(pasted);
}

/** The first plane of FFmpeg's filter. @param {string} text @param {string} operation @returns {Pasted | null} */
function parseFFmpeg(text, operation) {
  const match = ffmpeg.exec(text);
  if (!match) {
    return null;
  }

  /** @type {Record<string, string>} */
  const options = {};
  match[1].split(":").forEach((part, index) => {
    const [, name = ffmpegOptions[index], value] = /** @type {RegExpExecArray} */ (/^["'\s]*(?:(\w+)=)?(.*)$/s.exec(part));
    options[name] = value.replace(/["'\s]/g, " ").trim();
  });
  const weights = wordsOf((options["0m"] ?? "").replaceAll("|", " ")).map(Number);
  const [rdiv, bias, mode] = [Number(options["0rdiv"] ?? 0), Number(options["0bias"] ?? 0), options["0mode"] ?? "square"];
  const side = Math.sqrt(weights.length);
  const rows = mode === "row" ? inRows(weights, weights.length, 1) : mode === "column" ? inRows(weights, 1, weights.length) : inRows(weights, side, side);
  check(rows);
  if (!Number.isFinite(rdiv) || (bias !== 0 && bias !== 128)) {
    throw new Error(`0rdiv is a number, and 0bias 0 or 128; there are ${options["0rdiv"] ?? 0} and ${options["0bias"] ?? 0}`);
  }

  // An 0rdiv of 0, which is the default, divides by the sum.
  const pasted = { rows: scaled(rows, rdiv || 1, rdiv === 0 ? sumOf(rows) || 1 : 1), anchor: centreOf(rows) };
  const note = bias === 128 ? "0bias=128 is no part of the kernel: choose the response offset128" : "";
  return { ...(operation === "convolution" ? turned(pasted) : pasted), note };
}

/** @param {string} text @returns {Pasted | null} */
function parseList(text) {
  if (!text.includes("[")) {
    return null;
  }

  const [, times = "1", by = "1", lists = "", sign, other = "1"] = list.exec(text) ?? [];
  const inner = /^\[\s*\[/.test(lists) ? lists.replace(/^\[(.*?),?\s*\]$/s, "$1") : lists;
  if (!/^(?:\s*\[[^[\]]+\]\s*(?:,(?=\s*\[))?)+\s*$/.test(inner) || /,\s*,/.test(inner)) {
    throw new Error("this is not wholly a list of rows such as [[1, 0, -1], [1, 0, -1]], which a number may multiply or divide");
  }

  const rows = [...inner.matchAll(/\[([^[\]]*)\]/g)].map((match) => wordsOf(match[1]).map(Number));
  const isDivided = sign === "/";
  return { rows: scaled(rows, Number(times) * (isDivided ? 1 : Number(other)), Number(by) * (isDivided ? Number(other) : 1)) };
}

/** Lines of numbers, or FFmpeg's 9, 25 or 49 in one. @param {string} text @param {string} operation @returns {Pasted} */
function parseLines(text, operation) {
  const lines = text.split(/\n/).map((line) => wordsOf(line).map(Number));
  const side = Math.sqrt(lines[0].length);
  if (lines.length > 1 || side <= 1 || !Number.isInteger(side)) {
    return { rows: lines };
  }

  const rows = inRows(lines[0], side, side);
  return { rows: operation === "convolution" ? turnAround(rows) : rows };
}

/** @param {string} text */
const wordsOf = (text) => text.split(/[\s,;]+/).filter(Boolean);

/** @param {Rows} rows @param {number} times @param {number} by @returns {Rows} */
const scaled = (rows, times, by) => (times === by ? rows : rows.map((row) => row.map((weight) => Number(((weight * times) / by).toPrecision(9)))));

/** @param {number[]} weights @param {number} width @param {number} height */
function inRows(weights, width, height) {
  if (!Number.isInteger(width) || weights.length !== width * height || weights.length === 0) {
    const wanted = Number.isInteger(width) && width > 0 ? `${width}x${height} takes ${width * height} weights` : "a square takes 9, 25 or 49 weights";
    throw new Error(`${wanted}; there are ${weights.length}`);
  }

  return Array.from({ length: height }, (_, y) => weights.slice(y * width, (y + 1) * width));
}
