/**
 * A pencil on the output: pressed and dragged with mouse, pen or finger, or moved by keys.
 *
 * While it is in hand a press traces no place (the class `drawing`), and arrows, Space and Escape are its own. Not here: what
 * becomes of the strokes (sketch.js), and how they look (sketch_line.js).
 */

import { clamp } from "../../draw/scale.js";
import { placeText } from "../../model/own_numbers.js";
import { find, on, setAttribute, setText } from "../../widgets/dom.js";
import { takeSurface, whenTaken } from "../../widgets/one_hand.js";

/** One press of an arrow key, and of one with Shift, as a share of half of the plane's width. */
const STEP = 0.05;
const FINE_STEP = 0.01;
/** What moves less draws nothing. */
const LEAST = 0.01;

const ARROWS = /** @type {Record<string, [number, number]>} */ ({
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
});

/**
 * @typedef {object} PencilDeeds
 * @property {() => void} drew something was drawn
 * @property {() => void} left the reader has put it away
 * @property {() => void} lost another tool was taken up in its place
 * @property {(words: string) => void} said where it is, to who does not see it
 */

export class Pencil {
  /** @param {Page} page @param {HTMLElement} area the output's box @param {PencilDeeds} deeds */
  constructor(page, area, deeds) {
    this.page = page;
    this.area = area;
    this.deeds = deeds;
    this.cross = find(area, ".cross");
    /** @type {Stroke[]} grows as it is drawn */
    this.strokes = [];
    /** @type {[number, number]} in the plane's coordinates */
    this.place = [0, 0];
    this.isDown = false;
    /** @type {number | null} */
    this.pointer = null;
    /** @type {AbortController | null} while it is in hand */
    this.hand = null;
  }

  get reach() {
    return this.page.store.state.layout?.reach ?? 1;
  }

  /** @param {Stroke[]} strokes */
  take(strokes) {
    this.strokes = strokes;
    if (this.hand) return;
    const { area } = this;
    takeSurface(area, this);
    this.hand = new AbortController();
    area.classList.add("drawing");
    area.tabIndex = 0;
    this.#name("application", "sketch.surface");
    const { signal } = this.hand;
    on(area, "pointerdown", (event) => this.#begin(event), { signal });
    on(area, "pointermove", (event) => this.#move(event), { signal });
    for (const end of /** @type {const} */ (["pointerup", "pointercancel", "lostpointercapture"])) {
      on(area, end, ({ pointerId }) => this.#end(pointerId), { signal });
    }
    on(area, "keydown", (event) => this.#press(event), { signal });
    on(area, "blur", () => area.classList.remove("aiming"), { signal });
    whenTaken(area, this, () => this.deeds.lost(), signal);
  }

  putAway() {
    if (!this.hand) return;
    this.hand.abort();
    this.hand = this.pointer = null;
    this.isDown = false;
    this.area.classList.remove("drawing", "aiming");
    this.area.removeAttribute("tabindex");
    this.#name("img", "output.label");
  }

  /** By keys: where it is can be seen at once. */
  aim() {
    const [x, y] = this.place;
    const { area, cross, page, reach } = this;
    const { layout } = page.store.state;
    area.classList.add("aiming");
    cross.classList.toggle("turned", x > reach / 2);
    cross.style.left = `${50 * (1 + x / reach)}%`;
    cross.style.top = `${50 * (1 - y / reach)}%`;
    const extent = layout?.extent ?? 1;
    const place = placeText(page.store.state, x / extent, y / extent);
    setText(cross, place);
    this.deeds.said(page.language.say(this.isDown ? "sketch.down" : "sketch.up", { place }));
  }

  /** @param {string} role @param {string} label */
  #name(role, label) {
    setAttribute(this.area, "role", role);
    setAttribute(this.area, "aria-label", this.page.language.say(label));
  }

  /** @param {PointerEvent} event @returns {[number, number]} */
  #placeOf({ clientX, clientY }) {
    const { left, top, width, height } = this.area.getBoundingClientRect();
    const { reach } = this;
    const shares = [(2 * (clientX - left)) / width - 1, 1 - (2 * (clientY - top)) / height];
    const [x, y] = shares.map((share) => clamp(-1, 1, share) * reach);
    return [x, y];
  }

  /** @param {PointerEvent} event */
  #begin(event) {
    if (this.pointer !== null || event.button !== 0) return;
    event.preventDefault();
    const { area } = this;
    area.focus({ preventScroll: true });
    area.setPointerCapture(event.pointerId);
    area.classList.remove("aiming");
    this.pointer = event.pointerId;
    this.isDown = false;
    this.#draw(this.#placeOf(event), true);
  }

  /** @param {PointerEvent} event */
  #move(event) {
    if (event.pointerId !== this.pointer) return;
    const place = this.#placeOf(event);
    if (Math.hypot(place[0] - this.place[0], place[1] - this.place[1]) >= LEAST * this.reach) this.#draw(place, false);
  }

  /** @param {number} pointer */
  #end(pointer) {
    if (pointer === this.pointer) this.pointer = null;
  }

  /** @param {[number, number]} place @param {boolean} begins a stroke */
  #draw(place, begins) {
    this.place = place;
    if (begins) this.strokes.push([place]);
    else this.strokes.at(-1)?.push(place);
    this.deeds.drew();
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    const { key, shiftKey } = event;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (key === "Escape") this.deeds.left();
    else if (key === " " || key === "Enter") {
      this.isDown = !this.isDown;
      if (this.isDown) this.#draw(this.place, true);
      this.aim();
    } else if (key in ARROWS) this.#step(ARROWS[key], shiftKey ? FINE_STEP : STEP);
    else return;
    // They would scroll, play, or let go of a place that is traced.
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {[number, number]} way @param {number} step */
  #step(way, step) {
    const { reach } = this;
    const [x, y] = this.place.map((at, axis) => clamp(-reach, reach, at + way[axis] * step * reach));
    if (this.isDown) this.#draw([x, y], this.strokes.length === 0);
    else this.place = [x, y];
    this.aim();
  }
}
