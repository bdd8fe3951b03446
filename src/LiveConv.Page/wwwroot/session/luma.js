// Reads the luma of cameras, screens, videos and images, one byte a pixel.

import { isTab } from "../dom.js";
import { hasPlane, planeOf, sizeOf } from "./frames.js";

/** In a tab also as a frame, whose first plane it is. @typedef {{ width: number, height: number, luma: Uint8Array | VideoFrame }} Luma */

// What LiveConv takes of a browser: larger ones are reduced.
const longestSide = 4096;
const maxPixels = 1920 * 1200;

/**
 * Reads the images of a track until it ends, or nobody wants them any more.
 * @param {MediaStreamTrack} track
 * @param {(image: Luma) => void} send
 * @param {() => boolean} goesOn
 */
export async function readTrack(track, send, goesOn) {
  if ("MediaStreamTrackProcessor" in window) {
    await readFrames(track, send);
    return;
  }

  // Slower, for browsers without the processor.
  const video = document.createElement("video");
  video.muted = true;
  video.srcObject = new MediaStream([track]);
  await video.play();
  await readVideo(video, send, goesOn);
}

/**
 * Reads the images as the camera gives them. In a tab they are handed on as they are.
 * @param {MediaStreamTrack} track
 * @param {(image: Luma) => void} send
 */
async function readFrames(track, send) {
  // @ts-ignore: known to Chromium, not yet to the type library.
  const reader = new MediaStreamTrackProcessor({ track, maxBufferSize: 1 }).readable.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    const frame = /** @type {VideoFrame} */ (next.value);
    const { width, height } = sizeOf(frame);
    if (!fits(width, height) || !hasPlane(frame)) {
      send(lumaOf(frame, width, height));
    } else {
      send({ width, height, luma: isTab ? frame : await planeOf(frame) });
    }

    frame.close();
  }
}

/**
 * Reads the images of a video as it plays.
 * @param {HTMLVideoElement} video
 * @param {(image: Luma) => void} send
 * @param {() => boolean} goesOn
 */
export async function readVideo(video, send, goesOn) {
  while (goesOn()) {
    await new Promise((shown) => video.requestVideoFrameCallback(shown));
    if (goesOn()) {
      send(lumaOf(video, video.videoWidth, video.videoHeight));
    }
  }
}

const scratch = new OffscreenCanvas(1, 1);

/**
 * @param {number} width
 * @param {number} height
 */
const fits = (width, height) => width <= longestSide && height <= longestSide && width * height <= maxPixels;

/**
 * The luma of a coloured image, by the weights of BT.601; of one that is too large, reduced.
 * @param {CanvasImageSource} image
 * @param {number} fullWidth
 * @param {number} fullHeight
 * @returns {Luma}
 */
export function lumaOf(image, fullWidth, fullHeight) {
  const scale = fits(fullWidth, fullHeight) ? 1
    : Math.min(longestSide / fullWidth, longestSide / fullHeight, Math.sqrt(maxPixels / (fullWidth * fullHeight)));
  const [width, height] = [fullWidth, fullHeight].map((side) => Math.max(1, Math.floor(side * scale)));
  scratch.width = width;
  scratch.height = height;
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (scratch.getContext("2d", { willReadFrequently: true }));
  context.drawImage(image, 0, 0, width, height);
  const rgba = context.getImageData(0, 0, width, height).data;
  const luma = new Uint8Array(width * height);
  for (let i = 0, at = 0; i < luma.length; i++, at += 4) {
    luma[i] = (77 * rgba[at] + 150 * rgba[at + 1] + 29 * rgba[at + 2] + 128) >> 8;
  }

  return { width, height, luma };
}
