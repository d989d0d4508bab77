/** Epochs have their place on a short axis and on a long one, and back. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { epochAxis } from "../../../static/js/draw/epoch_axis.js";

test("a short run goes in even steps", () => {
  const axis = epochAxis(200);
  assert.equal(axis.long, false);
  assert.deepEqual([0, 50, 200].map(axis.shareOf), [0, 0.25, 1]);
  assert.deepEqual(axis.ticks, [0, 50, 100, 150, 200]);
});

test("a long run gives each decade about as much room, and the beginning its place", () => {
  const { shareOf, ticks, long } = epochAxis(999_999);
  assert.ok(long);
  assert.deepEqual(
    [0, 9, 99, 99_999, 999_999].map((epoch) => Math.round(shareOf(epoch) * 600)),
    [0, 100, 200, 500, 600],
  );
  assert.deepEqual(ticks, [0, 10, 1000, 100_000]);
});

test("the epoch at a place is the one that is drawn there", () => {
  for (const end of [10, 4999, 5000, 183_620]) {
    const { shareOf, epochAt } = epochAxis(end);
    for (const epoch of [0, 1, 7, end / 2, end]) assert.ok(Math.abs(epochAt(shareOf(epoch)) - epoch) < 1e-6 * end);
  }
});
