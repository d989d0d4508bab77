/** What the chart shows: runs or bands, by epochs, multiply-adds or seconds. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { bandOf, curvesOf, endOf, lastOf, shownValue, unitOf } from "../../../static/js/race/curves.js";
import { repeated, startState } from "../../../static/js/race/state.js";

/** @param {string} name @param {number} adds @param {number | null} seconds */
function laneOf(name, adds, seconds) {
  return {
    lane: name,
    cost: { multiply_adds: adds },
    layout: { task: "classification" },
    epoch: 2,
    history: [
      [0, 0.9, 0.8, 0.5, 0.6],
      [2, 0.3, 0.4, 0.9, 0.7],
    ],
    frame: { body: { epoch_seconds: seconds } },
  };
}

const BAND = [
  [0, 5, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6],
  [2, 4, 0.01, 0.02, Infinity, 0.7, 0.8, 0.9],
];

/** @param {object} [chart] */
function stateOf(chart) {
  const start = startState(10);
  const points = { train: Array.from({ length: 250 }, () => [0, 0, 1]), test: [] };
  const lanes = [laneOf("a", 88, 0.5), laneOf("b", 264, null)];
  return /** @type {RaceState} */ (
    /** @type {unknown} */ ({ ...start, points, epochs: 10, lanes, chart: { ...start.chart, ...chart } })
  );
}

const shown = (/** @type {RaceState} */ state) => {
  const data = new Float32Array(BAND.flat());
  return repeated(state, /** @type {any} */ ({ lane: "a", runs: [], arrays: { band: { data, shape: [2, 8] } } }));
};

test("an epoch counts one, its multiply-adds over all training points in millions, or its measured seconds", () => {
  const [a, b] = stateOf().lanes;
  assert.equal(unitOf(stateOf(), a), 1);
  assert.equal(unitOf(stateOf({ across: "multiply_adds" }), b), (264 * 250) / 1e6);
  assert.equal(unitOf(stateOf({ across: "seconds" }), a), 0.5);
  assert.ok(Number.isNaN(unitOf(stateOf({ across: "seconds" }), b)));
});

test("the axis ends with the dearest lane's last epoch, of those that are measured", () => {
  assert.equal(endOf(stateOf()), 10);
  assert.equal(endOf(stateOf({ across: "multiply_adds" })), (10 * 264 * 250) / 1e6);
  assert.equal(endOf(stateOf({ across: "seconds" })), 5);
});

test("of a run there are train dashed and test solid, of a lane that is not measured nothing", () => {
  const { curves, bands } = curvesOf(stateOf({ across: "seconds", value: "accuracy" }), 10, (lane) => lane);
  assert.deepEqual(bands, []);
  assert.deepEqual(
    curves.map(({ samples, dash }) => [samples, dash.length > 0]),
    [
      [
        [
          [0, 0.5],
          [1, 0.9],
        ],
        true,
      ],
      [
        [
          [0, 0.6],
          [1, 0.7],
        ],
        false,
      ],
    ],
  );
});

test("repetitions turn the chart into bands, and a choice turns it back", () => {
  const state = shown(stateOf({ value: "accuracy" }));
  const { curves, bands } = curvesOf(state, 10, (lane) => lane);
  assert.deepEqual(
    bands[0].rows.map(({ x, runs }) => [x, runs]),
    [
      [0, 5],
      [2, 4],
    ],
  );
  assert.equal(curves.filter(({ faint }) => !faint).length, 2);
  assert.equal(lastOf(state, state.lanes[0]).toFixed(3), "0.800");
  assert.ok(Number.isNaN(lastOf(state, state.lanes[1])));
  const back = { ...state, chart: { ...state.chart, over: /** @type {const} */ ("run") } };
  assert.equal(lastOf(back, state.lanes[0]), 0.7);
});

test("a band's loss may be infinite where runs diverged", () => {
  const state = shown(stateOf());
  assert.equal(bandOf(state, "a", "loss")[1].high, Infinity);
});

test("values have no accuracy", () => {
  const state = stateOf({ value: "accuracy" });
  state.lanes[0].layout.task = "regression";
  assert.equal(shownValue(state), "loss");
});
