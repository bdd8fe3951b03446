// A pinned pixel as it stands in the page's address: left.640.360, or of a stage's map 2.0.640.360, the stage and its map from 0.

/** @typedef {import("../session/messages.js").PixelQuestion} PixelQuestion */

const sides = ["left", "right"];
const form = /^(left|right|(\d{1,3})\.(\d{1,4}))\.(\d{1,5})\.(\d{1,5})$/;

/** @param {PixelQuestion | null} question */
export function placeText(question) {
  if (!question) {
    return "";
  }

  const { map, stage, x, y } = question;
  return [...(stage === null ? [sides[map]] : [stage, map]), x, y].join(".");
}

/**
 * @param {string} text
 * @returns {PixelQuestion | null} null when it is no place
 */
export function readPlace(text) {
  const [, side, stage, map, x, y] = form.exec(text) ?? [];
  return side
    ? { map: stage ? Number(map) : sides.indexOf(side), stage: stage ? Number(stage) : null, x: Number(x), y: Number(y) }
    : null;
}
