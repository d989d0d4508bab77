/**
 * The numbers under the answer: losses and accuracies in large numerals, and the loss chart.
 */

import { drawChart } from "../draw/chart.js";
import { formatCount, formatLoss, formatPercent } from "../format.js";
import { contextOf, fitCanvas } from "./canvas.js";
import { find, setAttribute, setText } from "./elements.js";

const SPLITS = /** @type {const} */ (["train", "test"]);

export class Readouts {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    this.chart = find(document, "[data-testid=chart]", HTMLCanvasElement);
    this.splits = SPLITS.map((split) => ({
      split,
      loss: find(document, `[data-testid=loss-${split}]`),
      accuracy: find(document, `[data-testid=accuracy-${split}]`),
    }));
  }

  /** @param {State} state */
  show({ frame }) {
    if (!frame) return;
    const { loss, accuracy } = frame.body;
    for (const part of this.splits) {
      setText(part.loss, formatLoss(loss[part.split]));
      setText(part.accuracy, formatPercent(accuracy?.[part.split]));
    }
    const values = { train: formatLoss(loss.train), test: formatLoss(loss.test) };
    setAttribute(this.chart, "aria-label", this.page.language.say("answer.chart_label", values));
  }

  /** @param {State} state */
  draw({ history }) {
    const [width, height] = [this.chart.clientWidth, this.chart.clientHeight];
    if (width === 0) return;
    const { theme, ratio, language } = this.page;
    fitCanvas(this.chart, width, height, ratio());
    const context = contextOf(this.chart);
    context.setTransform(ratio(), 0, 0, ratio(), 0, 0);
    const { soft, grid, family, train, test } = theme();
    const size = Math.max(10, Number.parseFloat(getComputedStyle(this.chart).fontSize));
    drawChart(context, {
      curves: [
        { samples: history.map(([epoch, loss]) => [epoch, loss]), colour: train, dash: [] },
        { samples: history.map(([epoch, , loss]) => [epoch, loss]), colour: test, dash: [size * 0.45, size * 0.25] },
      ],
      width,
      height,
      margin: { left: size * 3.7, right: size * 0.4, top: size * 0.6, bottom: size * 1.5 },
      look: { ink: soft, grid, font: `${size}px ${family}`, line: Math.max(1.5, size * 0.14) },
      formatEpoch: (epoch) => formatCount(epoch, language.tag),
    });
  }
}
