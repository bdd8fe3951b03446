// The one WebSocket, or in a tab without a server the worker, and how it comes back when LiveConv was away.

import { isTab } from "../dom.js";
import { EngineSocket } from "./enginesocket.js";

const firstWait = 500;
const longestWait = 4000;

// The code of a connection that ended because the page took no image for a minute.
const tookNothing = 1008;

/**
 * @typedef {object} Listener
 * @property {() => void} opened
 * @property {(reason: string, refusal: string) => void} lost a refusal: LiveConv is there, but not for this page
 * @property {(message: import("./messages.js").Message) => void} text
 * @property {(message: ArrayBuffer) => void} binary
 */

export class Connection {
  /** @type {WebSocket | EngineSocket | null} */
  #socket = null;
  #wait = firstWait;
  #refusal = "";
  #listener;

  /** @param {Listener} listener */
  constructor(listener) {
    this.#listener = listener;
    this.#open();
  }

  get isOpen() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  /**
   * Sends a message; while there is no connection it goes nowhere.
   * @param {import("./messages.js").PageMessage} message
   * @returns {boolean} whether it left
   */
  send(message) {
    const isOpen = this.isOpen;
    if (isOpen) {
      this.#socket?.send(JSON.stringify(message));
    }

    return isOpen;
  }

  /**
   * Sends a camera image, unless one is still waiting to leave: late images are worth nothing.
   * @param {Uint8Array | VideoFrame} image a frame only in a tab
   */
  sendImage(image) {
    if (this.#socket?.readyState === WebSocket.OPEN && this.#socket.bufferedAmount === 0) {
      this.#socket.send(/** @type {any} */ (image));
    }
  }

  #open() {
    const socket = isTab ? new EngineSocket() : openSocket();
    socket.onopen = () => {
      this.#socket = socket;
      this.#wait = firstWait;
      this.#listener.opened();
    };
    socket.onmessage = (/** @type {{ data: string | ArrayBuffer }} */ { data }) => {
      if (typeof data === "string") {
        this.#listener.text(JSON.parse(data));
      } else {
        this.#listener.binary(data);
      }
    };
    socket.onclose = (/** @type {{ code: number, reason: string }} */ { code, reason }) => {
      this.#socket = null;
      this.#listener.lost(reason, this.#refusal);
      this.#comeBack(code);
    };
  }

  /** @param {number} code */
  #comeBack(code) {
    if (code === tookNothing && document.hidden) {
      // Nobody sees this page, so its place is free for others until somebody does.
      document.addEventListener("visibilitychange", () => this.#reopen(), { once: true });
      return;
    }

    setTimeout(() => this.#reopen(), this.#wait);
    this.#wait = Math.min(this.#wait * 2, longestWait);
  }

  // A LiveConv that was started anew has a new token: asking for the page brings it, or the refusal that only the printed address brings it.
  async #reopen() {
    this.#refusal = "";
    if (!isTab) {
      await this.#findRefusal();
    }

    this.#open();
  }

  async #findRefusal() {
    try {
      const page = await fetch("./", { method: "HEAD" });
      if (page.status === 403) {
        this.#refusal = "open the new address that LiveConv printed: this page's is of an earlier run";
      } else {
        const socket = await fetch(`live?origin=${encodeURIComponent(location.origin)}`);
        this.#refusal = socket.status === 503 || socket.status === 403 ? (await socket.text()).trim() : "";
      }
    } catch {
      // Not there yet; the socket will say so and be tried again.
    }
  }
}

function openSocket() {
  const address = new URL("live", document.baseURI);
  address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  const socket = new WebSocket(address);
  socket.binaryType = "arraybuffer";
  return socket;
}
