/** Letters become the points and the bytes that they stand for. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { unpack } from "../../../static/js/model/thumbnails.js";

const datasets = [
  { name: "clouds", task: "classification" },
  { name: "plane", task: "regression" },
];

// x at 13, 39 and, one step on from the last, at the first; y at 39, 0 and 26; targets 0, 2 and 39.
const preview = ["NaB", "nAa", "AC", "n"].join("");

test("a dataset's picture is points, of classes by their number and of values from -1 to 1", () => {
  const third = 1 / 3;
  const near = (points, wanted) => {
    for (const [index, value] of points.flat().entries()) assert.ok(Math.abs(value - wanted.flat()[index]) < 1e-12);
    assert.equal(points.length, wanted.length);
  };
  const { clouds, plane } = unpack(
    { datasets: { clouds: preview, plane: preview }, features: {} },
    { datasets },
  ).datasets;
  near(clouds, [
    [-third, 1, 0],
    [1, -1, 2],
    [-1, third, 39],
  ]);
  near(
    plane.map(([, , value]) => [value]),
    [[-1], [4 / 39 - 1], [1]],
  );
});

test("a feature's picture is bytes, row by row", () => {
  // 63 is the last letter: from 0 to 63 and back on the first row, twice the middle on the second.
  const picture = { side: 2, low: -1, high: 1, field: "_B" + "gA" };
  const { x } = unpack({ datasets: {}, features: { x: picture } }, { datasets: [] }).features;
  assert.deepEqual({ ...x, field: [...x.field] }, { side: 2, low: -1, high: 1, field: [255, 0, 130, 130] });
});
