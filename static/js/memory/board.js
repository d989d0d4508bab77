/**
 * The memory's units as a board that is drawn on with mouse, finger or keys, and watched while it falls.
 *
 * A stroke turns the first unit that it meets, and makes every other one what that has become. Arrow keys move from unit to
 * unit, Space or Enter turns one.
 */

import { cellBox, drawCells } from "../draw/cells.js";
import { contextOf, fitCanvas, imageOf } from "../widgets/canvas.js";
import { byTestId, find, on, setAttribute, setText } from "../widgets/dom.js";
import { bitsOf } from "./state.js";

const MOVES = /** @type {Record<string, [number, number]>} */ ({
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
});

export class Board {
  /** @param {MemoryPage} page @param {() => void} redraw */
  constructor(page, redraw) {
    this.page = page;
    this.redraw = redraw;
    this.root = byTestId("board");
    this.canvas = find(this.root, "canvas", HTMLCanvasElement);
    this.heard = byTestId("board-said");
    /** The unit that keys are at. */
    this.cursor = 0;
    /** While a stroke lasts: what it makes of units, and the units as they become. @type {{ value: number, units: number[] } | null} */
    this.stroke = null;
    on(this.root, "pointerdown", (event) => this.#begin(event));
    on(this.root, "pointermove", (event) => this.#move(event));
    for (const end of /** @type {const} */ (["pointerup", "pointercancel"])) on(this.root, end, () => this.#end());
    on(this.root, "keydown", (event) => this.#press(event));
    on(this.root, "focus", redraw);
    on(this.root, "blur", redraw);
  }

  get side() {
    return Math.round(Math.sqrt(this.page.store.state.units.length));
  }

  /** @param {MemoryState} state */
  draw(state) {
    const { side, page, canvas } = this;
    const size = canvas.clientWidth;
    if (side === 0 || size === 0) return;
    fitCanvas(canvas, size, size, page.ratio());
    const { ramp, ground, ink } = page.theme();
    const units = this.stroke?.units ?? state.units;
    drawCells(contextOf(canvas), units, side, { low: -1, high: 1, ramp, line: ground }, imageOf(canvas));
    if (state.last >= 0 && !state.end) this.#mark(state.last, ink, []);
    if (document.activeElement === this.root) this.#mark(this.cursor, ink, [4, 3]);
    const on = Array.from(units).filter((unit) => unit > 0).length;
    const facts = { side, on, all: units.length };
    setAttribute(this.root, "aria-label", page.language.say("memory.board", facts));
  }

  /** @param {number} unit @param {string} colour @param {number[]} dash */
  #mark(unit, colour, dash) {
    const { canvas, side } = this;
    const context = contextOf(canvas);
    const { left, top, width, height } = cellBox(unit, side, side, canvas.width, canvas.height);
    const ratio = this.page.ratio();
    context.lineWidth = 2 * ratio;
    context.setLineDash(dash.map((length) => length * ratio));
    context.strokeStyle = colour;
    context.strokeRect(left + ratio, top + ratio, width - 2 * ratio, height - 2 * ratio);
    context.setLineDash([]);
  }

  /** @param {PointerEvent} event @returns {number | null} */
  #unitAt({ clientX, clientY }) {
    const box = this.canvas.getBoundingClientRect();
    const { side } = this;
    const column = Math.floor(((clientX - box.left) / box.width) * side);
    const row = Math.floor(((clientY - box.top) / box.height) * side);
    return column < 0 || row < 0 || column >= side || row >= side ? null : row * side + column;
  }

  /** @param {PointerEvent} event */
  #begin(event) {
    const unit = this.#unitAt(event);
    if (unit === null || event.button !== 0) return;
    this.root.setPointerCapture(event.pointerId);
    this.cursor = unit;
    const units = [...Array.from(this.page.store.state.units)];
    this.stroke = { value: units[unit] > 0 ? -1 : 1, units };
    this.#move(event);
  }

  /** @param {PointerEvent} event */
  #move(event) {
    const unit = this.stroke && this.#unitAt(event);
    if (!this.stroke || unit === null) return;
    this.stroke.units[unit] = this.stroke.value;
    this.redraw();
  }

  #end() {
    if (!this.stroke) return;
    const { units } = this.stroke;
    this.stroke = null;
    this.page.actions.draw(bitsOf(units));
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    const { side, page } = this;
    const move = MOVES[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey || side === 0) return;
    if (move) {
      const [row, column] = [Math.floor(this.cursor / side) + move[0], (this.cursor % side) + move[1]];
      if (row >= 0 && column >= 0 && row < side && column < side) this.cursor = row * side + column;
    } else if (event.key === " " || event.key === "Enter") {
      const units = [...Array.from(page.store.state.units)];
      units[this.cursor] = units[this.cursor] > 0 ? -1 : 1;
      page.actions.draw(bitsOf(units));
    } else return;
    // They would scroll, or play.
    event.preventDefault();
    event.stopPropagation();
    this.redraw();
    const now = page.store.state.units[this.cursor] > 0 ? "on" : "off";
    const place = { row: Math.floor(this.cursor / side) + 1, column: (this.cursor % side) + 1 };
    setText(this.heard, page.language.say(`memory.unit_${now}`, place));
  }
}
