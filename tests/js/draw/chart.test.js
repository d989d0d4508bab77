/** The chart keeps its curves inside the axes, writes round numbers, and leaves gaps where there is no value. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { drawChart, valueDomain } from "../../../static/js/draw/chart.js";
import { argumentsOf, createRecorder } from "../recorder.js";

const curve = (samples, dash = []) => ({ samples, colour: "black", dash });

function draw(...curves) {
  return drawAs({}, ...curves);
}

function drawAs(traits, ...curves) {
  const context = createRecorder();
  drawChart(context, {
    curves,
    marks: [],
    events: [],
    chance: null,
    end: 100,
    scale: "log",
    names: { value: ["Loss"], epoch: "epochs" },
    width: 200,
    height: 100,
    margin: { left: 30, right: 10, top: 5, bottom: 15 },
    look: { ink: "grey", grid: "silver", ground: "white", warn: "red", font: "10px sans-serif", em: 10, line: 2 },
    formatEpoch: String,
    ...traits,
  });
  return context;
}

/** Where the curve goes, without the grid's own lines. */
const path = (context) => {
  const begin = context.calls.findIndex(([name]) => name === "lineJoin=");
  return context.calls.slice(begin).filter(([name]) => name === "moveTo" || name === "lineTo");
};

test("a log axis covers whole decades of every loss", () => {
  const train = curve([
    [0, 0.7],
    [1, 0.02],
  ]);
  assert.deepEqual(valueDomain([train, curve([[0, 1.5]])], "log"), [0.01, 10]);
  assert.deepEqual(valueDomain([curve([])], "log"), [0.01, 1]);
});

test("however small a loss is, it is drawn where the figures say", () => {
  const steep = (value) =>
    curve([
      [0, 1],
      [1, value],
    ]);
  assert.deepEqual(valueDomain([steep(9.5e-13)], "log"), [1e-13, 1]);
  assert.deepEqual(valueDomain([steep(5e-324)], "log"), [1e-300, 1]);
  assert.deepEqual(valueDomain([curve([[0, 5e-324]])], "log"), [1e-300, 1e-299]);
});

test("a long run's epochs are decades, with a line at each that is numbered", () => {
  const context = drawAs({ end: 100_000, width: 400 }, curve([[0, 1]]));
  const texts = argumentsOf(context, "fillText").map(([text]) => text);
  assert.deepEqual(texts.slice(texts.indexOf("epochs") + 1, -1), ["0", "10", "1000"]);
  const uprights = context.calls.filter(([name, x], index, calls) => name === "lineTo" && calls[index - 1][1] === x);
  assert.equal(uprights.length, 3);
});

test("where the run went wrong is a line in the colour of warnings, with a cross; a change is dotted", () => {
  const context = drawAs(
    {
      events: [
        { epoch: 50, wrong: false },
        { epoch: 100, wrong: true },
      ],
    },
    curve([[0, 1]]),
  );
  assert.ok(argumentsOf(context, "strokeStyle=").some(([colour]) => colour === "red"));
  const places = argumentsOf(context, "lineTo").map(([x]) => x);
  assert.ok(places.includes(110.5));
  assert.ok(places.includes(190.5));
});

test("what guessing reaches is a line with its name", () => {
  const context = drawAs({ scale: "share", chance: { share: 0.5, text: "chance" } }, curve([[0, 1]]));
  assert.ok(argumentsOf(context, "lineTo").some(([, y]) => y === 45.5));
  assert.ok(argumentsOf(context, "fillText").some(([text]) => text === "chance"));
});

test("a linear axis runs from 0 to a round number over every loss, one of shares to 1", () => {
  assert.deepEqual(valueDomain([curve([[0, 0.72]])], "linear"), [0, 0.8]);
  assert.deepEqual(valueDomain([curve([[0, Number.NaN]])], "linear"), [0, 1]);
  assert.deepEqual(valueDomain([curve([[0, 0.4]])], "share"), [0, 1]);
});

test("a share of 0 has its place on the axis, a loss of 0 on a linear one, too", () => {
  for (const scale of ["share", "linear"]) {
    const points = path(
      drawAs(
        { scale },
        curve([
          [0, 1],
          [50, 0],
        ]),
      ),
    );
    assert.deepEqual(points, [
      ["moveTo", 30, 5],
      ["lineTo", 110, 85],
    ]);
  }
});

test("a moment is a line over the whole height, and a dot on each curve that has a value there", () => {
  const marks = [{ epoch: 50, values: [0.1, Number.NaN], colour: "blue" }];
  const context = drawAs({ marks }, curve([[0, 1]]), curve([[0, 1]]));
  assert.deepEqual(path(context).slice(-2), [
    ["moveTo", 110.5, 5],
    ["lineTo", 110.5, 85],
  ]);
  assert.deepEqual(
    argumentsOf(context, "arc").map(([x, y]) => [x, y]),
    [[110.5, 85]],
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
  assert.deepEqual(texts, ["0.01", "0.1", "1", "epochs", "0", "50", "Loss"]);
});

test("each curve has its own dash, and the next drawing none", () => {
  const dashes = argumentsOf(draw(curve([[0, 1]]), curve([[0, 1]], [4, 2])), "setLineDash").map(
    ([dash]) => dash.length,
  );
  assert.deepEqual(dashes.slice(-3), [0, 2, 0]);
});

test("the run before is drawn first, and fainter", () => {
  const now = { ...curve([[0, 1]]), colour: "now" };
  const before = { ...curve([[0, 2]]), colour: "before", faint: true };
  const { calls } = draw(now, before);
  const drawn = calls.filter(([name, value]) => name === "globalAlpha=" || value === "now" || value === "before");
  assert.deepEqual(
    drawn.map(([, value]) => value),
    [0.45, "before", 1, "now", 1],
  );
});

/** From the top to the bottom, the plot is 5 to 85. */
const nameOf = (traits, ...curves) =>
  argumentsOf(drawAs(traits, ...curves), "fillText").find(([text]) => text === "Loss");
const level = (value) => curve(Array.from({ length: 9 }, (_, epoch) => [10 * epoch, value]));

test("the name stands where losses have fallen away, and under those that stay high", () => {
  assert.equal(nameOf({}, level(0.02))[2], 8);
  assert.equal(nameOf({}, level(0.7))[2], 82);
  assert.equal(nameOf({})[2], 8);
  // One record that jumps moves it nowhere, nor does the run before.
  assert.equal(nameOf({}, level(0.02), { ...level(0.9), faint: true })[2], 8);
  const jump = curve([...Array.from({ length: 9 }, (_, epoch) => [10 * epoch, 0.02]), [90, 1]]);
  assert.equal(nameOf({}, jump)[2], 8);
});

test("the name stands under accuracies, and over those that stay low", () => {
  const scale = "share";
  assert.equal(nameOf({ scale }, level(0.97))[2], 82);
  assert.equal(nameOf({ scale }, level(0.5))[2], 82);
  assert.equal(nameOf({ scale }, level(0.1))[2], 8);
  assert.equal(nameOf({ scale })[2], 82);
});
