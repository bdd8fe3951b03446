// The page's worker: the messages that a server would be sent over a WebSocket come here.

import { startEngine } from "./engine.js";

try {
  const engine = await startEngine({
    text: (message) => postMessage(message),
    image: (message) => postMessage(message.buffer, [message.buffer]),
  });
  onmessage = ({ data }) => {
    try {
      if (typeof data === "string") {
        engine.receive(data);
      } else if (typeof data === "boolean") {
        engine.rest(data);
      } else {
        engine.receiveImage(new Uint8Array(data));
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
