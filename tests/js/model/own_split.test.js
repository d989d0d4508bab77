/** Drawn points are shown at once, on the side of the split on which they were. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { splitAs } from "../../../static/js/model/own_split.js";

test("points that were for testing stay so; new ones count as training points; erased ones are gone", () => {
  const shown = { train: [[0, 0, 0]], test: [[0.1, 0, 1]] };
  const drawn = [
    [0.05, 0, 1],
    [0.2, 0.2, 0],
  ];
  assert.deepEqual(splitAs(drawn, shown, 2), { train: [[0.4, 0.4, 0]], test: [[0.1, 0, 1]] });
  assert.deepEqual(splitAs(drawn, null, 1), { train: drawn, test: [] });
});
