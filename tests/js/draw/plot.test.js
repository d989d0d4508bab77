/** Curves, bands and named lines stand where their numbers say. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { drawPlot } from "../../../static/js/draw/plot.js";
import { argumentsOf, createRecorder } from "../recorder.js";

/** @param {object} more */
const plotOf = (more) =>
  /** @type {any} */ ({
    curves: [],
    lines: [],
    x: [0, 10],
    y: [-1, 1],
    names: { x: "sweeps", y: "energy" },
    width: 120,
    height: 120,
    margin: { left: 10, right: 10, top: 10, bottom: 10 },
    look: { ink: "#000", grid: "#ccc", font: "10px x", em: 10, line: 2 },
    formatX: String,
    formatY: String,
    ...more,
  });

test("a curve runs from corner to corner, and ends in a dot", () => {
  const context = createRecorder();
  drawPlot(
    context,
    plotOf({
      curves: [
        {
          points: [
            [0, -1],
            [10, 1],
          ],
          colour: "#00f",
        },
      ],
    }),
  );
  assert.deepEqual(argumentsOf(context, "lineTo").slice(-2), [
    [10, 110],
    [110, 10],
  ]);
  assert.deepEqual(
    argumentsOf(context, "arc").map(([x, y]) => [x, y]),
    [[110, 10]],
  );
});

test("where points are few, each has a dot; what is beyond the axis is drawn at its end", () => {
  const context = createRecorder();
  const points = [
    [0, -5],
    [5, 0],
  ];
  drawPlot(context, plotOf({ curves: [{ points, colour: "#00f" }], dots: true }));
  assert.deepEqual(
    argumentsOf(context, "arc").map(([x, y]) => [x, y]),
    [
      [10, 110],
      [60, 60],
    ],
  );
});

test("a dashed curve leaves what comes after it solid", () => {
  const context = createRecorder();
  drawPlot(context, plotOf({ curves: [{ points: [[0, 0]], colour: "#00f", dash: [5, 4] }] }));
  assert.deepEqual(argumentsOf(context, "setLineDash"), [[[5, 4]], [[]]]);
});

test("a band goes along its upper ends and back along its lower ones", () => {
  const context = createRecorder();
  const band = [
    [0, -1, 0],
    [10, 0, 1],
  ];
  drawPlot(context, plotOf({ curves: [{ points: [], band, colour: "#00f" }] }));
  assert.deepEqual(argumentsOf(context, "lineTo").slice(-4), [
    [10, 60],
    [110, 10],
    [110, 60],
    [10, 110],
  ]);
});

test("an upright line bears its name", () => {
  const context = createRecorder();
  drawPlot(context, plotOf({ lines: [{ at: 1.38, text: "0.138 N" }] }));
  assert.ok(argumentsOf(context, "fillText").some(([text]) => text === "0.138 N"));
  assert.ok(argumentsOf(context, "moveTo").some(([x, y]) => x === 24.5 && y === 10));
});
