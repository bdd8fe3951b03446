// Draws 8-bit planes pixel for pixel; the browser scales the canvas to the window.

/** @typedef {import("./picture.js").Plane} Plane */

const vertexShader = `
  attribute vec2 corner;
  varying vec2 at;
  void main() {
    at = vec2(corner.x, 1.0 - corner.y);
    gl_Position = vec4(corner * 2.0 - 1.0, 0.0, 1.0);
  }`;

const fragmentShader = `
  precision mediump float;
  uniform sampler2D plane;
  varying vec2 at;
  void main() {
    gl_FragColor = vec4(texture2D(plane, at).rrr, 1.0);
  }`;

/**
 * Makes the quickest painter that this browser has.
 * @param {HTMLCanvasElement} canvas
 * @returns {(plane: Plane) => void}
 */
export function makePainter(canvas) {
  const gl = hasGraphicsCard()
    ? canvas.getContext("webgl", { alpha: false, antialias: false, depth: false, preserveDrawingBuffer: true })
    : null;
  canvas.dataset.painter = gl ? "webgl" : "2d";
  return gl ? webglPainter(canvas, gl) : flatPainter(canvas);
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {number} width
 * @param {number} height
 */
function resize(canvas, width, height) {
  canvas.width = width;
  canvas.height = height;
  canvas.style.setProperty("--ratio", String(width / height));
}

// A browser without a graphics card emulates one on the processor; filling the pixels directly is quicker then.
function hasGraphicsCard() {
  const gl = document.createElement("canvas").getContext("webgl", { failIfMajorPerformanceCaveat: true });
  const info = gl?.getExtension("WEBGL_debug_renderer_info");
  const renderer = gl && info ? String(gl.getParameter(info.UNMASKED_RENDERER_WEBGL)) : "";
  gl?.getExtension("WEBGL_lose_context")?.loseContext();
  return gl !== null && !/swiftshader|llvmpipe|software/i.test(renderer);
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {WebGLRenderingContext} gl
 */
function webglPainter(canvas, gl) {
  let lost = false;
  let width = 0;
  let height = 0;
  setUp(gl);
  canvas.addEventListener("webglcontextlost", (event) => {
    event.preventDefault();
    lost = true;
  });
  canvas.addEventListener("webglcontextrestored", () => {
    setUp(gl);
    lost = false;
    width = 0;
  });

  return (/** @type {Plane} */ plane) => {
    if (lost) {
      return;
    }

    if (plane.width !== width || plane.height !== height) {
      ({ width, height } = plane);
      resize(canvas, width, height);
      gl.viewport(0, 0, width, height);
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.LUMINANCE, width, height, 0, gl.LUMINANCE, gl.UNSIGNED_BYTE, plane.pixels);
    } else {
      gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, width, height, gl.LUMINANCE, gl.UNSIGNED_BYTE, plane.pixels);
    }

    gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
  };
}

/** @param {WebGLRenderingContext} gl */
function setUp(gl) {
  const program = gl.createProgram();
  for (const [type, source] of /** @type {[number, string][]} */ ([
    [gl.VERTEX_SHADER, vertexShader],
    [gl.FRAGMENT_SHADER, fragmentShader],
  ])) {
    const shader = /** @type {WebGLShader} */ (gl.createShader(type));
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }

  gl.bindAttribLocation(program, 0, "corner");
  gl.linkProgram(program);
  gl.useProgram(program);
  gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
  gl.bufferData(gl.ARRAY_BUFFER, new Float32Array([0, 0, 1, 0, 0, 1, 1, 1]), gl.STATIC_DRAW);
  gl.enableVertexAttribArray(0);
  gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 0, 0);
  gl.bindTexture(gl.TEXTURE_2D, gl.createTexture());
  gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
  for (const side of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T]) {
    gl.texParameteri(gl.TEXTURE_2D, side, gl.CLAMP_TO_EDGE);
  }

  for (const filter of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) {
    gl.texParameteri(gl.TEXTURE_2D, filter, gl.NEAREST);
  }
}

/** @param {HTMLCanvasElement} canvas */
function flatPainter(canvas) {
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { alpha: false }));
  let image = new ImageData(1, 1);
  let colours = new Uint32Array(image.data.buffer);

  return (/** @type {Plane} */ plane) => {
    if (plane.width !== canvas.width || plane.height !== canvas.height || colours.length !== plane.pixels.length) {
      resize(canvas, plane.width, plane.height);
      image = new ImageData(plane.width, plane.height);
      colours = new Uint32Array(image.data.buffer);
    }

    const pixels = plane.pixels;
    for (let i = 0; i < pixels.length; i++) {
      colours[i] = 0xff000000 | (pixels[i] * 0x010101);
    }

    context.putImageData(image, 0, 0);
  };
}
