/**
 * What is stored: a button for each pattern that shows it to the memory, and how like it the memory is now.
 */

import { drawCells } from "../draw/cells.js";
import { contextOf, fitCanvas, imageOf } from "../widgets/canvas.js";
import { byTestId, make, on, setAttribute } from "../widgets/dom.js";
import { MOST_PATTERNS } from "./actions.js";
import { unitsOf } from "./state.js";

const THUMB = 52;

/** @param {MemoryPage} page @returns {(state: MemoryState) => void} */
export function createPatterns(page) {
  const list = byTestId("patterns");
  const [keep, clear] = [byTestId("keep", HTMLButtonElement), byTestId("clear")];
  on(keep, "click", () => page.actions.keep());
  on(clear, "click", () => page.actions.clear());
  /** @type {Pattern[]} */
  const shown = [];
  return (state) => {
    while (shown.length > state.patterns.length) shown.pop()?.element.remove();
    while (shown.length < state.patterns.length) {
      const pattern = new Pattern(page, shown.length);
      shown.push(pattern);
      list.append(pattern.element);
    }
    for (const pattern of shown) pattern.show(state);
    keep.disabled = state.patterns.length >= MOST_PATTERNS || state.units.length === 0;
  };
}

class Pattern {
  /** @param {MemoryPage} page @param {number} place from 0 */
  constructor(page, place) {
    this.page = page;
    this.place = place;
    const { actions, language } = page;
    const number = { pattern: place + 1 };
    this.canvas = make("canvas");
    this.meter = make("span", { class: "likeness" });
    this.button = make("button", { class: "pattern", testid: `pattern-${place + 1}` }, this.canvas, this.meter);
    const drop = make("button", { class: "drop", text: "×", label: language.say("memory.forget", number) });
    drop.dataset.testid = `forget-${place + 1}`;
    drop.title = language.say("memory.forget", number);
    on(this.button, "click", () => actions.choose(place));
    on(drop, "click", () => actions.remove(place));
    this.element = make("li", {}, this.button, drop);
  }

  /** @param {MemoryState} state */
  show({ patterns, overlaps, settings, start }) {
    const { canvas, page, place } = this;
    fitCanvas(canvas, THUMB, THUMB, page.ratio());
    const { ramp, ground } = page.theme();
    const units = unitsOf(patterns[place]);
    const side = Math.round(Math.sqrt(units.length));
    drawCells(contextOf(canvas), units, side, { low: -1, high: 1, ramp, line: ground }, imageOf(canvas));
    const like = overlaps[place] ?? 0;
    this.meter.style.setProperty("--like", String(Math.abs(like)));
    this.meter.dataset.sign = like < 0 ? "negative" : "positive";
    setAttribute(this.button, "aria-pressed", String(start === null && settings.cue === place + 1));
    const words = page.language.say("memory.pattern", { pattern: place + 1, share: Math.round(like * 100) });
    setAttribute(this.button, "aria-label", words);
    this.button.title = words;
  }
}
