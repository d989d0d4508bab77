/**
 * What the reader's gestures changed: the Config and the draft of before, one step a gesture.
 *
 * Not here: the way back (undo.js), which is fetched when it is first wanted.
 */

/** @typedef {Pick<State, "config" | "draft">} Step */

const MOST_STEPS = 100;

export class Steps {
  /** @param {() => number} gesture which gesture of the reader's this is: a drag is one */
  constructor(gesture) {
    this.gesture = gesture;
    /** @type {number | null} */
    this.noted = null;
    /** @type {Step[]} */
    this.done = [];
    /** @type {Step[]} */
    this.undone = [];
  }

  /** The reader changes something: this is what was there before. @param {State} state */
  note({ config, draft, good }) {
    const gesture = this.gesture();
    // What the address asks for at the beginning is no change.
    if (gesture === this.noted || good === null) return;
    this.noted = gesture;
    this.undone = [];
    this.done = [...this.done, { config, draft }].slice(-MOST_STEPS);
  }
}
