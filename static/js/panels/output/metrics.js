/**
 * The numbers under the output: losses and accuracies in large numerals.
 */

import { formatLoss, formatPercent } from "../../text/format.js";
import { byTestId, setText } from "../../widgets/dom.js";

const SPLITS = /** @type {const} */ (["train", "test"]);

export class Metrics {
  /** @param {Pick<Page, "language">} page */
  constructor({ language }) {
    this.language = language;
    /** @type {Needs} */
    this.needs = { readouts: ["frame", "newest", "points"] };
    this.head = byTestId("test-head");
    this.splits = SPLITS.map((split) => ({
      split,
      loss: byTestId(`loss-${split}`),
      accuracy: byTestId(`accuracy-${split}`),
    }));
  }

  /** @param {State} state */
  show({ frame, points }) {
    if (!frame) return;
    // Points too few to spare any are all learnt from: there is nothing to test.
    const tests = points?.test.length !== 0;
    setText(this.head, this.language.say(tests ? "output.test_head" : "output.no_test"));
    const { loss, accuracy } = frame.body;
    for (const { split, loss: lossCell, accuracy: accuracyCell } of this.splits) {
      setText(lossCell, formatLoss(loss[split]));
      setText(accuracyCell, formatPercent(accuracy?.[split]));
    }
  }
}
