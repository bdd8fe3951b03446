// In a browser's tab without a server: the worker in which LiveConv runs, with the part of a WebSocket that the connection uses.

import { isTab } from "../dom.js";

// "A message that is not of this protocol", and what else ends the worker.
const failed = 1007;

/** @typedef {string | ArrayBuffer | { opened?: true, taken?: true, failed?: string }} Said */

/** The document asks for this module first: the first worker starts while the page's other modules are on their way. */
let first = isTab ? start() : null;

/** A worker, and what it says before anybody listens. */
function start() {
  const worker = new Worker(new URL("../engine/worker.js", import.meta.url), { type: "module" });
  /** @type {Said[]} */
  const said = [];
  worker.onmessage = ({ data }) => said.push(data);
  worker.onerror = ({ message }) => said.push({ failed: whyNot(message) });
  return { worker, said };
}

/** @param {string} message */
const whyNot = (message) => `this browser cannot run LiveConv: ${message || "its engine did not load"}`;

export class EngineSocket {
  /** @type {number} */
  readyState = WebSocket.CONNECTING;

  /** Not 0 while the worker has not taken an image yet. */
  bufferedAmount = 0;

  /** @type {(() => void) | null} */
  onopen = null;
  /** @type {((event: { data: string | ArrayBuffer }) => void) | null} */
  onmessage = null;
  /** @type {((event: { code: number, reason: string }) => void) | null} */
  onclose = null;

  #worker;

  constructor() {
    const { worker, said } = first ?? start();
    first = null;
    this.#worker = worker;
    this.#worker.onmessage = ({ data }) => this.#receive(data);
    // A page that nobody sees needs no images.
    document.addEventListener("visibilitychange", () => this.#worker.postMessage(document.hidden));
    this.#worker.onerror = ({ message }) => this.#end(whyNot(message));
    queueMicrotask(() => said.forEach((data) => this.#receive(data)));
  }

  /** @param {string | Uint8Array<ArrayBuffer> | VideoFrame} message a frame is handed over; other images are copied: their memory is the sender's */
  send(message) {
    if (typeof message === "string") {
      this.#worker.postMessage(message);
      return;
    }

    const image = message instanceof Uint8Array ? message.slice().buffer : message;
    this.bufferedAmount = 1;
    this.#worker.postMessage({ image, at: performance.timeOrigin + performance.now() }, [image]);
  }

  /** @param {Said} data */
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
