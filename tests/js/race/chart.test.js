/** The names beside the curves. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { spread } from "../../../static/js/race/chart.js";

/** @param {number[]} places */
function spreadOut(places) {
  const placed = places.map((y) => ({ y }));
  spread(placed, 10, 0, 100);
  return placed.map(({ y }) => y);
}

test("names that would lie on each other move apart, others stay", () => {
  assert.deepEqual(spreadOut([20, 50]), [20, 50]);
  assert.deepEqual(spreadOut([20, 22, 24]), [20, 30, 40]);
});

test("at the end of their room they move the other way", () => {
  assert.deepEqual(spreadOut([98, 99, 150]), [80, 90, 100]);
});
