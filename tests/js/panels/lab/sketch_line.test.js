/** Strokes in the plane as a path over its picture, y upwards in the one and downwards in the other. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { pathOf } from "../../../../static/js/panels/lab/sketch_line.js";

test("the middle of the plane is the middle of the picture, and its corners are the picture's", () => {
  assert.equal(
    pathOf(
      [
        [
          [-1.5, 1.5],
          [0, 0],
          [1.5, -1.5],
        ],
      ],
      1.5,
    ),
    "M0 0L50 50L100 100",
  );
});

test("every stroke begins anew, and a dot has no length", () => {
  assert.equal(
    pathOf(
      [
        [
          [0, 1],
          [0, -1],
        ],
        [[1, 0]],
      ],
      1,
    ),
    "M50 0L50 100M100 50h0",
  );
  assert.equal(pathOf([], 1), "");
});
