/**
 * Say what is dirty; draw once per animation frame.
 *
 * However often a part of the page is marked between two frames, it is drawn once, and parts are drawn in the order in
 * which they were registered. A part that throws does not keep the others from being drawn.
 */

export class Loop {
  /**
   * @param {(draw: () => void) => void} requestFrame usually requestAnimationFrame
   * @param {(problem: unknown) => void} report what to do with a part that throws
   */
  constructor(requestFrame, report) {
    this.requestFrame = requestFrame;
    this.report = report;
    /** @type {Map<string, () => void>} */
    this.parts = new Map();
    /** @type {Set<string>} */
    this.dirty = new Set();
    this.asked = false;
  }

  /** @param {string} name @param {() => void} draw */
  register(name, draw) {
    if (this.parts.has(name)) throw new Error(`two parts are called "${name}"`);
    this.parts.set(name, draw);
  }

  /** @param {...string} names */
  mark(...names) {
    for (const name of names) {
      if (!this.parts.has(name)) throw new Error(`no part "${name}": ${[...this.parts.keys()].join(", ")}`);
      this.dirty.add(name);
    }
    if (this.asked || this.dirty.size === 0) return;
    this.asked = true;
    this.requestFrame(() => this.draw());
  }

  markAll() {
    this.mark(...this.parts.keys());
  }

  /** Forgets every part, for others to be registered. */
  clear() {
    this.parts.clear();
    this.dirty.clear();
  }

  /** Draws what was dirty at the start; what a part marks while it draws waits for the next frame. */
  draw() {
    const due = this.dirty;
    this.dirty = new Set();
    this.asked = false;
    for (const [name, draw] of this.parts) {
      if (!due.has(name)) continue;
      try {
        draw();
      } catch (problem) {
        this.report(problem);
      }
    }
  }
}
