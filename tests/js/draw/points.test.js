/** Classes differ by shape and colour, train and test by filled and hollow. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { drawMark, drawPoints, SHAPES } from "../../../static/js/draw/points.js";
import { argumentsOf, createRecorder } from "../recorder.js";

const mark = (more) => ({
  shape: "circle",
  x: 10,
  y: 20,
  radius: 4,
  colour: "red",
  hollow: false,
  halo: "white",
  ...more,
});

function outline(shape) {
  const context = createRecorder();
  drawMark(context, mark({ shape }));
  return JSON.stringify(context.calls.filter(([name]) => ["arc", "lineTo"].includes(name)));
}

test("every class has an outline of its own", () => {
  assert.equal(new Set(SHAPES.map(outline)).size, SHAPES.length);
});

test("every outline stays near its place", () => {
  for (const shape of SHAPES.filter((one) => one !== "circle")) {
    const context = createRecorder();
    drawMark(context, mark({ shape }));
    for (const [x, y] of argumentsOf(context, "lineTo")) assert.ok(Math.hypot(x - 10, y - 20) < 4 * 1.6, shape);
  }
});

test("a filled mark is filled with its colour, a hollow one only outlined with it", () => {
  const [filled, hollow] = [createRecorder(), createRecorder()];
  drawMark(filled, mark({}));
  drawMark(hollow, mark({ hollow: true }));
  assert.deepEqual(argumentsOf(filled, "fillStyle="), [["red"]]);
  assert.deepEqual(argumentsOf(hollow, "fillStyle="), [["white"]]);
  assert.deepEqual(argumentsOf(hollow, "strokeStyle=").at(-1), ["red"]);
});

test("points stand where their scales put them and look as their target does", () => {
  const context = createRecorder();
  drawPoints(context, {
    points: [[0.5, -0.5, 1]],
    lookOf: (target) => ({ shape: "circle", colour: `class ${target}` }),
    x: (x) => x * 100,
    y: (y) => 100 - y * 100,
    radius: 3,
    hollow: false,
    halo: "white",
  });
  assert.deepEqual(argumentsOf(context, "arc")[0].slice(0, 3), [50, 150, 3]);
  assert.deepEqual(argumentsOf(context, "fillStyle="), [["class 1"]]);
});
