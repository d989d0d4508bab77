/** What a reader does, as messages and as other memories. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { MemoryActions, MOST_PATTERNS } from "../../../static/js/memory/actions.js";
import { startState, unitsOf } from "../../../static/js/memory/state.js";

/** @param {object} [more] */
function stage(more) {
  /** @type {any[]} */
  const said = [];
  const settings = { side: 2, cue: 1, flip: 20, erase: "bottom", seed: 4 };
  const opened = { machine: "hopfield", settings, patterns: ["1001", "0110"], units: unitsOf("1100") };
  const store = {
    state: /** @type {any} */ ({ ...startState(1), ...opened, ...more }),
    set: (/** @type {any} */ next) => {
      store.state = next;
    },
  };
  const socket = {
    pending: /** @type {any} */ (null),
    send: (/** @type {any} */ message) => said.push(message) > 0,
    reset: () => said.push({ type: "reset" }),
    ask: (/** @type {any} */ wanted) => {
      socket.pending = wanted;
      said.push(wanted);
    },
  };
  const actions = new MemoryActions(store, /** @type {any} */ (socket));
  return { actions, said, store, socket, last: () => said[said.length - 1] };
}

test("what rests begins again when it is played or stepped", () => {
  const end = { kind: "pattern", of: [0], wrong: 0, overlap: 1 };
  const played = stage({ end });
  played.actions.toggle();
  assert.deepEqual(played.said, [{ type: "reset" }, { type: "play" }]);
  assert.equal(played.store.state.playing, true);
  const stepped = stage({ end });
  stepped.actions.step();
  assert.deepEqual(stepped.said, [{ type: "reset" }, { type: "step", epochs: 1 }]);
});

test("a pattern is shown with the damage that is chosen, a drawing as it is", () => {
  const { actions, last } = stage();
  actions.choose(1);
  assert.deepEqual([last().settings.cue, last().settings.flip, last().start], [2, 20, null]);
  actions.draw("0001");
  assert.deepEqual([last().settings.flip, last().settings.erase, last().start], [0, "none", "0001"]);
  actions.damageAgain();
  assert.deepEqual([last().settings.seed, last().start], [5, "0001"]);
  actions.clear();
  assert.equal(last().start, "0000");
});

test("a drawing is the reader's until it is answered, or something else is wanted", () => {
  const { actions, socket } = stage();
  assert.equal(actions.drawing, false);
  actions.draw("0001");
  actions.draw("0011");
  assert.equal(actions.drawing, true);
  socket.pending = null;
  assert.equal(actions.drawing, false);
  actions.draw("0111");
  actions.choose(1);
  assert.equal(actions.drawing, false);
});

test("what is on the board is stored as one more pattern, as many as may be", () => {
  const { actions, last } = stage();
  actions.keep();
  assert.deepEqual(last().patterns, ["1001", "0110", "1100"]);
  assert.deepEqual([last().settings.cue, last().settings.flip], [3, 0]);
  const full = stage({ patterns: Array(MOST_PATTERNS).fill("1001") });
  full.actions.keep();
  assert.deepEqual(full.said, []);
});

test("a pattern that is forgotten leaves a cue that there is", () => {
  const { actions, last } = stage({ settings: { cue: 2 } });
  actions.remove(0);
  assert.deepEqual([last().patterns, last().settings.cue], [["0110"], 1]);
  actions.remove(0);
  assert.deepEqual([last().patterns, last().settings.cue], [[], 1]);
});

test("another grid takes the patterns along", () => {
  const { actions, last } = stage({ start: "1001" });
  actions.change("side", 4);
  assert.equal(last().settings.side, 4);
  assert.deepEqual(last().patterns[0], "1100110000110011");
  assert.equal(last().start, "1100110000110011");
});

test("wishes add up before the first is answered", () => {
  const { actions, last } = stage();
  actions.change("rule", "modern");
  actions.change("flip", 5);
  assert.deepEqual([last().settings.rule, last().settings.flip], ["modern", 5]);
});

test("a measurement is begun and stopped", () => {
  const { actions, said } = stage();
  actions.measure(20);
  actions.stopMeasuring();
  assert.deepEqual(said, [
    { type: "measure", seeds: 20 },
    { type: "measure", seeds: null },
  ]);
});

test("another machine takes along what was drawn, where it has a grid", () => {
  const { actions, last } = stage({ drawn: { patterns: ["1001"], side: 2 } });
  actions.open("boltzmann");
  assert.deepEqual(last(), { machine: "boltzmann", settings: { side: 2 }, patterns: ["1001"] });
  actions.open("hebb");
  assert.deepEqual(last(), { machine: "hebb", settings: {} });
});

test("who is to dream is played", () => {
  const { actions, said } = stage({ machine: "boltzmann" });
  actions.dream(true);
  assert.deepEqual(said, [{ type: "dream", on: true }, { type: "play" }]);
  actions.dream(false);
  assert.deepEqual(said[2], { type: "dream", on: false });
});
