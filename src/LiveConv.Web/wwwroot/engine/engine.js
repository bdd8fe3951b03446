// .NET with the engine, on the thread that imports this: in a worker of the page, or in Node.

import { dotnet } from "../_framework/dotnet.js";

// Published with gzip (AssembleFolder.cs), so that servers that compress nothing send as little.
const packedKinds = ["assembly", "dotnetwasm"];

/**
 * Starts it.
 * @param {{ text: (message: string) => void, image: (message: Uint8Array) => void }} page receives what goes to the page; an image is its own
 * @param {(address: string) => Promise<Response>} [read] gets a published file
 * @returns {Promise<{ receive: (message: string) => void, receiveImage: (image: Uint8Array, age?: number) => void,
 *   rest: (isResting: boolean) => void }>} takes what comes from the page, images with the milliseconds since it
 *   had them; at rest it does nothing
 */
export async function startEngine(page, read = (address) => fetch(address, { cache: "no-cache" })) {
  const { setModuleImports, getAssemblyExports } = await dotnet
    .withResourceLoader((kind, _, address) => (packedKinds.includes(kind) ? unpacked(address, read) : undefined))
    .create();
  let incoming = new Uint8Array(0);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let isWorking = false;
  let isAtRest = false;

  // Sooner than a timer, which waits for at least four milliseconds.
  const soon = new MessageChannel();
  soon.port1.onmessage = work;

  setModuleImports("page", {
    sendText: page.text,
    sendImage: (view) => page.image(view.slice()),
    copyImage: (view) => view.set(incoming),
    wake: () => soon.port2.postMessage(null),
  });
  const { TabExports } = (await getAssemblyExports("LiveConv.Web.dll")).LiveConv.Web;

  function work() {
    if (isWorking || isAtRest) {
      return;
    }

    isWorking = true;
    clearTimeout(timer);
    try {
      const wait = TabExports.Work();
      if (wait === 0) {
        soon.port2.postMessage(null);
      } else if (wait > 0) {
        timer = setTimeout(work, wait);
      }
    } finally {
      isWorking = false;
    }
  }

  // Once the caller has what this returns.
  soon.port2.postMessage(null);
  return {
    receive: (message) => {
      TabExports.Receive(message);
      work();
    },
    receiveImage: (image, age = 0) => {
      incoming = image;
      TabExports.ReceiveImage(image.length, age);
      work();
    },
    rest: (isResting) => {
      isAtRest = isResting;
      work();
    },
  };
}

/**
 * A file of .NET as it was before it was packed.
 * @param {string} address
 * @param {(address: string) => Promise<Response>} read
 */
async function unpacked(address, read) {
  const packed = await read(`${address}.bin`);
  return packed.ok
    ? new Response(packed.body?.pipeThrough(new DecompressionStream("gzip")), { headers: { "content-type": "application/wasm" } })
    : packed;
}
