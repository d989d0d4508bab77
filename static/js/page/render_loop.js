/**
 * Say what is dirty; draw once per animation frame.
 *
 * A part says which fields of the state it needs, and is dirty when one of them is another. However often a part of the page is marked between two frames, it is drawn once, and parts are drawn in the order in
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
    /** @type {Map<string, { draw: () => void, needs: Fields }>} */
    this.parts = new Map();
    /** @type {Set<string>} */
    this.dirty = new Set();
    this.asked = false;
  }

  /** @param {string} name @param {() => void} draw @param {Fields} [needs] */
  register(name, draw, needs = []) {
    if (this.parts.has(name)) throw new Error(`two parts are called "${name}"`);
    this.parts.set(name, { draw, needs });
  }

  /** @param {readonly (keyof State)[]} fields that are others now */
  changed(fields) {
    for (const [name, { needs }] of this.parts) {
      if (needs === "anything" || needs.some((field) => fields.includes(field))) this.mark(name);
    }
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
    for (const [name, { draw }] of this.parts) {
      if (!due.has(name)) continue;
      try {
        draw();
      } catch (problem) {
        this.report(problem);
      }
    }
  }
}

/**
 * What a part of the loop needs of the state: all that the panels need which are drawn in it.
 *
 * @param {keyof Needs} part @param {readonly { needs: Needs }[]} panels @returns {Fields}
 */
export function needsOf(part, panels) {
  const needs = panels.map((panel) => panel.needs[part] ?? []);
  if (needs.includes("anything")) return "anything";
  return [...new Set(/** @type {(keyof State)[][]} */ (needs).flat())];
}
