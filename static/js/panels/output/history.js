/**
 * The run's history: the place of the chart and its tools, and the chart once it is here. Nothing is recorded when the
 * page is new, so the chart comes after it.
 *
 * Not here: what is drawn and read in the chart (loss_chart.js), nor the other tabs.
 */

import { byTestId, find } from "../../widgets/dom.js";
import { createLatePart } from "../../widgets/late_part.js";

export class History {
  /** @param {Page} page */
  constructor(page) {
    /** @type {Needs} */
    this.needs = { readouts: ["frame", "newest", "events", "past"] };
    this.root = find(document, ".history");
    this.canvas = byTestId("chart", HTMLCanvasElement);
    this.log = byTestId("chart-log", HTMLButtonElement);
    this.accuracy = byTestId("tab-accuracy", HTMLButtonElement);
    this.left = 0;
    this.chart = createLatePart(async () => {
      await page.pictured;
      const { LossChart } = await import("./later.js");
      return page.signal.aborted ? null : new LossChart(page);
    }, page.redraw);
  }

  /** @param {State} state */
  draw(state) {
    const margin = this.#lay();
    this.#showTools(state);
    if (this.canvas.clientWidth > 0) this.chart()?.draw(state, margin);
  }

  /** The room around the plot, in CSS pixels. The time slider under it keeps the same. */
  #lay() {
    const em = Number.parseFloat(getComputedStyle(this.root).fontSize);
    const left = Math.round(em * 3.4);
    const right = Math.round(em * 0.7);
    if (left !== this.left) {
      this.root.style.setProperty("--plot-left", `${left}px`);
      this.root.style.setProperty("--plot-right", `${right}px`);
      this.left = left;
    }
    return { left, right, top: Math.round(em * 0.6), bottom: Math.round(em * 1.4) };
  }

  /** @param {State} state */
  #showTools({ layout }) {
    const classes = layout?.task !== "regression";
    const showsAccuracy = this.accuracy.getAttribute("aria-selected") === "true";
    this.accuracy.hidden = !classes;
    if (!classes && showsAccuracy) byTestId("tab-loss").click();
    this.log.disabled = showsAccuracy;
  }
}
