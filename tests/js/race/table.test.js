/** The repetitions as a table that any program reads. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { tableOf } from "../../../static/js/race/table.js";

const LAYER = { units: 8, neuron: { name: "linear" }, activation: { name: "tanh" } };
const RUN = { data_seed: 0, run_seed: 3, epoch: 20, solved: 7, diverged: null, loss: { train: 0.1, test: 0.2 } };

/** @param {object[]} runs */
const stateOf = (...runs) =>
  /** @type {any} */ ({
    lanes: ["a", "b"].map((lane) => ({
      lane,
      config: { layers: [LAYER, { ...LAYER, neuron: { name: "kan" } }], output: {} },
      parameters: 105,
      cost: { multiply_adds: 88 },
    })),
    repeated: { a: { runs }, b: { runs } },
  });

test("there is a row for each lane and seed, and the link opens that run", () => {
  const run = { ...RUN, accuracy: { train: 1, test: 0.96 }, link: "data=xor&layers=8,8" };
  const lines = tableOf(stateOf(run, run), (link) => `http://here/?${link}`).split("\r\n");
  assert.equal(lines.length, 6);
  assert.equal(lines[0].split(",")[0], "lane");
  assert.equal(lines[1], 'a,linear kan,tanh,8-8,105,88,0,3,20,7,,0.1,0.2,1,0.96,"http://here/?data=xor&layers=8,8"');
  assert.equal(lines[1].slice(0, 30).split(",").length <= lines[0].split(",").length, true);
  assert.match(lines[3], /^b,/);
});

test("what is not there is empty", () => {
  const run = { ...RUN, solved: null, accuracy: null, loss: { train: null, test: null }, link: null };
  assert.equal(tableOf(stateOf(run), String).split("\r\n")[1], "a,linear kan,tanh,8-8,105,88,0,3,20,,,,,,,");
});

test("before any repetition there are the columns alone", () => {
  assert.equal(tableOf({ ...stateOf(), repeated: {} }, String).split("\r\n").length, 2);
});
