// The age of the frame over the last ten seconds, as a line.

const span = 10000;
const width = 200;
const height = 44;

export class AgePlot {
  #svg;
  #caption;
  #line = document.createElementNS("http://www.w3.org/2000/svg", "polyline");
  /** @type {{ at: number, age: number }[]} */
  #points = [];

  /**
   * @param {SVGElement} svg
   * @param {HTMLElement} caption
   */
  constructor(svg, caption) {
    this.#svg = svg;
    this.#caption = caption;
    svg.append(this.#line);
  }

  /** @param {number | null} age in milliseconds */
  add(age) {
    const now = performance.now();
    this.#points = this.#points.filter((point) => now - point.at < span);
    if (age !== null) {
      this.#points.push({ at: now, age });
    }

    const top = Math.max(50, ...this.#points.map((point) => point.age));
    const places = this.#points.map((point) => {
      const x = width - ((now - point.at) / span) * width;
      return `${x.toFixed(1)},${(height - 1 - (point.age / top) * (height - 2)).toFixed(1)}`;
    });
    this.#line.setAttribute("points", places.join(" "));
    this.#caption.textContent = `Delay, last 10 s (top: ${top.toFixed(0)} ms)`;
    this.#svg.dataset.points = String(places.length);
  }
}
