// In a tab without a server: what can be filtered here. The scene, this device's cameras, its screen, and images and videos that are opened,
// dropped or pasted. All of it stays in this browser.

import { get, make } from "../dom.js";
import { streamed } from "./camera.js";
import { lumaOf, readVideo } from "./luma.js";

// An image that stands still is sent again as often, so that another preset shows at once.
const stillPeriod = 100;

const sizes = ["640x480", "1280x720", "1920x1080", "320x240"];
const rates = ["30", "60", "15"];

/** Until the browser says their names, which it does once one was allowed. @type {[string, MediaTrackConstraints][]} */
const unnamed = [["any camera", {}], ["front camera", { facingMode: "user" }], ["back camera", { facingMode: "environment" }]];

export class Sources {
  #camera;
  #notify;
  #dialog = make("dialog", { id: "sources" });
  #cameras = make("select", { aria: { label: "Camera" } });
  #size = make("select", { aria: { label: "Size" } }, ...sizes.map((size) => new Option(size)));
  #rate = make("select", { aria: { label: "Images a second" } }, ...rates.map((rate) => new Option(`${rate} fps`, rate)));
  /** @type {MediaTrackConstraints[]} */
  #constraints = [];

  /**
   * @param {import("./camera.js").Camera} camera
   * @param {(text: string, isProblem: boolean) => void} notify
   * @param {(dialog: HTMLDialogElement) => void} show
   */
  constructor(camera, notify, show) {
    this.#camera = camera;
    this.#notify = notify;
    this.#build();
    const button = get("sources-open");
    button.hidden = false;
    button.onclick = async () => {
      await this.#list();
      show(this.#dialog);
    };
    document.addEventListener("dragover", (event) => event.preventDefault());
    document.addEventListener("drop", (event) => this.#take(event, event.dataTransfer?.files));
    document.addEventListener("paste", (event) => event.clipboardData?.files.length && this.#take(event, event.clipboardData.files));
  }

  #build() {
    const file = make("input", { type: "file", id: "sources-file", accept: "image/*,video/*", hidden: true });
    file.onchange = () => {
      this.#open(file.files?.[0]);
      file.value = "";
    };
    const screen = this.#choice("This screen", () => this.#shareScreen());
    screen.hidden = !navigator.mediaDevices?.getDisplayMedia;
    this.#dialog.setAttribute("aria-labelledby", "sources-title");
    this.#dialog.append(
      make("h2", { id: "sources-title", textContent: "What is filtered" }),
      make("p", {}, this.#choice("Built-in scene", () => this.#camera.stop(null))),
      make("p", {}, this.#choice("Camera", () => this.#startCamera()), " ", this.#cameras, " ", this.#size, " ", this.#rate),
      make("p", {}, screen, " ", this.#choice("Image or video…", () => file.click()), file),
      make("p", { className: "hint", textContent: "An image or a video can be dropped anywhere on the page, or an image pasted. Nothing leaves this browser." }),
      make("form", { method: "dialog" }, make("button", { textContent: "Close" })),
    );
    document.body.append(this.#dialog);
  }

  /**
   * @param {string} text
   * @param {() => void} chosen
   */
  #choice(text, chosen) {
    const button = make("button", { type: "button", textContent: text });
    button.onclick = () => {
      this.#dialog.close();
      chosen();
    };
    return button;
  }

  async #list() {
    const devices = await navigator.mediaDevices?.enumerateDevices() ?? [];
    const named = devices.filter(({ kind, label }) => kind === "videoinput" && label);
    /** @type {[string, MediaTrackConstraints][]} */
    const all = named.length > 0 ? named.map(({ label, deviceId }) => [label, { deviceId: { exact: deviceId } }]) : unnamed;
    const chosen = this.#cameras.selectedOptions[0]?.text;
    this.#constraints = all.map(([, constraints]) => constraints);
    this.#cameras.replaceChildren(...all.map(([name]) => new Option(name, name, false, name === chosen)));
  }

  #startCamera() {
    const [width, height] = this.#size.value.split("x").map(Number);
    this.#camera.start(this.#constraints[this.#cameras.selectedIndex] ?? {}, { width, height, fps: Number(this.#rate.value) });
  }

  async #shareScreen() {
    try {
      const stream = await navigator.mediaDevices.getDisplayMedia({ video: true });
      await this.#camera.take({ ...streamed(stream, () => this.#camera.stop("the screen is no longer shared")), name: "screen" });
    } catch (error) {
      const { name, message } = /** @type {DOMException} */ (error);
      this.#notify(name === "NotAllowedError" ? "this browser was not allowed to share the screen; the image stays as it was"
        : `the screen cannot be shared: ${message}`, true);
    }
  }

  /**
   * @param {Event} event
   * @param {FileList | undefined} files
   */
  #take(event, files) {
    event.preventDefault();
    this.#open(files?.[0]);
  }

  /** @param {File | undefined} file */
  async #open(file) {
    if (!file) {
      this.#notify("no file came with that: drop or paste an image or a video", true);
      return;
    }

    const images = await stillOf(file) ?? await videoOf(file);
    if (images) {
      await this.#camera.take(images);
    } else {
      this.#notify(`this browser can show ${file.name} neither as an image nor as a video; LiveConv on a computer reads it through FFmpeg`, true);
    }
  }
}

/**
 * @param {File} file
 * @returns {Promise<import("./camera.js").Images | null>} null when it is no image
 */
async function stillOf(file) {
  try {
    const bitmap = await createImageBitmap(file);
    const image = lumaOf(bitmap, bitmap.width, bitmap.height);
    bitmap.close();
    return {
      name: file.name,
      isCamera: false,
      read: async (send, goesOn) => {
        while (goesOn()) {
          send(image);
          await new Promise((passed) => setTimeout(passed, stillPeriod));
        }
      },
      close: () => {},
    };
  } catch {
    return null;
  }
}

/**
 * @param {File} file
 * @returns {Promise<import("./camera.js").Images | null>} null when this browser cannot play it
 */
async function videoOf(file) {
  const address = URL.createObjectURL(file);
  const video = make("video", { src: address, muted: true, loop: true, playsInline: true });
  try {
    await video.play();
  } catch {
    URL.revokeObjectURL(address);
    return null;
  }

  return {
    name: file.name,
    isCamera: false,
    read: (send, goesOn) => readVideo(video, send, goesOn),
    close: () => {
      video.pause();
      URL.revokeObjectURL(address);
    },
  };
}
