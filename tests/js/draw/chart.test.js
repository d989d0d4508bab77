/** The chart keeps its curves inside the axes, writes round numbers, and leaves gaps where there is no loss. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { drawChart, lossDomain } from "../../../static/js/draw/chart.js";
import { argumentsOf, createRecorder } from "../recorder.js";

const curve = (samples, dash = []) => ({ samples, colour: "black", dash });

function draw(...curves) {
  const context = createRecorder();
  drawChart(context, {
    curves,
    width: 200,
    height: 100,
    margin: { left: 30, right: 10, top: 5, bottom: 15 },
    look: { ink: "grey", grid: "silver", font: "10px sans-serif", line: 2 },
    formatEpoch: String,
  });
  return context;
}

/** Where the curve goes, without the grid's own lines. */
const path = (context) => {
  const begin = context.calls.findIndex(([name]) => name === "lineJoin=");
  return context.calls.slice(begin).filter(([name]) => name === "moveTo" || name === "lineTo");
};

test("the axis covers whole decades of every loss", () => {
  assert.deepEqual(
    lossDomain([
      curve([
        [0, 0.7],
        [1, 0.02],
      ]),
      curve([[0, 1.5]]),
    ]),
    [0.01, 10],
  );
  assert.deepEqual(lossDomain([curve([])]), [0.01, 1]);
});

test("one tiny loss does not flatten the rest", () => {
  assert.ok(
    lossDomain([
      curve([
        [0, 1],
        [1, 1e-30],
      ]),
    ])[0] >= 1e-7,
  );
});

test("curves run inside the axes, from left to right and down with the loss", () => {
  const points = path(
    draw(
      curve([
        [0, 1],
        [50, 0.1],
        [100, 0.01],
      ]),
    ),
  );
  assert.deepEqual(
    points.map(([, x]) => x),
    [30, 110, 190],
  );
  assert.deepEqual(
    points.map(([, , y]) => Math.round(y)),
    [5, 45, 85],
  );
});

test("a loss that is not finite, or is zero, leaves a gap", () => {
  const names = path(
    draw(
      curve([
        [0, 1],
        [1, Number.NaN],
        [2, 0.5],
        [3, 0],
        [4, 0.2],
        [5, 0.1],
      ]),
    ),
  ).map(([name]) => name);
  assert.deepEqual(names, ["moveTo", "moveTo", "moveTo", "lineTo"]);
});

test("both axes are labelled with round numbers", () => {
  const texts = argumentsOf(
    draw(
      curve([
        [0, 1],
        [100, 0.01],
      ]),
    ),
    "fillText",
  ).map(([text]) => text);
  assert.deepEqual(texts, ["0.01", "0.1", "1", "0", "50", "100"]);
});

test("each curve has its own dash, and the next drawing none", () => {
  const dashes = argumentsOf(draw(curve([[0, 1]]), curve([[0, 1]], [4, 2])), "setLineDash").map(
    ([dash]) => dash.length,
  );
  assert.deepEqual(dashes.slice(-3), [0, 2, 0]);
});
