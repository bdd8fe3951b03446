// Reads the binary picture messages; PictureHeader.cs writes them and docs/protocol.md describes them.

const version = 1;
const headerBytes = 64;
const repeatFlag = 1;
const planesAt = 24;
const planeEntry = 8;

/**
 * @typedef {{ width: number, height: number, pixels: Uint8Array<ArrayBuffer> }} Plane
 * @typedef {{ number: number, sequence: number, isRepeat: boolean, vertical: Plane, horizontal: Plane }} Picture
 */

/**
 * @param {ArrayBuffer} message
 * @returns {Picture}
 */
export function readPicture(message) {
  const header = new DataView(message, 0, headerBytes);
  if (header.getUint8(0) !== version) {
    throw new Error("this page is not of the same version as LiveConv; reload it");
  }

  let offset = header.getUint8(3);
  const planes = [0, 1].map((index) => {
    const at = planesAt + index * planeEntry;
    const bytes = header.getUint32(at + 4, true);
    const pixels = new Uint8Array(message, offset, bytes);
    offset += bytes;
    return { width: header.getUint16(at, true), height: header.getUint16(at + 2, true), pixels };
  });
  return {
    number: header.getUint32(4, true),
    sequence: Number(header.getBigInt64(8, true)),
    isRepeat: (header.getUint8(2) & repeatFlag) !== 0,
    vertical: planes[0],
    horizontal: planes[1],
  };
}
