// Draws with the graphics card: every plane is a texture, and a shader puts them together.

import { resize } from "./canvas.js";
import { negative, positive, zero } from "./colours.js";

/** @typedef {import("./image.js").Plane} Plane */

const modes = { plane: 0, magnitude: 1, overlay: 2 };

/** @param {number[]} colour */
const vec3 = (colour) => `vec3(${colour.map((part) => part.toFixed(2)).join(", ")})`;

const vertexShader = `
  attribute vec2 corner;
  varying vec2 at;
  void main() {
    at = vec2(corner.x, 1.0 - corner.y);
    gl_Position = vec4(corner * 2.0 - 1.0, 0.0, 1.0);
  }`;

const fragmentShader = `
  precision mediump float;
  uniform sampler2D first, second, third;
  uniform int mode;
  uniform bvec2 areSigned;
  varying vec2 at;
  const vec3 positive = ${vec3(positive)};
  const vec3 negative = ${vec3(negative)};
  const float zero = ${zero.toFixed(1)} / 255.0;
  void main() {
    vec2 maps = vec2(texture2D(first, at).r, texture2D(second, at).r);
    vec2 sums = maps - zero;
    vec2 strengths = min(vec2(1.0), abs(sums) * 2.0);
    maps = vec2(areSigned.x ? strengths.x : maps.x, areSigned.y ? strengths.y : maps.y);
    vec3 colour = vec3(maps.x);
    if (mode == 1) {
      colour = vec3(min(1.0, length(maps)));
    } else if (mode == 2) {
      colour = texture2D(third, at).rrr * 0.45 + maps.x * positive + maps.y * negative;
    } else if (areSigned.x) {
      colour = maps.x * (sums.x < 0.0 ? negative : positive);
    }
    gl_FragColor = vec4(colour, 1.0);
  }`;

export class WebglPainter {
  #canvas;
  #gl;
  #isLost = false;
  /** @type {WebGLUniformLocation | null} */
  #mode = null;
  /** @type {WebGLUniformLocation | null} */
  #areSigned = null;

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {WebGLRenderingContext} gl
   */
  constructor(canvas, gl) {
    this.#canvas = canvas;
    this.#gl = gl;
    this.#setUp();
    canvas.addEventListener("webglcontextlost", (event) => {
      event.preventDefault();
      this.#isLost = true;
    });
    canvas.addEventListener("webglcontextrestored", () => {
      this.#setUp();
      this.#isLost = false;
    });
  }

  /**
   * @param {import("./painter.js").Mode} mode
   * @param {Plane[]} planes
   */
  draw(mode, planes) {
    if (this.#isLost) {
      return;
    }

    const gl = this.#gl;
    const size = planes[planes.length - 1];
    resize(this.#canvas, size);
    gl.viewport(0, 0, size.width, size.height);
    planes.forEach((plane, unit) => {
      gl.activeTexture(gl.TEXTURE0 + unit);
      if (plane.bitmap) {
        gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGB, gl.RGB, gl.UNSIGNED_BYTE, plane.bitmap);
      } else {
        const pixels = /** @type {Uint8Array} */ (plane.pixels);
        gl.texImage2D(gl.TEXTURE_2D, 0, gl.LUMINANCE, plane.width, plane.height, 0, gl.LUMINANCE, gl.UNSIGNED_BYTE, pixels);
      }
    });
    gl.uniform1i(this.#mode, modes[mode]);
    gl.uniform2i(this.#areSigned, Number(planes[0].isSigned), Number(planes[1]?.isSigned ?? false));
    gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
  }

  #setUp() {
    const gl = this.#gl;
    const program = this.#compile();
    gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
    gl.bufferData(gl.ARRAY_BUFFER, new Float32Array([0, 0, 1, 0, 0, 1, 1, 1]), gl.STATIC_DRAW);
    gl.enableVertexAttribArray(0);
    gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 0, 0);
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
    this.#mode = gl.getUniformLocation(program, "mode");
    this.#areSigned = gl.getUniformLocation(program, "areSigned");
    ["first", "second", "third"].forEach((name, unit) => {
      gl.activeTexture(gl.TEXTURE0 + unit);
      gl.bindTexture(gl.TEXTURE_2D, gl.createTexture());
      gl.uniform1i(gl.getUniformLocation(program, name), unit);
      for (const [key, value] of [
        [gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE],
        [gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE],
        [gl.TEXTURE_MIN_FILTER, gl.NEAREST],
        [gl.TEXTURE_MAG_FILTER, gl.NEAREST],
      ]) {
        gl.texParameteri(gl.TEXTURE_2D, key, value);
      }
    });
  }

  #compile() {
    const gl = this.#gl;
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
    return program;
  }
}
