// A question to LiveConv whose answer somebody waits for.

/** There is no connection, or no longer: no answer comes. */
export class ConnectionLost extends Error {}

/**
 * One question at a time.
 * @template T what LiveConv answers
 */
export class Question {
  #send;
  /** @type {{ resolve: (answer: T) => void, reject: (lost: ConnectionLost) => void } | null} */
  #waiting = null;

  /** @param {(message: import("./messages.js").PageMessage) => boolean} send returns whether the message left */
  constructor(send) {
    this.#send = send;
  }

  /**
   * @param {import("./messages.js").PageMessage} message
   * @returns {Promise<T>} rejected when the connection is lost
   */
  ask(message) {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      if (!this.#send(message)) {
        this.lost();
      }
    });
  }

  /** @param {T} answer */
  answered(answer) {
    this.#waiting?.resolve(answer);
    this.#waiting = null;
  }

  lost() {
    this.#waiting?.reject(new ConnectionLost());
    this.#waiting = null;
  }
}
