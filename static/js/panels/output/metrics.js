/**
 * The numbers under the output: losses and accuracies in large numerals.
 */

import { formatLoss, formatPercent } from "../../text/format.js";
import { byTestId, setText } from "../../widgets/dom.js";

const SPLITS = /** @type {const} */ (["train", "test"]);

export class Metrics {
  constructor() {
    /** @type {Needs} */
    this.needs = { readouts: ["frame", "newest"] };
    this.splits = SPLITS.map((split) => ({
      split,
      loss: byTestId(`loss-${split}`),
      accuracy: byTestId(`accuracy-${split}`),
    }));
  }

  /** @param {State} state */
  show({ frame }) {
    if (!frame) return;
    const { loss, accuracy } = frame.body;
    for (const { split, loss: lossCell, accuracy: accuracyCell } of this.splits) {
      setText(lossCell, formatLoss(loss[split]));
      setText(accuracyCell, formatPercent(accuracy?.[split]));
    }
  }
}
