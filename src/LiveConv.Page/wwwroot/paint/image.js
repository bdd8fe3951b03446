// Reads the binary image messages; ImageHeader.cs writes them and docs/protocol.md describes them.

const version = 1;
const headerBytes = 88;
const repeatFlag = 1;
const jpegFormat = 1;
const planesAt = 24;
const planeEntry = 8;
const wholeAt = 48;
const wholeEntry = 4;
const signedFlags = 1;

// Of the planes that are there twice, with their sign.
const firstPlanes = 3;
const morePlanesAt = 64;
const moreWholeAt = 80;

/**
 * A plane is either pixels, one byte each, or a decoded image; whole is its size before it was reduced. A signed one is a map whose zero is 128.
 * @typedef {{ width: number, height: number }} Size
 * @typedef {Size & { whole: Size, isSigned: boolean, pixels?: Uint8Array<ArrayBuffer>, bitmap?: ImageBitmap }} Plane
 * @typedef {import("../session/messages.js").PlaneName} Name
 * @typedef {Partial<Record<Name, Plane>>} Planes
 * @typedef {{ number: number, sequence: number, isRepeat: boolean, format: string, planes: Planes }} Image
 */

/** In the order in which they travel. @type {Name[]} */
const names = ["vertical", "horizontal", "camera", "signedVertical", "signedHorizontal"];

/** The number that an image is acknowledged with. @param {ArrayBuffer} message */
export const numberOf = (message) => new DataView(message).getUint32(4, true);

/**
 * @param {ArrayBuffer} message
 * @returns {Promise<Image>}
 */
export async function readImage(message) {
  const header = new DataView(message, 0, headerBytes);
  if (header.getUint8(0) !== version) {
    throw new Error("this page is not of the same version as LiveConv; reload it");
  }

  const isJpeg = header.getUint8(1) === jpegFormat;
  const planes = readPlanes(message, header);
  return {
    number: numberOf(message),
    sequence: Number(header.getBigInt64(8, true)),
    isRepeat: (header.getUint8(2) & repeatFlag) !== 0,
    format: isJpeg ? "jpeg" : "raw",
    planes: isJpeg ? await decode(planes) : planes,
  };
}

/**
 * @param {ArrayBuffer} message
 * @param {DataView} header
 */
function readPlanes(message, header) {
  let offset = header.getUint8(3);
  const planes = /** @type {Planes} */ ({});
  names.forEach((name, index) => {
    const later = index - firstPlanes;
    const at = later < 0 ? planesAt + index * planeEntry : morePlanesAt + later * planeEntry;
    const whole = later < 0 ? wholeAt + index * wholeEntry : moreWholeAt + later * wholeEntry;
    const bytes = header.getUint32(at + 4, true);
    if (bytes > 0) {
      const pixels = new Uint8Array(message, offset, bytes);
      const isSigned = ((header.getUint8(2) >> (signedFlags + index)) & 1) !== 0;
      planes[name] = { ...sizeAt(header, at), whole: sizeAt(header, whole), isSigned, pixels };
      offset += bytes;
    }
  });
  return planes;
}

/**
 * @param {DataView} header
 * @param {number} at
 */
const sizeAt = (header, at) => ({ width: header.getUint16(at, true), height: header.getUint16(at + 2, true) });

/** @param {Planes} planes */
async function decode(planes) {
  const decoded = Object.entries(planes).map(async ([name, { pixels, ...plane }]) => {
    const file = new Blob([/** @type {Uint8Array<ArrayBuffer>} */ (pixels)], { type: "image/jpeg" });
    return [name, { ...plane, bitmap: await createImageBitmap(file) }];
  });
  return /** @type {Planes} */ (Object.fromEntries(await Promise.all(decoded)));
}
