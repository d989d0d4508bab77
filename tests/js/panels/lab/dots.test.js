/** Each run has a dot at its share; equal runs lie on each other. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { dotPlaces } from "../../../../static/js/panels/lab/dots.js";

test("none is at the left end and all at the right", () => {
  const [none, all] = dotPlaces([0, 1]);
  assert.deepEqual([none.row, all.row], [0, 0]);
  assert.ok(none.x < 10 && all.x > 230);
});

test("equal runs are heaped up", () => {
  assert.deepEqual(
    dotPlaces([0.5, 1, 0.5, 0.501]).map(({ row }) => row),
    [0, 0, 1, 2],
  );
});
