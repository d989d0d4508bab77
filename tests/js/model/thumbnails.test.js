/** Letters become the points and the bytes that they stand for. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { unpack } from "../../../static/js/model/thumbnails.js";

const datasets = [
  { name: "clouds", task: "classification" },
  { name: "plane", task: "regression" },
];

// x at 13, 39 and, one step on from the last, at the first; y at 39, 0 and 26; targets 0, 2 and 39.
const [x, y, target] = ["NaB", "nAa", ["AC", "n"].join("")];
/** The next dataset begins where the last has ended: a step of 13 leads to its first point. */
const packed = { x: `${x}${x}`, y: `${y}${y}`, target: `${target}${target}` };
const none = { side: 0, low: [], high: [], field: "" };

test("a dataset's picture is points, of classes by their number and of values from -1 to 1", () => {
  const third = 1 / 3;
  const near = (points, wanted) => {
    for (const [index, value] of points.flat().entries()) assert.ok(Math.abs(value - wanted.flat()[index]) < 1e-12);
    assert.equal(points.length, wanted.length);
  };
  const { clouds, plane } = unpack({ datasets: packed, features: none }, { datasets, features: [] }).datasets;
  near(clouds, [
    [-third, 1, 0],
    [1, -1, 2],
    [-1, third, 39],
  ]);
  near(plane, [
    [-third, 1, -1],
    [1, -1, 4 / 39 - 1],
    [-1, third, 1],
  ]);
});

test("a feature's picture is bytes, row by row, each by its steps from the one above", () => {
  // 63 is the last letter: from 0 to 63 and back on the first row, 31 more on the second; the other stays at 0.
  const features = { side: 2, low: [-1, 0], high: [1, 2], field: `_B${"fA"}AAAA` };
  const told = { datasets: { x: "", y: "", target: "" }, features };
  const pictures = unpack(told, { datasets: [], features: [{ name: "x" }, { name: "y" }] }).features;
  assert.deepEqual(
    { ...pictures.x, field: [...pictures.x.field] },
    { side: 2, low: -1, high: 1, field: [255, 0, 121, 125] },
  );
  assert.deepEqual([pictures.y.low, pictures.y.high, ...pictures.y.field], [0, 2, 0, 0, 0, 0]);
});
