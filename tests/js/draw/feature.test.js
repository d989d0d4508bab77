/** Coordinates are drawn as what they are; every other feature has no picture here. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { featureField } from "../../../static/js/draw/feature.js";

test("x rises from left to right, and y from bottom to top", () => {
  const [x, y] = [featureField("x"), featureField("y")];
  const corner = ({ field, side }) => [field[0], field[side - 1], field[side * (side - 1)]];
  assert.deepEqual(corner(x), [0, 255, 0]);
  assert.deepEqual(corner(y), [255, 255, 0]);
});

test("a feature that is not a coordinate is left to the server", () => {
  assert.equal(featureField("sin_x"), null);
});
