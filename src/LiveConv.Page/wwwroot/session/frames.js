// Frames of cameras as browsers have them: usually their first plane is the luma. For the page, and in a tab for its worker.

let planes = new Uint8Array(0);

/**
 * Whether a frame has a plane of luma, one byte a pixel.
 * @param {VideoFrame} frame
 */
export const hasPlane = ({ format }) => format === "NV12" || /^I4\d\dA?$/.test(format ?? "");

/**
 * The size of what a frame shows.
 * @param {VideoFrame} frame
 */
export function sizeOf({ visibleRect, codedWidth, codedHeight }) {
  return { width: visibleRect?.width ?? codedWidth, height: visibleRect?.height ?? codedHeight };
}

/**
 * Takes the plane of luma, and closes the frame.
 * @param {VideoFrame} frame one that has such a plane
 * @returns {Promise<Uint8Array>} one byte a pixel, until the next call
 */
export async function planeOf(frame) {
  const { width, height } = sizeOf(frame);
  const size = frame.allocationSize();
  planes = planes.length === size ? planes : new Uint8Array(size);
  const [{ offset, stride }] = await frame.copyTo(planes);
  frame.close();
  if (stride === width) {
    return planes.subarray(offset, offset + width * height);
  }

  const rows = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    rows.set(planes.subarray(offset + y * stride, offset + y * stride + width), y * width);
  }

  return rows;
}
