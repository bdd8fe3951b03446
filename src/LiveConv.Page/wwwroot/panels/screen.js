// Draws parts of the page as they are seen: their grounds and borders, images, marks and texts. What is hidden is not drawn, nor what is
// scrolled out of sight.

/** @typedef {CanvasRenderingContext2D} Context */

/**
 * @param {Context} context whose units are the window's pixels
 * @param {Element} part drawn with all that is in it
 */
export function drawSeen(context, part) {
  const style = getComputedStyle(part);
  // What only screen readers have is cut away.
  if (!part.checkVisibility() || style.clipPath !== "none") {
    return;
  }

  context.save();
  context.globalAlpha *= Number(style.opacity);
  if (style.visibility === "visible") {
    drawGround(context, part, style);
    drawOwn(context, part, style);
  }

  if (style.overflow !== "visible") {
    clip(context, part.getBoundingClientRect());
  }

  for (const child of part instanceof SVGElement ? [] : part.childNodes) {
    if (child instanceof Element) {
      drawSeen(context, child);
    } else if (child instanceof Text && style.visibility === "visible") {
      drawText(context, child, style);
    }
  }

  context.restore();
}

/**
 * @param {Context} context
 * @param {DOMRect} box
 */
function clip(context, { x, y, width, height }) {
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
}

/**
 * @param {Context} context
 * @param {Element} part
 * @param {CSSStyleDeclaration} style
 */
function drawGround(context, part, style) {
  const { x, y, width, height } = part.getBoundingClientRect();
  context.beginPath();
  context.roundRect(x, y, width, height, parseFloat(style.borderTopLeftRadius) || 0);
  context.fillStyle = style.backgroundColor;
  context.fill();
  for (const [line, colour, inset] of [
    [parseFloat(style.borderTopWidth), style.borderTopColor, 0],
    [style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth), style.outlineColor, -parseFloat(style.outlineOffset)],
  ]) {
    if (Number(line) > 0) {
      const at = Number(inset) + Number(line) / 2;
      context.lineWidth = Number(line);
      context.strokeStyle = String(colour);
      context.strokeRect(x + at, y + at, width - 2 * at, height - 2 * at);
    }
  }
}

/**
 * What is neither ground nor text.
 * @param {Context} context
 * @param {Element} part
 * @param {CSSStyleDeclaration} style
 */
function drawOwn(context, part, style) {
  const { x, y, width, height } = part.getBoundingClientRect();
  if (part instanceof HTMLCanvasElement && part.width > 0 && part.height > 0) {
    context.imageSmoothingEnabled = style.imageRendering === "auto";
    context.drawImage(part, x, y, width, height);
  } else if (part instanceof HTMLImageElement && part.complete && part.naturalWidth > 0) {
    context.drawImage(part, x, y, width, height);
  } else if (part instanceof HTMLProgressElement) {
    context.fillStyle = style.accentColor;
    context.fillRect(x, y, width * part.position, height);
  } else if (part instanceof SVGElement) {
    part.querySelectorAll("rect, line, polyline").forEach((shape) => drawShape(context, /** @type {SVGGraphicsElement} */ (shape)));
  } else if (part instanceof HTMLInputElement && part.type === "range") {
    const share = (part.valueAsNumber - Number(part.min)) / (Number(part.max) - Number(part.min) || 1);
    context.fillStyle = style.color;
    context.fillRect(x, y + 0.4 * height, share * width, 0.2 * height);
  } else if (part instanceof HTMLInputElement) {
    drawCentred(context, part.value, part, style);
  } else if (part instanceof HTMLSelectElement) {
    drawCentred(context, part.selectedOptions[0]?.text ?? "", part, style);
  }
}

/**
 * @param {Context} context
 * @param {SVGGraphicsElement} shape
 */
function drawShape(context, shape) {
  const [matrix, style] = [shape.getScreenCTM(), getComputedStyle(shape)];
  const number = (/** @type {string} */ name) => Number(shape.getAttribute(name));
  const at = (/** @type {number} */ x, /** @type {number} */ y) => new DOMPoint(x, y).matrixTransform(matrix ?? undefined);
  context.beginPath();
  if (shape instanceof SVGPolylineElement) {
    [...shape.points].map(({ x, y }) => at(x, y)).forEach(({ x, y }) => context.lineTo(x, y));
  } else {
    addShape(context, shape, number, at);
  }

  if (style.fill !== "none") {
    context.fillStyle = style.fill;
    context.fill();
  }

  if (style.stroke !== "none") {
    context.lineWidth = parseFloat(style.strokeWidth);
    context.strokeStyle = style.stroke;
    context.setLineDash(style.strokeDasharray.match(/[\d.]+/g)?.map(Number) ?? []);
    context.stroke();
    context.setLineDash([]);
  }
}

/**
 * Adds a line or a rectangle to the path.
 * @param {Context} context
 * @param {SVGElement} shape
 * @param {(name: string) => number} number reads an attribute
 * @param {(x: number, y: number) => DOMPoint} at a place in the window
 */
function addShape(context, shape, number, at) {
  const isLine = shape instanceof SVGLineElement;
  const first = isLine ? at(number("x1"), number("y1")) : at(number("x"), number("y"));
  const last = isLine ? at(number("x2"), number("y2")) : at(number("x") + number("width"), number("y") + number("height"));
  if (isLine) {
    context.moveTo(first.x, first.y);
    context.lineTo(last.x, last.y);
  } else {
    context.rect(first.x, first.y, last.x - first.x, last.y - first.y);
  }
}

/**
 * @param {Context} context
 * @param {string} text
 * @param {Element} part
 * @param {CSSStyleDeclaration} style
 */
function drawCentred(context, text, part, style) {
  const { x, y, width, height } = part.getBoundingClientRect();
  write(context, style);
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(text, x + width / 2, y + height / 2, width);
}

/**
 * Word by word, where the browser has put each.
 * @param {Context} context
 * @param {Text} node
 * @param {CSSStyleDeclaration} style
 */
function drawText(context, node, style) {
  write(context, style);
  context.textAlign = "start";
  context.textBaseline = "alphabetic";
  const range = document.createRange();
  for (const { 0: word, index } of node.data.matchAll(/\S+/g)) {
    range.setStart(node, index);
    range.setEnd(node, index + word.length);
    const { x, y, width, height } = range.getBoundingClientRect();
    if (width > 0) {
      const { fontBoundingBoxAscent: above, fontBoundingBoxDescent: below } = context.measureText(word);
      context.fillText(word, x, y + (height + above - below) / 2, width);
    }
  }
}

/**
 * @param {Context} context
 * @param {CSSStyleDeclaration} style
 */
function write(context, style) {
  context.fillStyle = style.color;
  context.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
}
