/**
 * Say what is dirty; draw once per animation frame.
 *
 * A region says which fields of the state it needs, and is dirty when one of them is another. However often a region of the page is marked between two frames, it is drawn once, and regions are drawn in the order in
 * which they were registered. A region that throws does not keep the others from being drawn.
 */

export class Loop {
  /**
   * @param {(draw: () => void) => void} requestFrame usually requestAnimationFrame
   * @param {(problem: unknown) => void} report what to do with a region that throws
   */
  constructor(requestFrame, report) {
    this.requestFrame = requestFrame;
    this.report = report;
    /** @type {Map<string, { draw: () => void, needs: Fields }>} */
    this.regions = new Map();
    /** @type {Set<string>} */
    this.dirty = new Set();
    this.requested = false;
  }

  /** @param {string} name @param {() => void} draw @param {Fields} [needs] */
  register(name, draw, needs = []) {
    if (this.regions.has(name)) throw new Error(`two regions are called "${name}"`);
    this.regions.set(name, { draw, needs });
  }

  /** @param {readonly (keyof State)[]} fields that are others now */
  changed(fields) {
    for (const [name, { needs }] of this.regions) {
      if (needs.some((field) => fields.includes(field))) this.mark(name);
    }
  }

  /** @param {...string} names */
  mark(...names) {
    for (const name of names) {
      if (!this.regions.has(name)) throw new Error(`no region "${name}": ${[...this.regions.keys()].join(", ")}`);
      this.dirty.add(name);
    }
    if (this.requested || this.dirty.size === 0) return;
    this.requested = true;
    this.requestFrame(() => this.draw());
  }

  markAll() {
    this.mark(...this.regions.keys());
  }

  /** Forgets every region, for others to be registered. */
  clear() {
    this.regions.clear();
    this.dirty.clear();
  }

  /** Draws what was dirty at the start; what a region marks while it draws waits for the next frame. */
  draw() {
    const due = this.dirty;
    this.dirty = new Set();
    this.requested = false;
    for (const [name, { draw }] of this.regions) {
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
 * What a region needs of the state: all that the panels need which are drawn in it.
 *
 * @param {keyof Needs} region @param {readonly { needs: Needs }[]} panels @returns {Fields}
 */
export function needsOf(region, panels) {
  return [...new Set(panels.flatMap((panel) => panel.needs[region] ?? []))];
}
