/**
 * The numbers under the answer: losses and accuracies in large numerals.
 */

import { formatLoss, formatPercent } from "../format.js";
import { find, setText } from "./elements.js";

const SPLITS = /** @type {const} */ (["train", "test"]);

export class Readouts {
  constructor() {
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
  }
}
