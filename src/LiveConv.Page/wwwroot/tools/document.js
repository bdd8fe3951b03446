// The preset document that LiveConv sent, with the editor's values in their places. What the editor does not show stays as it is.

/** @typedef {import("../session/messages.js").KernelPair} Draft */
/** @typedef {import("../session/messages.js").KernelAnchor} Anchor */

/** @typedef {import("../session/messages.js").PresetDocument} Document */
/** @typedef {NonNullable<Document["layers"]>[number]} Layer */
/** @typedef {NonNullable<Layer["kernels"]>[number]} Kernel */

/**
 * @param {Draft} draft
 * @param {string} name the preset's new name
 * @param {import("../session/messages.js").CaptionLine[]} captions what the preset calls its maps
 * @returns {Document}
 */
export function documentOf(draft, name, [left, right]) {
  const { anchor, vertical, horizontal, layers, outputs, ...kept } = draft.document;
  const { operation, response, gain } = draft;
  const border = /** @type {Document["border"]} */ (draft.border);
  const common = { ...kept, name, operation, border, response, gain };
  const shared = sharedAnchor(draft);
  if (!layers && shared !== undefined && isPair(draft)) {
    return { ...common, ...(shared && { anchor: shared }), vertical: draft.vertical, horizontal: draft.horizontal };
  }

  // A pair of kernels is about edges where it says nothing else; layers are not.
  const titles = layers || kept.captions ? {} : { captions: { vertical: { ...left }, horizontal: { ...right } } };
  return { ...common, ...titles, ...withLayer(draft, layers?.[0] ?? { kernels: [{}, {}] }, outputs) };
}

/**
 * A pair of kernels has no form for other steps: those take a layer.
 * @param {Draft} draft
 */
const isPair = ({ stride, padding, dilation, horizontalGain }) => stride === 1 && padding === null && dilation === 1 && horizontalGain === null;

/**
 * The one anchor of a pair: null for both centres, undefined when the two differ.
 * @param {Draft} draft
 */
function sharedAnchor({ vertical, horizontal, verticalAnchor, horizontalAnchor }) {
  if (!verticalAnchor && !horizontalAnchor) {
    return null;
  }

  const first = verticalAnchor ?? centreOf(vertical);
  const second = horizontalAnchor ?? centreOf(horizontal);
  return first.x === second.x && first.y === second.y ? verticalAnchor ?? horizontalAnchor : undefined;
}

/**
 * @param {number[][]} rows
 * @returns {Anchor}
 */
const centreOf = (rows) => ({ x: rows[0].length >> 1, y: rows.length >> 1 });

/**
 * @param {Draft} draft
 * @param {Layer} layer
 * @param {Document["outputs"]} outputs
 */
function withLayer(draft, layer, outputs) {
  const { stride, padding, dilation } = draft;
  const kernels = [...layer.kernels ?? []];
  const first = outputs?.vertical.map ?? 0;
  let second = outputs ? outputs.horizontal.map ?? 0 : Math.min(1, kernels.length - 1);
  const written = { weights: draft.vertical, anchor: draft.verticalAnchor };
  const other = { weights: draft.horizontal, anchor: draft.horizontalAnchor };
  if (first === second && JSON.stringify(written) !== JSON.stringify(other)) {
    // One kernel was shown twice: from now on there are two.
    second = kernels.push(kernels[first]) - 1;
  }

  kernels[first] = withKernel(kernels[first], written);
  kernels[second] = withKernel(kernels[second], other);
  return {
    layers: [{ ...layer, kernels, stride, padding: padding ?? undefined, dilation }],
    outputs: {
      vertical: { ...outputs?.vertical, layer: 0, map: first },
      horizontal: { ...outputs?.horizontal, layer: 0, map: second, gain: draft.horizontalGain ?? undefined },
    },
  };
}

/**
 * @param {Kernel} kernel
 * @param {{ weights: number[][], anchor: Anchor | null }} written
 * @returns {Kernel}
 */
const withKernel = (kernel, { weights, anchor }) => ({ ...kernel, weights, anchor: anchor ?? undefined });
