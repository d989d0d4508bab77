/** Units stand inside their room, do not overlap, and edges meet their sides. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { nearestBox, neighbour, outputPorts, placeUnits, portsOf } from "../../../static/js/draw/geometry.js";

const column = (left, units, width = 100) => ({ left, width, units });

test("the widest layer fits its height and no two of its units touch", () => {
  const { size, centres } = placeUnits({ columns: [column(0, 2), column(100, 16)], height: 400, largest: 80 });
  const heights = centres[1].map(({ y }) => y);
  assert.ok(heights[0] - size / 2 >= 0);
  assert.ok(heights[15] + size / 2 <= 400);
  assert.ok(heights[1] - heights[0] > size);
});

test("columns are centred, whatever the number of their units", () => {
  const { centres } = placeUnits({ columns: [column(0, 2), column(100, 5)], height: 400, largest: 80 });
  for (const units of centres)
    assert.ok(Math.abs(units.reduce((sum, { y }) => sum + y, 0) / units.length - 200) < 1e-9);
  assert.deepEqual(
    centres.map(([{ x }]) => x),
    [50, 150],
  );
});

test("no unit is wider than two thirds of its column, so that links are seen, or larger than the most", () => {
  assert.equal(placeUnits({ columns: [column(0, 1, 50)], height: 400, largest: 80 }).size, 33);
  assert.equal(placeUnits({ columns: [column(0, 1, 500)], height: 400, largest: 80 }).size, 80);
});

test("edges leave and arrive at the middle of a unit's sides", () => {
  const centres = [{ x: 50, y: 20 }];
  assert.deepEqual(portsOf(centres, 10, "left"), [{ x: 45, y: 20 }]);
  assert.deepEqual(portsOf(centres, 10, "right"), [{ x: 55, y: 20 }]);
});

test("the ports of the output are centred on its middle", () => {
  assert.deepEqual(outputPorts(1, { x: 9, y: 50 }, 10), [{ x: 9, y: 50 }]);
  assert.deepEqual(
    outputPorts(3, { x: 9, y: 50 }, 10).map(({ y }) => y),
    [40, 50, 60],
  );
});

test("arrow keys lead to the next unit and to the one beside it in the next layer", () => {
  assert.deepEqual(neighbour([4, 8], { layer: 0, unit: 1 }, "ArrowDown"), { layer: 0, unit: 2 });
  assert.deepEqual(neighbour([4, 8], { layer: 0, unit: 3 }, "ArrowRight"), { layer: 1, unit: 7 });
  assert.deepEqual(neighbour([4, 8], { layer: 1, unit: 7 }, "ArrowLeft"), { layer: 0, unit: 3 });
});

test("arrow keys stop at the edges, and other keys lead nowhere", () => {
  assert.equal(neighbour([4, 8], { layer: 0, unit: 0 }, "ArrowUp"), null);
  assert.equal(neighbour([4, 8], { layer: 0, unit: 3 }, "ArrowDown"), null);
  assert.equal(neighbour([4, 8], { layer: 1, unit: 0 }, "ArrowRight"), null);
  assert.equal(neighbour([4, 8], { layer: 0, unit: 0 }, "Enter"), null);
});

/** Two columns of boxes: 0 and 1 side by side, 2 under 0; 3 at the right, a little lower. */
const BOXES = [
  [0, 0],
  [100, 0],
  [0, 50],
  [200, 10],
].map(([left, top]) => ({ left, top, width: 90, height: 40 }));

test("an arrow leads to the nearest box that way", () => {
  assert.equal(nearestBox(BOXES, 0, "ArrowRight"), 1);
  assert.equal(nearestBox(BOXES, 1, "ArrowRight"), 3);
  assert.equal(nearestBox(BOXES, 3, "ArrowLeft"), 1);
  assert.equal(nearestBox(BOXES, 0, "ArrowDown"), 2);
  assert.equal(nearestBox(BOXES, 2, "ArrowUp"), 0);
});

test("where there is no box that way an arrow goes on in their order, round and round", () => {
  assert.equal(nearestBox(BOXES, 3, "ArrowRight"), 0);
  assert.equal(nearestBox(BOXES, 0, "ArrowUp"), 3);
  assert.equal(nearestBox(BOXES, 0, "ArrowLeft"), 3);
});

test("another key leads nowhere", () => {
  assert.equal(nearestBox(BOXES, 0, "a"), -1);
});
