// In a browser's tab without a server: the worker in which LiveConv runs, with the part of a WebSocket that the connection uses.

// "A message that is not of this protocol", and what else ends the worker.
const failed = 1007;

export class EngineSocket {
  /** @type {number} */
  readyState = WebSocket.CONNECTING;

  /** Bytes of an image that the worker has not taken yet. */
  bufferedAmount = 0;

  /** @type {(() => void) | null} */
  onopen = null;
  /** @type {((event: { data: string | ArrayBuffer }) => void) | null} */
  onmessage = null;
  /** @type {((event: { code: number, reason: string }) => void) | null} */
  onclose = null;

  #worker = new Worker(new URL("../engine/worker.js", import.meta.url), { type: "module" });

  constructor() {
    this.#worker.onmessage = ({ data }) => this.#receive(data);
    // A page that nobody sees needs no images.
    document.addEventListener("visibilitychange", () => this.#worker.postMessage(document.hidden));
    this.#worker.onerror = (event) => this.#end(`this browser cannot run LiveConv: ${event.message || "its engine did not load"}`);
  }

  /** @param {string | Uint8Array<ArrayBuffer>} message an image is copied: its memory is the camera's */
  send(message) {
    if (typeof message === "string") {
      this.#worker.postMessage(message);
      return;
    }

    const { buffer } = message.slice();
    this.bufferedAmount = buffer.byteLength;
    this.#worker.postMessage(buffer, [buffer]);
  }

  /** @param {string | ArrayBuffer | { opened?: true, taken?: true, failed?: string }} data */
  #receive(data) {
    if (typeof data === "string" || data instanceof ArrayBuffer) {
      this.onmessage?.({ data });
    } else if (data.opened) {
      this.readyState = WebSocket.OPEN;
      this.onopen?.();
      keepForLater();
    } else if (data.taken) {
      this.bufferedAmount = 0;
    } else {
      this.#end(data.failed ?? "");
    }
  }

  /** @param {string} reason */
  #end(reason) {
    this.#worker.terminate();
    this.readyState = WebSocket.CLOSED;
    this.onclose?.({ code: failed, reason });
  }
}

// Once it runs, its files are kept for when there is no network.
async function keepForLater() {
  try {
    await navigator.serviceWorker?.register(new URL("../sw.js", import.meta.url));
  } catch {
    // This browser keeps nothing, or not now; the page works all the same.
  }
}
