// The page's worker: the messages that a server would be sent over a WebSocket come here.

import { planeOf } from "../session/frames.js";
import { startEngine } from "./engine.js";

try {
  const engine = await startEngine({
    text: (message) => postMessage(message),
    image: (message) => postMessage(message.buffer, [message.buffer]),
  });
  onmessage = async ({ data }) => {
    try {
      if (typeof data === "string") {
        engine.receive(data);
      } else if (typeof data === "boolean") {
        engine.rest(data);
      } else {
        const { image, at } = data;
        const luma = image instanceof ArrayBuffer ? new Uint8Array(image) : await planeOf(image);
        engine.receiveImage(luma, performance.timeOrigin + performance.now() - at);
        postMessage({ taken: true });
      }
    } catch (error) {
      postMessage({ failed: error.message });
    }
  };
  postMessage({ opened: true });
} catch (error) {
  postMessage({ failed: error.message });
}
