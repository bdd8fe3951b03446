// Turns of a wheel as steps. A mouse sends one event for a notch, a touchpad or a finer wheel many small ones, which add up to a step.

// In pixels: less than the notch of any mouse.
const perStep = 48;
const perLine = 16;

// What was turned before is over.
const restMs = 250;

export class Notches {
  #turned = 0;
  #last = 0;
  /** @type {EventTarget | null} */
  #target = null;

  /**
   * @param {WheelEvent} event
   * @returns {number} 1 for a step up, -1 for one down, 0 while it takes more
   */
  of({ deltaX, deltaY, deltaMode, target, timeStamp }) {
    // With Shift, browsers turn the wheel sideways.
    const turned = (deltaY || deltaX) * (deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : perLine);
    const goesOn = target === this.#target && timeStamp - this.#last < restMs && turned * this.#turned > 0;
    this.#turned = goesOn ? this.#turned + turned : turned;
    this.#target = target;
    this.#last = timeStamp;
    if (Math.abs(this.#turned) < perStep) {
      return 0;
    }

    this.#turned = 0;
    return turned < 0 ? 1 : -1;
  }
}
