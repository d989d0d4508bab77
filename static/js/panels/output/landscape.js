/**
 * The loss around the weights as they are: a map of what training walks on, in a dialog. The server works it out a little at
 * a time beside the run, which goes on; the map is of the epoch at which it was asked for.
 *
 * Not here: what is worked out, and how long that may take (the server).
 */

import { drawBorders } from "../../draw/borders.js";
import { parseColour, ramp } from "../../draw/colour.js";
import { drawMark } from "../../draw/points.js";
import { drawStrip } from "../../draw/strip.js";
import { drawSurface } from "../../draw/surface.js";
import { formatExact } from "../../text/format.js";
import { together } from "../../text/sentences.js";
import { contextOf, fitCanvas, imageOf } from "../../widgets/canvas.js";
import { byTestId, make, on, setAttribute, setText } from "../../widgets/dom.js";

/** Lines of equal loss. */
const LINES = 11;
/** What is so many times the lowest loss, or more, is one colour: where it overflows, the valley is still seen. */
const MOST = 1e6;
/** A loss that differs by less than this share is the same to the eye. */
const SAME = 0.01;

export class Landscape {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    const { language } = page;
    this.seed = 0;
    /** What is on the canvas: painted anew for another map, size or theme, not with every frame of the run. */
    this.painted = "";
    this.canvas = make("canvas", { testid: "landscape-map" });
    this.canvas.setAttribute("role", "img");
    this.strip = make("canvas", { class: "landscape-strip" });
    this.strip.setAttribute("aria-hidden", "true");
    this.ends = [make("span"), make("span")];
    this.sentence = make("p", { class: "landscape-sentence", testid: "landscape-sentence", role: "status" });
    const close = make("button", { class: "round", text: "×", label: language.say("landscape.close") });
    this.again = make("button", {
      class: "small-button",
      testid: "landscape-again",
      text: language.say("landscape.again"),
    });
    this.turn = make("button", {
      class: "small-button",
      testid: "landscape-turn",
      text: language.say("landscape.turn"),
    });
    this.dialog = make(
      "dialog",
      { class: "large-picture landscape", label: language.say("landscape.open"), testid: "landscape-dialog" },
      make("div", { class: "landscape-head" }, make("h2", { text: language.say("landscape.open") }), close),
      this.canvas,
      make("div", { class: "landscape-scale" }, this.ends[0], this.strip, this.ends[1]),
      this.sentence,
      make("div", { class: "landscape-tools" }, this.again, this.turn),
    );
    on(close, "click", () => this.dialog.close());
    on(this.dialog, "click", ({ target }) => {
      if (target === this.dialog) this.dialog.close();
    });
    on(this.again, "click", () => this.#ask());
    on(this.turn, "click", () => {
      this.seed += 1;
      this.#ask();
    });
  }

  open() {
    document.body.append(this.dialog);
    const closed = () => {
      this.dialog.remove();
      byTestId("landscape").focus();
    };
    on(this.dialog, "close", closed, { once: true });
    this.dialog.showModal();
    this.#ask();
  }

  /** What is known by now. */
  draw() {
    if (!this.dialog.open) return;
    const { inspection, language } = this.page;
    const { landscape } = inspection;
    const waits = landscape === "waiting";
    for (const button of [this.again, this.turn]) button.disabled = waits;
    this.dialog.classList.toggle("waits", waits);
    if (typeof landscape === "string" || !landscape) {
      setText(this.sentence, waits ? language.say("landscape.waiting") : (landscape ?? language.say("landscape.none")));
      return;
    }
    this.#paint(landscape);
    const said = landscapeSentence(language, landscape);
    setText(this.sentence, said);
    setAttribute(this.canvas, "aria-label", said);
  }

  #ask() {
    this.page.inspection.walk(this.seed);
    this.draw();
  }

  /** @param {LandscapeAnswer} landscape */
  #paint(landscape) {
    const { ratio, theme } = this.page;
    const { accent, ground, ink } = theme();
    const { canvas, strip } = this;
    fitCanvas(canvas, canvas.clientWidth, canvas.clientWidth, ratio());
    const wanted = [landscape.id, canvas.width, accent, ground].join(" ");
    if (wanted === this.painted) return;
    this.painted = wanted;
    const { heights: measured, low, high } = heightsOf(landscape);
    const heights = finer(measured, landscape.steps.length);
    const side = Math.sqrt(heights.length);
    const colours = ramp([parseColour(accent), parseColour(ground)]);
    const context = contextOf(canvas);
    drawSurface(context, { field: heights.map((height) => height * 255), side, colours, image: imageOf(canvas) });
    for (let line = 1; line <= LINES; line++) {
      const above = heights.map((height) => height - line / (LINES + 1));
      const pen = { ink, line: Math.max(0.6, canvas.width / 700) };
      drawBorders(context, [new Float32Array(above.length), above], canvas.width, pen);
    }
    const look = { shape: /** @type {const} */ ("circle"), colour: ink, radius: canvas.width / 70, halo: ground };
    drawMark(context, { ...look, x: canvas.width / 2, y: canvas.width / 2, hollow: false });
    fitCanvas(strip, strip.clientWidth, strip.clientHeight, ratio());
    drawStrip(contextOf(strip), { colours, image: imageOf(strip) });
    setText(this.ends[0], formatExact(low));
    setText(this.ends[1], formatExact(high));
  }
}

/**
 * The map's heights from 0 to 1, by the logarithm of the loss, and the losses that these two stand for.
 *
 * @param {Pick<LandscapeAnswer, "loss">} landscape
 */
export function heightsOf({ loss }) {
  const all = Float32Array.from(loss.flat());
  const low = Math.max(
    all.reduce((least, one) => Math.min(least, one)),
    Number.MIN_VALUE,
  );
  const high = Math.min(
    all.reduce((most, one) => Math.max(most, one)),
    low * MOST,
  );
  const range = Math.log(high / low);
  const heights = all.map((one) => (range > 0 ? Math.min(1, Math.log(Math.max(one, low) / low) / range) : 0));
  return { heights, low, high };
}

/** Between two places that were measured so many more are drawn, that lines bend and have no corners. */
const FINER = 4;

/**
 * The heights on a finer grid over the same square, through the measured ones along smooth curves (Catmull and Rom's).
 *
 * @param {Float32Array} heights from 0 to 1, side * side @param {number} side
 */
export function finer(heights, side) {
  const size = side * FINER;
  const weights = Array.from({ length: size }, (_, at) => {
    const place = (at + 0.5) / FINER - 0.5;
    const from = Math.min(side - 2, Math.max(0, Math.floor(place)));
    const t = place - from;
    const shares = [t * (t * (2 - t) - 1), t * t * (3 * t - 5) + 2, t * (t * (4 - 3 * t) + 1), t * t * (t - 1)];
    return shares.flatMap((share, index) => {
      const [near, end] = [from + index - 1, Math.min(side - 1, Math.max(0, from + index - 1))];
      if (near === end) return [{ at: near, share: share / 2 }];
      // One beyond the map, which goes on there as straight as it came.
      return [
        { at: end, share },
        { at: 2 * end - near, share: -share / 2 },
      ];
    });
  });
  const rows = weights.map((near) =>
    Float32Array.from({ length: side }, (_, x) =>
      near.reduce((sum, { at, share }) => sum + share * heights[at * side + x], 0),
    ),
  );
  return Float32Array.from({ length: size * size }, (_, at) => {
    const row = rows[Math.floor(at / size)];
    const height = weights[at % size].reduce((sum, one) => sum + one.share * row[one.at], 0);
    return Math.min(1, Math.max(0, height));
  });
}

/**
 * What the map shows, and what it says of where the weights lie.
 *
 * @param {Language} language @param {LandscapeAnswer} landscape
 */
export function landscapeSentence(language, { epoch, loss, center }) {
  const all = loss.flat();
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const uphill = low < (1 - SAME) * center ? "landscape.slope" : "landscape.valley";
  const where = high - low <= SAME * low ? "landscape.flat" : uphill;
  const values = { epoch, center: formatExact(center), low: formatExact(low) };
  return together([language.say("landscape.said", values), language.say(where, values)]);
}
