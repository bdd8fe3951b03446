// The figures below the image.

import { make } from "../dom.js";

/** @typedef {import("../session/messages.js").DropCause} DropCause */
/** @typedef {import("../session/messages.js").RecorderDropCause} RecorderDropCause */
/** @typedef {import("../session/messages.js").SourceLine} SourceLine */

// What is missing in a recording cannot be had again, and is shown in red.
/** @type {Record<RecorderDropCause, string>} */
const recorderCauses = {
  recorderBusy: "missing in the recording",
  encoderDied: "lost with the encoder",
  diskFull: "no space on the disk",
};

/** @type {Record<DropCause, string>} */
const causes = {
  superseded: "skipped: a newer frame was ready",
  displayBusy: "skipped: the browser was busy",
  lostBySource: "lost by the source",
  damaged: "damaged",
  paused: "held",
  ...recorderCauses,
};

/** @param {number} value */
const rate = (value) => value.toFixed(1);

/** @param {number} value */
const ms = (value) => value.toFixed(value < 10 ? 2 : 1);

/**
 * @param {HTMLElement} panel
 * @param {import("../session/messages.js").StatsMessage} stats
 * @param {SourceLine | undefined} source
 * @param {string} format how the images came
 */
export function showStatistics(panel, stats, source, format) {
  const { fps, age, frames } = stats;
  const dropped = /** @type {[DropCause, number][]} */ (Object.entries(frames.dropped)).map(([cause, count]) => [causes[cause], String(count), cause in recorderCauses ? "lost" : ""]);
  const work = Object.entries(stats.ms).filter(([, time]) => time.p50 > 0);
  panel.replaceChildren(
    group("Frames per second", [["in", rate(fps.in)], ["filtered", rate(fps.out)], ["shown", rate(fps.shown)]]),
    group("Delay, camera to screen (ms)", [
      ["now", stats.ageNow === null ? "–" : ms(stats.ageNow)],
      ["typical", ms(age.p50)],
      ["worst 5 %", ms(age.p95)],
    ]),
    group("Work per frame, ms (typical / worst 5 %)", work.map(([stage, time]) => [stage, `${ms(time.p50)} / ${ms(time.p95)}`]), true),
    group("Frames not shown", dropped.length > 0 ? dropped : [["none", ""]], true),
    group("Source", sourceLines(stats.source, source), true),
    group("Sent as", [[format, ""]], true),
    group("Garbage collection", [["pauses, ms", ms(stats.gc.pauseMs)]], true),
  );
}

/**
 * @param {string} line what was requested, granted and measured
 * @param {SourceLine | undefined} source
 */
function sourceLines(line, source) {
  const again = source && source.reconnects > 0 ? [["found again", `${source.reconnects}×`]] : [];
  return [[line, ""], ...again, ...(source?.waiting ? [[source.waiting, ""]] : [])];
}

/**
 * @param {string} title
 * @param {string[][]} lines
 * @param {boolean} [isWide]
 */
function group(title, lines, isWide = false) {
  const pairs = lines.map(([name, value, kind]) => make("div", { className: kind ?? "" }, make("dt", { textContent: name }), make("dd", { textContent: value })));
  return make("div", { className: isWide ? "wide" : "" }, make("h2", { textContent: title }), make("dl", {}, ...pairs));
}
