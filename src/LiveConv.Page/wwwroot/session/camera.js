// This browser's camera as LiveConv's source: the luma of every image goes up the connection.

import { get } from "../dom.js";

const requested = { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 30 } };

const hidden = "this page was hidden, so its camera was switched off";

/** @typedef {{ width: number, height: number, luma: Uint8Array }} Luma */

export class Camera {
  #connection;
  #notify;
  #button = get("camera");
  /** @type {MediaStream | null} */
  #stream = null;
  #isAsking = false;
  #isGranted = false;
  #size = "";

  /**
   * @param {import("./connection.js").Connection} connection
   * @param {(text: string, isProblem: boolean) => void} notify
   */
  constructor(connection, notify) {
    this.#connection = connection;
    this.#notify = notify;
    this.#button.onclick = () => (this.#stream ? this.stop(null) : this.#start());
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) {
        this.stop(hidden);
      }
    });
  }

  /** @param {boolean} isTaken whether this run takes browsers' cameras */
  offer(isTaken) {
    this.#button.hidden = !isTaken;
  }

  /** @param {import("./messages.js").CameraMessage} message */
  answered(message) {
    if (this.#size === "") {
      // The answer to switching off; the camera may have been switched on again meanwhile.
      return;
    }

    this.#isGranted = message.refused === null;
    if (message.refused && this.#stream) {
      this.stop(message.refused);
    }
  }

  /**
   * Ends the camera; the previous source goes on.
   * @param {string | null} why
   */
  stop(why) {
    if (!this.#stream) {
      return;
    }

    this.#stream.getTracks().forEach((track) => track.stop());
    this.#stream = null;
    this.#isGranted = false;
    this.#size = "";
    this.#button.setAttribute("aria-pressed", "false");
    this.#connection.send({ camera: null });
    if (why) {
      this.#notify(why, true);
    }
  }

  async #start() {
    if (!navigator.mediaDevices) {
      this.#notify("Your browser only shares its camera over https. On this network, LiveConv has only http.", true);
      return;
    }

    // A second click while the browser still asks its user would open the camera twice.
    if (this.#isAsking) {
      return;
    }

    this.#isAsking = true;
    try {
      this.#stream = await navigator.mediaDevices.getUserMedia({ video: requested });
    } catch (error) {
      this.#notify(explain(/** @type {DOMException} */ (error)), true);
      return;
    } finally {
      this.#isAsking = false;
    }

    if (document.hidden || !this.#connection.isOpen) {
      this.stop(document.hidden ? hidden : "Connection lost, so this browser's camera was switched off");
      return;
    }

    await this.#read(this.#stream);
  }

  /** @param {MediaStream} stream */
  async #read(stream) {
    const [track] = stream.getVideoTracks();
    this.#button.setAttribute("aria-pressed", "true");
    track.onended = () => this.stop("the browser's camera is gone");
    const read = "MediaStreamTrackProcessor" in window ? readFrames : readVideo;
    const goesOn = () => this.#stream === stream && stream.active;
    try {
      await read(track, (image) => goesOn() && this.#send(image), goesOn);
    } catch (error) {
      if (goesOn()) {
        this.stop(`the browser's camera failed: ${/** @type {Error} */ (error).message}`);
      }
    }
  }

  /** @param {Luma} image of the stream that is on now: a late one of a stopped stream would offer the camera again */
  #send({ width, height, luma }) {
    const size = `${width}x${height}`;
    if (size !== this.#size) {
      this.#size = size;
      this.#isGranted = false;
      this.#connection.send({ camera: { width, height } });
    } else if (this.#isGranted) {
      this.#connection.sendImage(luma);
    }
  }
}

/**
 * Reads the images as the camera gives them, until its track ends: their first plane is the luma.
 * @param {MediaStreamTrack} track
 * @param {(image: Luma) => void} send
 */
async function readFrames(track, send) {
  // @ts-ignore: known to Chromium, not yet to the type library.
  const reader = new MediaStreamTrackProcessor({ track, maxBufferSize: 1 }).readable.getReader();
  let buffer = new Uint8Array(0);
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    const frame = /** @type {VideoFrame} */ (next.value);
    const { width, height } = frame.visibleRect ?? { width: frame.codedWidth, height: frame.codedHeight };
    if (frame.format?.startsWith("I4") || frame.format === "NV12") {
      const size = frame.allocationSize();
      buffer = buffer.length === size ? buffer : new Uint8Array(size);
      const [layout] = await frame.copyTo(buffer);
      send({ width, height, luma: packed(buffer, layout.offset, layout.stride, width, height) });
    } else {
      send(lumaOf(frame, width, height));
    }

    frame.close();
  }
}

/**
 * Reads the images of a video element: slower, for browsers without the processor.
 * @param {MediaStreamTrack} track
 * @param {(image: Luma) => void} send
 * @param {() => boolean} goesOn
 */
async function readVideo(track, send, goesOn) {
  const video = document.createElement("video");
  video.muted = true;
  video.srcObject = new MediaStream([track]);
  await video.play();
  while (goesOn()) {
    await new Promise((shown) => video.requestVideoFrameCallback(shown));
    if (goesOn()) {
      send(lumaOf(video, video.videoWidth, video.videoHeight));
    }
  }
}

/**
 * @param {Uint8Array} plane
 * @param {number} offset
 * @param {number} stride
 * @param {number} width
 * @param {number} height
 */
function packed(plane, offset, stride, width, height) {
  if (stride === width) {
    return plane.subarray(offset, offset + width * height);
  }

  const rows = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    rows.set(plane.subarray(offset + y * stride, offset + y * stride + width), y * width);
  }

  return rows;
}

const scratch = new OffscreenCanvas(1, 1);

/**
 * The luma of a coloured image, by the weights of BT.601.
 * @param {CanvasImageSource} image
 * @param {number} width
 * @param {number} height
 * @returns {Luma}
 */
function lumaOf(image, width, height) {
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

/** @param {DOMException} error */
function explain(error) {
  if (error.name === "NotAllowedError") {
    return "this browser was not allowed to use its camera; the image stays as it was";
  }

  return error.name === "NotFoundError" ? "this browser finds no camera" : `this browser's camera cannot be used: ${error.message}`;
}
