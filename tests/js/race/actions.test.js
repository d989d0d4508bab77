/** What a reader does becomes one message, or another race. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { RaceActions } from "../../../static/js/race/actions.js";
import { startState } from "../../../static/js/race/state.js";

const CATALOG = { neurons: ["linear", "quadratic", "kan"].map((name) => ({ name, knobs: [] })) };

/** @param {string[]} kinds */
function stage(kinds) {
  /** @type {any[]} */
  const said = [];
  const lanes = kinds.map((name, index) => ({
    lane: "abcdef"[index],
    config: { layers: [{ units: 8, neuron: { name } }], output: {} },
    parameters: 105 + index,
    cost: { multiply_adds: 88 },
    epoch: 0,
    diverged: null,
  }));
  const store = /** @type {any} */ ({ state: { ...startState(10), lanes } });
  store.set = (/** @type {any} */ next) => {
    store.state = next;
  };
  const socket = /** @type {any} */ ({
    pending: null,
    ask: (/** @type {any} */ wanted) => said.push(wanted),
    send: (/** @type {any} */ command) => said.push(command),
    reset: () => said.push({ type: "reset" }),
  });
  return { actions: new RaceActions(store, socket, /** @type {any} */ (CATALOG)), said, store, socket };
}

test("a lane that is added has a kind that no other has", () => {
  const { actions, said } = stage(["linear", "quadratic"]);
  actions.add();
  const kinds = said[0].lanes.map((/** @type {any} */ { layers }) => layers[0].neuron.name);
  assert.deepEqual(kinds, ["linear", "quadratic", "kan"]);
});

test("there are never more than six lanes, nor fewer than two", () => {
  const six = stage(["linear", "linear", "linear", "linear", "linear", "linear"]);
  six.actions.add();
  const two = stage(["linear", "quadratic"]);
  two.actions.remove("a");
  assert.deepEqual([six.said, two.said], [[], []]);
});

test("a lane is taken out by its name", () => {
  const { actions, said } = stage(["linear", "quadratic", "kan"]);
  actions.remove("b");
  assert.equal(said[0].lanes.length, 2);
  assert.equal(said[0].lanes[1].layers[0].neuron.name, "kan");
});

test("an equal budget is the first lane's size as it is now, and none is free", () => {
  const { actions, said } = stage(["linear", "quadratic"]);
  actions.equalise("parameters");
  actions.equalise("multiply_adds");
  actions.equalise(null);
  assert.deepEqual(
    said.map(({ budget }) => budget),
    [{ measure: "parameters", target: 105 }, { measure: "multiply_adds", target: 88 }, null],
  );
});

test("one button plays and pauses", () => {
  const { actions, said, store } = stage(["linear", "quadratic"]);
  actions.toggle();
  assert.equal(store.state.playing, true);
  actions.toggle();
  assert.deepEqual(said, [{ type: "play" }, { type: "pause" }]);
});

test("repetitions begin with nothing done, and are stopped by asking for none", () => {
  const { actions, said, store } = stage(["linear", "quadratic"]);
  actions.repeat(20, "data");
  assert.equal(store.state.tally.progress, 0);
  actions.stopRepeating();
  assert.deepEqual(said, [
    { type: "repeat", seeds: 20, fresh: "data" },
    { type: "repeat", seeds: null },
  ]);
});

test("what is wanted before the last wish is answered is added to it", () => {
  const { actions, said, socket } = stage(["linear", "quadratic"]);
  actions.changeAll((config) => ({ ...config, batch: 5 }));
  [socket.pending] = said;
  actions.change({ bar: 0.8 });
  actions.add();
  assert.deepEqual([said[1].bar, said[1].lanes[1].batch], [0.8, 5]);
  assert.equal(said[2].lanes.length, 3);
});
