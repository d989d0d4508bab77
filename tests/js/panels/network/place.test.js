/** The place that is followed stands in the reader's own numbers, where there are any. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { axisOf, formatPlace } from "../../../../static/js/panels/network/place.js";

const layout = { extent: 1, reach: 1.08 };

test("without units it stands in those of the axes", () => {
  const axis = axisOf({ config: { data: { name: "xor" } }, layout }, 0);
  assert.deepEqual([axis.number(0.3), axis.place(0.3), axis.range, axis.step], [0.3, 0.3, [-1.08, 1.08], 0.05]);
  assert.equal(formatPlace(axis, -0.12345), "−0.12");
  const wide = axisOf({ config: { data: { name: "classic" } }, layout: { extent: 6, reach: 6.48 } }, 1);
  assert.deepEqual([wide.number(3), wide.place(3), wide.range], [3, 3, [-6.48, 6.48]]);
});

test("with units it is read, typed and stepped in them, axis by axis", () => {
  // scaled = factor · (number − offset): 100 to 500 in x, 0.001 to 0.003 in y, on a plane twice as wide.
  const units = [300, 0.005, 6, 0.002, 1000, 9];
  const state = { config: { data: { name: "own", units } }, layout: { extent: 2, reach: 2.5 } };
  const [x, y] = [axisOf(state, 0), axisOf(state, 1)];
  assert.deepEqual([x.number(-2), x.number(2), x.place(400)], [100, 500, 1]);
  assert.deepEqual(x.range, [50, 550]);
  assert.equal(x.step, 10);
  assert.equal(formatPlace(x, 333.456), "333");
  assert.equal(formatPlace(y, y.number(1)), "0.0025");
  assert.ok(Math.abs(y.place(0.0025) - 1) < 1e-12);
});
