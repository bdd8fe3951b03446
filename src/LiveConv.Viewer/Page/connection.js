// The one WebSocket, and how it comes back when LiveConv was away.

const firstWait = 500;
const longestWait = 4000;

/**
 * @typedef {object} Listener
 * @property {() => void} opened
 * @property {(reason: string) => void} lost
 * @property {(message: any) => void} text
 * @property {(message: ArrayBuffer) => void} binary
 */

export class Connection {
  /** @type {WebSocket | null} */
  #socket = null;
  #wait = firstWait;
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
   * @param {object} message
   */
  send(message) {
    if (this.#socket?.readyState === WebSocket.OPEN) {
      this.#socket.send(JSON.stringify(message));
    }
  }

  /**
   * Sends a camera picture, unless one is still waiting to leave: late pictures are worth nothing.
   * @param {Uint8Array} picture
   */
  sendPicture(picture) {
    if (this.#socket?.readyState === WebSocket.OPEN && this.#socket.bufferedAmount === 0) {
      this.#socket.send(/** @type {Uint8Array<ArrayBuffer>} */ (picture));
    }
  }

  #open() {
    const address = new URL("live", location.href);
    address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(address);
    socket.binaryType = "arraybuffer";
    socket.onopen = () => {
      this.#socket = socket;
      this.#wait = firstWait;
      this.#listener.opened();
    };
    socket.onmessage = ({ data }) => {
      if (typeof data === "string") {
        this.#listener.text(JSON.parse(data));
      } else {
        this.#listener.binary(data);
      }
    };
    socket.onclose = ({ reason }) => {
      this.#socket = null;
      this.#listener.lost(reason);
      setTimeout(() => this.#reopen(), this.#wait);
      this.#wait = Math.min(this.#wait * 2, longestWait);
    };
  }

  // A LiveConv that was started anew has a new token: asking for the page brings it.
  async #reopen() {
    try {
      await fetch("/", { method: "HEAD" });
    } catch {
      // Not there yet; the socket will say so and be tried again.
    }

    this.#open();
  }
}
