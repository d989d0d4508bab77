/** A pointer means the edge that it is near to, and the edge says which way it points. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { directionOf, nearestEdge } from "../../../static/js/draw/pointed_edge.js";

test("a direction has a word", () => {
  assert.equal(directionOf(0.9, 1), "up");
  assert.equal(directionOf(-0.9, 1), "down");
  assert.equal(directionOf(-0.1, 1), "both");
  assert.equal(directionOf(0.001, 0.001), "none");
  assert.equal(directionOf(Number.NaN, Number.NaN), "none");
});

test("the edge under a place is found along its whole curve, and none where none is near", () => {
  const from = [0, 100].map((y) => ({ x: 0, y }));
  const to = [0, 100].map((y) => ({ x: 100, y }));
  const gaps = [
    { from: [], to: [] },
    { from, to },
  ];
  assert.deepEqual(nearestEdge({ x: 90, y: 0 }, gaps, 6), { gap: 1, from: 0, to: 0 });
  // A quarter of the way the falling curve has only begun to fall: t with 1.5 t (1 - t) + t³ = 0.25 gives 10 of 100.
  assert.deepEqual(nearestEdge({ x: 25, y: 10 }, gaps, 3), { gap: 1, from: 0, to: 1 });
  assert.equal(nearestEdge({ x: 50, y: 20 }, gaps, 6), null);
  assert.equal(nearestEdge({ x: 150, y: 0 }, gaps, 6), null);
});
