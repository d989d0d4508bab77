/**
 * One picture of the layer lens as large as the window lets it be, and the way from the features through every layer: a
 * slider bends the grid from one layer's space into the next one's, or plays that. The run goes on behind it.
 *
 * Not here: what is drawn (lens.js), and where a layer has put the points (the server).
 */

import { fitCanvas } from "../../widgets/canvas.js";
import { make, on, setAttribute, setText } from "../../widgets/dom.js";

/** From one layer's space to the next one's: slow enough to follow a point. */
const MORPH_MILLISECONDS = 1600;
/** At each layer it rests, so that the eye can count what a line would cut. */
const REST_MILLISECONDS = 500;

/** @typedef {"decision" | "space"} Large */
/** @typedef {(canvas: HTMLCanvasElement, picture: Large, at: number) => string} Paint paints the place `at` among the layers,
 *   0 for the features, and says what is seen there */

export class LensLarge {
  /** @param {Page} page @param {Paint} paint */
  constructor(page, paint) {
    this.page = page;
    this.paint = paint;
    /** @type {Large} */
    this.picture = "space";
    this.at = 0;
    /** @type {number} of the animation frame that is asked for; 0 for none */
    this.frame = 0;
    const { language } = page;
    this.title = make("h2");
    this.close = make("button", { class: "round", text: "×", label: language.say("lens.close") });
    this.canvas = make("canvas", { testid: "lens-large" });
    this.canvas.setAttribute("role", "img");
    this.play = make("button", { class: "small-button", testid: "lens-bend", text: language.say("lens.bend") });
    this.slider = make("input", { type: "range", testid: "lens-way", label: language.say("lens.way") });
    Object.assign(this.slider, { min: "0", step: "0.05" });
    this.way = make("div", { class: "lens-way" }, this.play, this.slider);
    this.stops = make("div", { class: "lens-stops", role: "group", label: language.say("lens.way") });
    this.sentence = make("p", { class: "lens-large-sentence", testid: "lens-large-sentence" });
    this.dialog = make(
      "dialog",
      { class: "large-picture lens-large", label: language.say("lens.title") },
      make("div", { class: "lens-large-head" }, this.title, this.close),
      this.canvas,
      this.way,
      this.stops,
      this.sentence,
    );
    on(this.close, "click", () => this.shut());
    on(this.dialog, "click", ({ target }) => {
      if (target === this.dialog) this.dialog.close();
    });
    on(this.slider, "input", () => this.#go(Number(this.slider.value)));
    on(this.play, "click", () => this.#bend(this.at >= this.last ? 0 : this.at, this.last));
  }

  /** The last layer's place. */
  get last() {
    return this.page.store.state.config.layers.length;
  }

  /** @param {Large} picture @param {number} at its layer, 0 for the features @param {HTMLElement} opener */
  open(picture, at, opener) {
    this.picture = picture;
    const { language } = this.page;
    setText(this.title, language.say(`lens.${picture}`));
    const name = (/** @type {number} */ layer) =>
      layer === 0 ? language.say("lens.features") : language.say("network.layer", { layer });
    this.names = Array.from({ length: this.last + 1 }, (_, layer) => name(layer));
    this.stops.replaceChildren(
      ...this.names.map((text, layer) => {
        const button = make("button", { text, testid: `lens-stop-${layer}` });
        on(button, "click", () => this.#bend(this.at, layer));
        return button;
      }),
    );
    this.slider.max = String(this.last);
    // One line's decision has no way from one layer to the next.
    this.way.hidden = this.last === 0 || picture === "decision";
    document.body.append(this.dialog);
    on(
      this.dialog,
      "close",
      () => {
        this.#stop();
        this.dialog.remove();
        opener.focus();
      },
      { once: true },
    );
    this.dialog.showModal();
    this.#go(at);
  }

  shut() {
    this.dialog.close();
  }

  /** Another picture of the run has come. */
  draw() {
    if (!this.dialog.open) return;
    if (this.slider.max !== String(this.last)) {
      // Another network, by undo: its way has other stops.
      this.shut();
      return;
    }
    const side = this.canvas.clientWidth;
    fitCanvas(this.canvas, side, side, this.page.ratio());
    const said = this.paint(this.canvas, this.picture, this.at);
    setText(this.sentence, said);
    setAttribute(this.canvas, "aria-label", said);
  }

  /** @param {number} at */
  #go(at) {
    this.#stop();
    this.#show(at);
  }

  /** @param {number} at */
  #show(at) {
    this.at = at;
    this.slider.value = String(at);
    const nearest = Math.round(at);
    setAttribute(this.slider, "aria-valuetext", this.names?.[nearest] ?? "");
    for (const [layer, stop] of [...this.stops.children].entries())
      setAttribute(stop, "aria-pressed", String(layer === nearest));
    this.draw();
  }

  /** From one place to another, resting at each layer; without a way in between where motion is not wanted. @param {number} from @param {number} to */
  #bend(from, to) {
    this.#stop();
    if (matchMedia("(prefers-reduced-motion: reduce)").matches || this.picture === "decision") {
      this.#show(to);
      return;
    }
    this.#show(from);
    let begun = 0;
    const step = (/** @type {number} */ now) => {
      begun ||= now;
      const at = placeAfter(now - begun, from, to);
      this.frame = at === to ? 0 : requestAnimationFrame(step);
      this.#show(at);
    };
    this.frame = requestAnimationFrame(step);
  }

  #stop() {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
  }
}

/**
 * Where it is on its way after so many milliseconds: each layer slowly left and slowly reached, with a rest at it.
 *
 * @param {number} milliseconds @param {number} from @param {number} to
 */
export function placeAfter(milliseconds, from, to) {
  const [way, towards] = [Math.abs(to - from), Math.sign(to - from)];
  const stride = MORPH_MILLISECONDS + REST_MILLISECONDS;
  const whole = Math.floor(milliseconds / stride);
  const share = Math.min(1, (milliseconds - whole * stride) / MORPH_MILLISECONDS);
  const done = whole + share * share * (3 - 2 * share);
  return done >= way ? to : from + towards * done;
}

/**
 * Where the points and the grid are at a place between two layers' spaces, as bytes across a window.
 *
 * @param {Lensed} seen @param {number} at
 * @returns {{ points: ArrayLike<number>, grid: Uint8Array | Float32Array, shape: readonly number[] } | null}
 */
export function spaceAt({ facts, arrays }, at) {
  const [before, after] = [Math.floor(at), Math.ceil(at)].map((layer) => {
    const name = facts.layers[layer];
    return { points: arrays[`points.${name}`], grid: arrays[`grid.${name}`] };
  });
  if (!before.grid || !after.grid) return null;
  const { shape } = before.grid;
  const [one, other] = [before, after].map(({ points, grid }) => ({
    points: /** @type {Uint8Array} */ (points.data),
    grid: /** @type {Uint8Array} */ (grid.data),
  }));
  if (at === Math.floor(at)) return { ...one, shape };
  const share = at - Math.floor(at);
  return { points: between(one.points, other.points, share), grid: between(one.grid, other.grid, share), shape };
}

/** @param {Uint8Array} one @param {Uint8Array} other @param {number} share */
function between(one, other, share) {
  return Float32Array.from(one, (value, index) => value + (other[index] - value) * share);
}
