/** Strokes add and take away points, leave what they were given alone. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { copied, erased, pointAt, sprayed, withoutNearest } from "../../../static/js/model/own_points.js";

const points = Object.freeze([
  [0, 0, 0],
  [0.05, 0, 1],
  [0.5, 0.5, 1],
]);

test("a point lies in the square, to four decimals", () => {
  assert.deepEqual(pointAt({ x: 0.123456, y: -1.5 }, 2), [0.1235, -1, 2]);
});

test("a spray stays near its place, and goes as the given chance says", () => {
  const numbers = [1, 0.25, 0, 0.9];
  const next = () => numbers.shift();
  const { x, y } = sprayed({ x: 0.5, y: 0 }, next);
  assert.ok(Math.abs(x - 0.5) < 1e-9);
  assert.ok(Math.abs(y - 0.07) < 1e-9);
  assert.deepEqual(sprayed({ x: 0.5, y: 0 }, next), { x: 0.5, y: 0 });
});

test("the eraser takes what is near", () => {
  assert.deepEqual(erased(points, { x: 0.02, y: 0.02 }), [[0.5, 0.5, 1]]);
  assert.deepEqual(erased(points, { x: -1, y: 1 }), points);
});

test("one point is taken at a time by the nearest, however far", () => {
  assert.deepEqual(withoutNearest(points, { x: 1, y: 1 }), points.slice(0, 2));
  assert.deepEqual(withoutNearest([], { x: 1, y: 1 }), []);
});

test("the points of a run are copied into the square", () => {
  const shown = { train: [[3, -6.5, 1]], test: [[0, 6, 0]] };
  assert.deepEqual(copied(shown, { extent: 6, task: "classification" }), [
    [0.5, -1, 1],
    [0, 1, 0],
  ]);
  assert.deepEqual(copied({ train: [[0, 0, 1.25]], test: [] }, { extent: 1, task: "regression" }), [[0, 0, 1]]);
});
