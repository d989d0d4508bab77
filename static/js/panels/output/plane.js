/**
 * What lies over the large surface: where classes meet, the inspected unit's curve, the traced place; and what the numbers
 * of the plane mean: the axes, and a regression's values, in the reader's own units where there are any. What is read there
 * by pointing comes later still (reading.js).
 *
 * It comes once the surface is there, as nobody reads an axis before. Not here: the surface and its points (output.js), but
 * for the surface of three and more classes.
 */

import { drawAxes } from "../../draw/axes.js";
import { borderLine, drawBorders, drawClasses, scoresOf } from "../../draw/borders.js";
import { drawTarget, drawZeroSet } from "../../draw/inspected.js";
import { clamp, linearScale } from "../../draw/scale.js";
import { isInspected } from "../../live/frames.js";
import { beyondOf, columnsOf, domainsOf, hasUnits, ownValueText, scalingsOf } from "../../model/own_units.js";
import { formatCount, formatEnd } from "../../text/format.js";
import { find, make, on, setText } from "../../widgets/dom.js";
import { seenThrough } from "../../widgets/theme.js";
import { createLateReading } from "./late_reading.js";

/** Fewer than this share are not worth a word. */
const FEW_OUTSIDE = 0.01;

export class Plane {
  /** @param {Page} page @param {HTMLElement} area the surface's box */
  constructor(page, area) {
    this.page = page;
    this.area = area;
    this.reading = createLateReading(page);
    /** In the legend. */
    this.test = find(document, ".legend .mark-test");
    /** In the title. */
    this.menu = find(document, ".output-neuron > .field");
    this.readout = make("span", { class: "readout", testid: "readout" });
    /** @type {[number, number] | null} where the pointer is or last was, in halves of the data's square */
    this.pointed = null;
    this.answer = make("span", { class: "answer", testid: "answer" });
    this.outside = make("span", { class: "outside", testid: "outside" });
    this.answer.hidden = this.outside.hidden = true;
    area.append(this.readout, this.answer, this.outside);
    on(area, "pointermove", ({ clientX, clientY }) => {
      const { left, top, width } = area.getBoundingClientRect();
      const beyond = beyondOf(page.store.state.layout);
      const [x, y] = [(2 * (clientX - left)) / width - 1, 1 - (2 * (clientY - top)) / width];
      this.pointed = [beyond * x, beyond * y];
      this.#read(page.store.state);
    });
    this.#listen();
  }

  /** A click on the surface traces the place; a click on the place that is traced lets go of it. */
  #listen() {
    const { area } = this;
    const { inspection, signal, store } = this.page;
    const click = (/** @type {MouseEvent} */ { clientX, clientY }) => {
      if (area.classList.contains("drawing")) return;
      const { left, top, width } = area.getBoundingClientRect();
      const reach = store.state.layout?.reach ?? 1;
      const share = { x: (clientX - left) / width, y: (clientY - top) / width };
      const [x, y] = [(2 * share.x - 1) * reach, (1 - 2 * share.y) * reach].map((at) => clamp(-reach, reach, at));
      const { point } = inspection;
      const again = point && Math.hypot(point[0] - x, point[1] - y) < reach * 0.06;
      inspection.follow(again ? null : [x, y]);
    };
    const leave = (/** @type {KeyboardEvent} */ { key }) => {
      if (key === "Escape" && inspection.point) inspection.follow(null);
    };
    on(area, "click", click);
    on(document, "keydown", leave, { signal });
  }

  /** @param {Context} context of a square canvas over the surface @param {number} side its pixels @param {State} state */
  drawAxes(context, side, { config: { data }, layout, points, tests }) {
    this.#countOutside([...(points?.train ?? []), ...(points?.test ?? [])], layout?.reach ?? 1);
    this.test.style.textDecoration = tests ? "" : "line-through";
    const { ink, ground: halo, family } = this.page.theme();
    const em = Number.parseFloat(getComputedStyle(this.area).fontSize) * 0.75 * this.page.ratio();
    const [domains, names] = [domainsOf(data, layout?.extent ?? 1, beyondOf(layout)), columnsOf(data)];
    drawAxes(context, { side, domains, names, ticks: hasUnits(data) ? 4 : 3, em, ink, halo, family });
  }

  /**
   * Noise throws points beyond the picture, which does not grow with it: the network would shrink to a stamp. They are learnt
   * all the same, so it is said how many there are.
   *
   * @param {Point[]} points @param {number} reach
   */
  #countOutside(points, reach) {
    const count = points.filter(([x, y]) => Math.max(Math.abs(x), Math.abs(y)) > reach).length;
    this.outside.hidden = count < points.length * FEW_OUTSIDE || count === 0;
    const values = { count: formatCount(count), all: formatCount(points.length) };
    setText(this.outside, this.outside.hidden ? "" : this.page.language.say("output.outside", values));
  }

  /**
   * The surface of three and more classes, and what lies over any: the line between classes, the curve along which the
   * inspected unit is 0, and the place that is traced.
   *
   * @param {Context} context @param {State} state @param {Picture} picture @param {ImageData} image
   */
  drawMarks(context, { frame, inspect, layout, discrete }, picture, image) {
    const side = image.width;
    const { ink, ground: halo } = this.page.theme();
    const { confidence } = seenThrough(this.page.theme(), discrete);
    const pen = { ink, halo, line: Math.max(1.5, side / 260) };
    if (frame && picture.answer) {
      const scores = scoresOf(frame, "output", layout?.task);
      if (picture.many) drawClasses(context, { ...picture, scores, palettes: confidence, image });
      drawBorders(context, scores, side, { ink, line: borderLine(side) });
    }
    const zero = frame?.arrays.inspected_zero;
    if (frame && inspect && zero && isInspected(frame, inspect)) drawZeroSet(context, { pieces: zero.data, side }, pen);
    const { point } = this.page.inspection;
    if (!point || !layout) return;
    const across = linearScale([-layout.reach, layout.reach], [0, side]);
    drawTarget(context, { x: across(point[0]), y: side - across(point[1]) }, side / 45, pen);
  }

  /** @param {State} state */
  showAnswer(state) {
    this.#showMenu(state);
    this.#read(state);
  }

  /** @param {State} state */
  #read(state) {
    const wanted = this.page.inspection.point !== null || this.pointed !== null;
    this.reading(wanted)?.readPlane(this, state);
  }

  /**
   * Beside a hidden unit's name the output's neuron would be read as that unit's. Its place is kept: nothing jumps.
   *
   * @param {State} state
   */
  #showMenu({ config, inspect }) {
    const hides = inspect !== null && inspect.layer < config.layers.length;
    // Whoever is at the menu has the focus there.
    this.menu.style.visibility = hides && !this.menu.matches(":focus-within") ? "hidden" : "";
  }

  /**
   * A number of the legend. The answer of a regression is told in the reader's own values, what a hidden unit says never.
   *
   * @param {State} state @param {number} value @param {number} span from the legend's lowest number to its highest
   */
  legendText({ config, inspect, layout }, value, span) {
    const answer = layout?.task === "regression" && !(inspect && inspect.layer < layout.layers.length);
    return answer ? ownValueText(scalingsOf(config.data)[2], value, span) : formatEnd(value, span);
  }
}
