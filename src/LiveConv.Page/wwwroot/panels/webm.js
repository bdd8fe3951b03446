// Browsers write a WebM file from its start to its end, and a video's length, which is known last, nowhere: players show none then, and cannot
// seek. Here it is put into the head.

// Elements of Matroska.
const segment = 0x18538067;
const seekHead = 0x114d9b74;
const info = 0x1549a966;
const duration = 0x4489;
const timestampScale = 0x2ad7b1;

const nanoseconds = 1e6;

/**
 * @typedef {object} Element
 * @property {number} id
 * @property {number} start of the element
 * @property {number} body where its content starts
 * @property {number} end behind it; infinite where the file does not say it
 */

/**
 * The start of a WebM file with its length in it.
 * @param {Uint8Array<ArrayBuffer>} head of the file, with all that stands before its images
 * @param {number} milliseconds
 * @returns {Uint8Array<ArrayBuffer>[]} its parts; as it was, where it is of another form
 */
export function withDuration(head, milliseconds) {
  try {
    const whole = [...elements(head, 0, head.length)].find(({ id }) => id === segment);
    const facts = whole && whole.end === Infinity ? infoOf(head, whole.body) : undefined;
    return facts ? patched(head, facts, milliseconds) : [head];
  } catch (error) {
    if (error instanceof RangeError) {
      // It ends within an element.
      return [head];
    }

    throw error;
  }
}

/**
 * @param {Uint8Array} head
 * @param {number} from
 */
function infoOf(head, from) {
  for (const element of elements(head, from, head.length)) {
    if (element.id === info) {
      return element.end <= head.length ? element : undefined;
    }

    if (element.id === seekHead) {
      // It says where the others stand, and they would move.
      return undefined;
    }
  }

  return undefined;
}

/**
 * @param {Uint8Array<ArrayBuffer>} head
 * @param {Element} facts
 * @param {number} milliseconds
 */
function patched(head, facts, milliseconds) {
  const inside = [...elements(head, facts.body, facts.end)];
  const scale = inside.find(({ id }) => id === timestampScale);
  const value = new DataView(new ArrayBuffer(8));
  value.setFloat64(0, milliseconds * nanoseconds / (scale ? numberAt(head, scale.body, scale.end) : nanoseconds));
  const others = inside.filter(({ id }) => id !== duration).map(({ start, end }) => head.slice(start, end));
  const length = new DataView(new ArrayBuffer(12));
  length.setUint32(0, info);
  // A size of eight bytes: its first bit ends the unary count of them.
  length.setUint32(4, 0x01000000);
  length.setUint32(8, others.reduce((sum, { length: bytes }) => sum + bytes, 11));
  return [
    head.slice(0, facts.start), new Uint8Array(length.buffer), ...others, Uint8Array.of(duration >> 8, duration & 0xff, 0x88),
    new Uint8Array(value.buffer), head.slice(facts.end),
  ];
}

/**
 * @param {Uint8Array} bytes
 * @param {number} from
 * @param {number} to
 * @returns {Generator<Element>}
 */
function* elements(bytes, from, to) {
  for (let at = from; at < to;) {
    const idBytes = lengthAt(bytes, at);
    const sizeBytes = lengthAt(bytes, at + idBytes);
    const body = at + idBytes + sizeBytes;
    const size = numberAt(bytes, at + idBytes, body, 2 ** (8 - sizeBytes));
    // Nothing but ones.
    const end = size === 2 ** (7 * sizeBytes) - 1 ? Infinity : body + size;
    yield { id: numberAt(bytes, at, at + idBytes), start: at, body, end };
    at = end;
  }
}

/**
 * How many bytes a number has that starts here: its leading zeros and one.
 * @param {Uint8Array} bytes
 * @param {number} at
 */
function lengthAt(bytes, at) {
  if (at >= bytes.length) {
    throw new RangeError("the file ends here");
  }

  return Math.clz32(bytes[at]) - 23;
}

/**
 * @param {Uint8Array} bytes
 * @param {number} from
 * @param {number} to
 * @param {number} marker a bit of the first byte that is no part of the number
 */
function numberAt(bytes, from, to, marker = 0) {
  if (to > bytes.length) {
    throw new RangeError("the file ends here");
  }

  return bytes.subarray(from + 1, to).reduce((number, byte) => number * 256 + byte, bytes[from] - marker);
}
