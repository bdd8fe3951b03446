// Makes the quickest painter that this browser has. Every painter draws pixel for pixel; the browser scales the canvas.

import { FlatPainter } from "./painter-flat.js";
import { WebglPainter } from "./painter-webgl.js";

/**
 * What is drawn: one plane, a map with its sign in two colours; the magnitude of two; or both maps in their colours over the darkened camera
 * image.
 * @typedef {"plane" | "magnitude" | "overlay"} Mode
 * @typedef {import("./image.js").Plane} Plane
 * @typedef {{ draw(mode: Mode, planes: Plane[]): void }} Painter
 */

/**
 * @param {HTMLCanvasElement} canvas
 * @returns {Painter}
 */
export function makePainter(canvas) {
  const gl = hasGraphicsCard()
    ? canvas.getContext("webgl", { alpha: false, antialias: false, depth: false, preserveDrawingBuffer: true })
    : null;
  canvas.dataset.painter = gl ? "webgl" : "2d";
  return gl ? new WebglPainter(canvas, gl) : new FlatPainter(canvas);
}

// A browser without a graphics card emulates one on the processor; filling the pixels directly is quicker then.
function hasGraphicsCard() {
  const gl = document.createElement("canvas").getContext("webgl", { failIfMajorPerformanceCaveat: true });
  const info = gl?.getExtension("WEBGL_debug_renderer_info");
  const renderer = gl && info ? String(gl.getParameter(info.UNMASKED_RENDERER_WEBGL)) : "";
  gl?.getExtension("WEBGL_lose_context")?.loseContext();
  return gl !== null && !/swiftshader|llvmpipe|software/i.test(renderer);
}
