/** Edges show which way a unit is moved by their hue, how much by width and strength, and leave out what cannot be seen. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { drawEdges, edgeHues, leaning } from "../../../static/js/draw/edges.js";
import { argumentsOf, createRecorder } from "../recorder.js";

const HUES = edgeHues((share) => (share === 0 ? "orange" : share === 1 ? "blue" : share === 0.5 ? "grey" : `${share}`));
const LOOK = { hues: HUES, thickest: 8, shown: 1 };
const FROM = [
  { x: 0, y: 0 },
  { x: 0, y: 10 },
];
const TO = [{ x: 100, y: 5 }];

function draw(mean, size = mean.map(Math.abs)) {
  const context = createRecorder();
  const layer = { mean: Float32Array.from(mean), size: Float32Array.from(size), from: FROM, to: TO };
  drawEdges(context, layer, LOOK);
  return context;
}

test("one sign is one colour and the strongest edge has the full width", () => {
  const context = draw([1, -0.5]);
  assert.deepEqual(argumentsOf(context, "strokeStyle="), [["orange"], ["blue"]]);
  assert.deepEqual(argumentsOf(context, "lineWidth="), [[4], [8]]);
});

test("what raises here and lowers there is wide and grey, however little is left in the mean", () => {
  const context = draw([0.02, -0.3], [2, 2]);
  assert.deepEqual(argumentsOf(context, "lineWidth="), [[8], [8]]);
  assert.deepEqual(argumentsOf(context, "strokeStyle="), [["grey"], ["0.375"]]);
});

test("a mean that is a little larger than the size, by rounding, is one sign", () => {
  assert.equal(leaning(1.0000001, 1), 1);
  assert.equal(leaning(0, 0), 0);
});

test("noise in a layer that reacts to nothing is not blown up", () => {
  const [width] = argumentsOf(draw([0.005, 0]), "lineWidth=")[0];
  assert.ok(width <= 1, `${width}`);
});

test("strong edges are drawn last, so that they lie on top", () => {
  const alphas = argumentsOf(draw([1, -0.5]), "globalAlpha=").flat();
  assert.ok(alphas[0] < alphas[1]);
  assert.equal(alphas.at(-1), 1);
});

test("an edge runs from the side of one unit to the side of the next", () => {
  const context = draw([0, 1]);
  assert.deepEqual(argumentsOf(context, "moveTo"), [[0, 10]]);
  assert.deepEqual(argumentsOf(context, "bezierCurveTo"), [[50, 10, 50, 5, 100, 5]]);
});

test("edges of equal strength share one stroke", () => {
  assert.equal(argumentsOf(draw([1, 1]), "stroke").length, 1);
});

test("what is nothing beside the strongest is left out", () => {
  assert.equal(argumentsOf(draw([1, 0.001]), "moveTo").length, 1);
});

test("a layer without any sensitivity draws nothing", () => {
  assert.deepEqual(draw([0, 0]).calls, []);
  assert.deepEqual(draw([Number.NaN, Number.NaN]).calls, []);
});

test("what is not looked at is dimmed, and what is not asked for is not drawn", () => {
  const layer = { mean: Float32Array.from([1, 0.5]), size: Float32Array.from([1, 0.5]), from: FROM, to: TO };
  const dimmed = createRecorder();
  drawEdges(dimmed, layer, { ...LOOK, shown: 0.25 });
  const [weak, strong] = argumentsOf(dimmed, "globalAlpha=").flat();
  assert.ok(Math.abs(strong - 0.25 * 0.9) < 1e-9 && weak < strong);
  const one = createRecorder();
  drawEdges(one, layer, LOOK, (from) => from === 1);
  assert.deepEqual(argumentsOf(one, "moveTo"), [[0, 10]]);
});
