/** Scales map both ends exactly, and ticks are round numbers inside their range. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  clamp,
  decades,
  linearScale,
  logScale,
  logSteps,
  logTicks,
  nearestIndex,
  niceTicks,
} from "../../../static/js/draw/scale.js";

test("clamp keeps a value between its bounds", () => {
  assert.deepEqual(
    [-1, 0.5, 3].map((value) => clamp(0, 1, value)),
    [0, 0.5, 1],
  );
});

test("a linear scale maps the ends of its domain to the ends of its range", () => {
  const scale = linearScale([-1, 1], [200, 0]);
  assert.deepEqual([scale(-1), scale(0), scale(1)], [200, 100, 0]);
});

test("a linear scale of an empty domain answers with the middle", () => {
  assert.equal(linearScale([3, 3], [0, 10])(3), 5);
});

test("a log scale gives every decade the same length", () => {
  const scale = logScale([0.001, 1], [0, 30]);
  assert.ok(Math.abs(scale(0.01) - 10) < 1e-9);
  assert.ok(Math.abs(scale(0.1) - 20) < 1e-9);
});

test("a log scale of zero is finite", () => {
  assert.ok(Number.isFinite(logScale([0.1, 1], [0, 1])(0)));
});

test("decades surround their values, and a value that is one stays one", () => {
  assert.deepEqual(decades(0.02, 0.7), [0.01, 1]);
  assert.deepEqual(decades(0.01, 1), [0.01, 1]);
  assert.deepEqual(decades(0.5, 0.5), [0.1, 1]);
});

test("log ticks are powers of ten, thinned to what there is room for, the largest kept", () => {
  assert.deepEqual(logTicks(0.001, 1, 4), [0.001, 0.01, 0.1, 1]);
  assert.deepEqual(logTicks(1e-7, 1, 4), [1e-6, 1e-4, 0.01, 1]);
});

test("nice ticks are multiples of one, two or five", () => {
  assert.deepEqual(niceTicks(0, 10, 3), [0, 5, 10]);
  assert.deepEqual(niceTicks(0, 0.7, 3), [0, 0.5]);
  assert.deepEqual(niceTicks(0, 1234, 3), [0, 500, 1000]);
  assert.deepEqual(niceTicks(4, 4, 3), [4]);
});

test("log steps are the round numbers of each decade and both ends, free of rounding", () => {
  assert.deepEqual(logSteps(0.01, 0.1), [0.01, 0.02, 0.03, 0.05, 0.1]);
  assert.deepEqual(logSteps(1e-5, 2.5e-5), [0.00001, 0.00002, 0.000025]);
});

test("the nearest stop is nearest by ratio, and zero is nearest to zero", () => {
  assert.equal(nearestIndex([0, 0.001, 0.01, 0.1], 0.04), 3);
  assert.equal(nearestIndex([0, 0.001, 0.01, 0.1], 0), 0);
});
