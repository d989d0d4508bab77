/** Edges show the sign by colour, the size by width and strength, and leave out what cannot be seen. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { drawEdges } from "../../../static/js/draw/edges.js";
import { argumentsOf, createRecorder } from "../recorder.js";

const LOOK = { low: "orange", high: "blue", thickest: 8 };
const FROM = [
  { x: 0, y: 0 },
  { x: 0, y: 10 },
];
const TO = [{ x: 100, y: 5 }];

function draw(values, look = LOOK) {
  const context = createRecorder();
  drawEdges(context, { sensitivity: Float32Array.from(values), from: FROM, to: TO }, look);
  return context;
}

test("the sign is the colour and the strongest edge has the full width", () => {
  const context = draw([1, -0.5]);
  assert.deepEqual(argumentsOf(context, "strokeStyle="), [["orange"], ["blue"]]);
  assert.deepEqual(argumentsOf(context, "lineWidth="), [[4], [8]]);
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
