// This browser's camera, or what else it has, as LiveConv's source: the luma of every image goes up the connection.

import { get, isTab } from "../dom.js";
import { readTrack } from "./luma.js";

const requested = { width: 640, height: 480, fps: 30 };

const hidden = "this page was hidden, so its camera was switched off";

/** @typedef {import("./luma.js").Luma} Luma */

/**
 * Something that has images.
 * @typedef {object} Images
 * @property {string} name
 * @property {boolean} isCamera a camera is switched off when nobody sees the page; others go on when somebody does again
 * @property {import("./messages.js").CameraMode} [requested]
 * @property {number} [fps] images a second that it says it has
 * @property {(send: (image: Luma) => void, goesOn: () => boolean) => Promise<void>} read until there are no more
 * @property {() => void} close
 */

export class Camera {
  #connection;
  #notify;
  #button = get("camera");
  /** @type {Images | null} */
  #images = null;
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
    this.#button.onclick = () => (this.#images ? this.stop(null) : this.start());
    document.addEventListener("visibilitychange", () => document.hidden && this.#hide());
  }

  /** Whether a camera is on. */
  get isCamera() {
    return this.#images?.isCamera ?? false;
  }

  /** @param {boolean} isTaken whether this run takes browsers' cameras */
  offer(isTaken) {
    // In a tab it is one source of several.
    this.#button.hidden = !isTaken || isTab;
  }

  /** @param {import("./messages.js").CameraMessage} message */
  answered(message) {
    if (this.#size === "") {
      // The answer to switching off; the camera may have been switched on again meanwhile.
      return;
    }

    this.#isGranted = message.refused === null;
    if (message.refused && this.#images) {
      this.stop(message.refused);
    }
  }

  /**
   * Ends the camera; the previous source goes on.
   * @param {string | null} why
   */
  stop(why) {
    if (!this.#images) {
      return;
    }

    this.#images.close();
    this.#images = null;
    this.#rest();
    this.#button.setAttribute("aria-pressed", "false");
    if (why) {
      this.#notify(why, true);
    }
  }

  /**
   * Asks for a camera of this browser.
   * @param {MediaTrackConstraints} [which]
   * @param {import("./messages.js").CameraMode} [mode]
   */
  async start(which = {}, mode = requested) {
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
      const { width, height, fps } = mode;
      const video = { ...which, width: { ideal: width }, height: { ideal: height }, frameRate: { ideal: fps } };
      const stream = await navigator.mediaDevices.getUserMedia({ video });
      await this.take({ ...streamed(stream, () => this.stop("the browser's camera is gone")), isCamera: true, requested: mode });
    } catch (error) {
      this.#notify(explain(/** @type {DOMException} */ (error)), true);
    } finally {
      this.#isAsking = false;
    }
  }

  /**
   * Sends these images from now on, in the place of those before.
   * @param {Images} images
   */
  async take(images) {
    if (!this.#connection.isOpen || (images.isCamera && document.hidden)) {
      images.close();
      this.#notify(document.hidden ? hidden : "Connection lost, so this browser's camera was switched off", true);
      return;
    }

    // It is offered with its first image.
    this.#images?.close();
    this.#images = images;
    this.#isGranted = false;
    this.#size = "";
    this.#button.setAttribute("aria-pressed", "true");
    this.#read(images);
  }

  /** @param {Images} images */
  async #read(images) {
    const goesOn = () => this.#images === images;
    try {
      await images.read((image) => goesOn() && this.#send(image, images), goesOn);
    } catch (error) {
      if (goesOn()) {
        this.stop(`${images.name} failed: ${/** @type {Error} */ (error).message}`);
      }
    }
  }

  #hide() {
    if (this.#images?.isCamera) {
      this.stop(hidden);
    } else if (this.#images) {
      this.#rest();
    }
  }

  #rest() {
    this.#isGranted = false;
    this.#size = "";
    this.#connection.send({ camera: null });
  }

  /**
   * @param {Luma} image of what is on now: a late one of what was stopped would offer the camera again
   * @param {Images} images
   */
  #send({ width, height, luma }, { name, requested: asked, fps }) {
    const size = `${width}x${height}`;
    if (document.hidden) {
      return;
    }

    if (size !== this.#size) {
      this.#size = size;
      this.#isGranted = false;
      this.#connection.send({ camera: { width, height, name, requested: asked ?? null, fps: fps ?? null } });
    } else if (this.#isGranted) {
      this.#connection.sendImage(luma);
    }
  }
}

/**
 * The images of a stream's one track.
 * @param {MediaStream} stream
 * @param {() => void} ended
 * @returns {Images}
 */
export function streamed(stream, ended) {
  const [track] = stream.getVideoTracks();
  track.onended = ended;
  return {
    name: track.label || "browser camera",
    isCamera: false,
    fps: track.getSettings().frameRate,
    read: (send, goesOn) => readTrack(track, send, () => goesOn() && stream.active),
    close: () => stream.getTracks().forEach((one) => one.stop()),
  };
}

/** @param {DOMException} error */
function explain(error) {
  if (error.name === "NotAllowedError") {
    return "this browser was not allowed to use its camera; the image stays as it was";
  }

  return error.name === "NotFoundError" ? "this browser finds no camera" : `this browser's camera cannot be used: ${error.message}`;
}
