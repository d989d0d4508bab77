/** What the reader does is shown at once and said to the server. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Actions } from "../../../static/js/model/actions.js";
import { startState } from "../../../static/js/model/state.js";
import { Steps } from "../../../static/js/model/steps.js";
import { createConfig } from "../catalog.js";

let store;
let said;
let actions;
let gesture;

beforeEach(() => {
  store = {
    state: startState(createConfig(), null),
    set(next) {
      this.state = next;
    },
  };
  said = [];
  const record =
    (name) =>
    (...given) =>
      void said.push([name, ...given]);
  const socket = Object.fromEntries(
    ["open", "restore", "change", "send", "look", "reset"].map((name) => [name, record(name)]),
  );
  gesture = 1;
  actions = new Actions(store, socket, ["batch"], new Steps(() => gesture));
});

test("play and pause take turns", () => {
  actions.toggle();
  assert.equal(store.state.playing, true);
  actions.toggle();
  assert.equal(store.state.playing, false);
  assert.deepEqual(said, [
    ["send", { type: "play" }],
    ["send", { type: "pause" }],
  ]);
});

test("a step pauses and trains one epoch", () => {
  actions.toggle();
  actions.step();
  assert.equal(store.state.playing, false);
  assert.deepEqual(said.at(-1), ["send", { type: "step", epochs: 1 }]);
});

test("a reset keeps playing if it was", () => {
  actions.toggle();
  actions.reset();
  assert.equal(store.state.playing, true);
  assert.deepEqual(said.at(-1), ["reset"]);
});

test("another run is an open, another setting a change", () => {
  actions.open({ ...createConfig(), layers: [] });
  assert.deepEqual(store.state.config.layers, []);
  actions.change("optimizer.learning_rate", 0.3);
  assert.equal(store.state.config.optimizer.learning_rate, 0.3);
  assert.deepEqual(said, [["open"], ["change", "optimizer.learning_rate", 0.3]]);
});

test("a setting keeps the weights where the catalog says that it can, and makes another run where it does not", () => {
  actions.set("batch", 20);
  actions.set("seeds.run", 7);
  assert.deepEqual(said, [["change", "batch", 20], ["open"]]);
  assert.deepEqual([store.state.config.batch, store.state.config.seeds.run], [20, 7]);
});

test("speed and visibility are said and kept", () => {
  actions.speed(30);
  actions.show(false);
  assert.equal(store.state.speed, 30);
  assert.deepEqual(said, [
    ["send", { type: "speed", epochs_per_second: 30 }],
    ["send", { type: "view", visible: false }],
  ]);
});

test("a unit is looked at once, however often the pointer says so", () => {
  actions.inspect({ layer: 0, unit: 2 });
  actions.inspect({ layer: 0, unit: 2 });
  actions.inspect(null);
  assert.deepEqual(said, [
    ["look", { inspect: { layer: 0, unit: 2 } }],
    ["look", { inspect: null }],
  ]);
});

test("a saved model stands still, and no unit of the old network is looked at", () => {
  actions.toggle();
  actions.inspect({ layer: 0, unit: 0 });
  const checkpoint = new ArrayBuffer(8);
  actions.restore(checkpoint);
  assert.deepEqual(said.at(-1), ["restore", checkpoint]);
  assert.equal(store.state.playing, false);
  assert.equal(store.state.inspect, null);
});

test("advice after a divergence starts anew with the change, playing", () => {
  actions.takeRemedy({ path: "optimizer.learning_rate", value: 0.003 }, true);
  assert.equal(store.state.config.optimizer.learning_rate, 0.003);
  assert.equal(store.state.playing, true);
  assert.deepEqual(said, [["open"]]);
});

test("other advice keeps what was learnt where that can be, and plays on", () => {
  actions.takeRemedy({ path: "batch", value: 20 }, false);
  assert.deepEqual(said, [
    ["change", "batch", 20],
    ["send", { type: "play" }],
  ]);
});

test("the lens is asked for when it opens and when its units change, not when another picture is chosen", () => {
  actions.toggleLens();
  actions.look({ picture: "space" });
  actions.look({ pairs: [{ layer: 0, x: 1, y: 2 }] });
  actions.toggleLens();
  assert.deepEqual(said, [
    ["look", { lens: { pairs: [] } }],
    ["look", { lens: { pairs: [{ layer: 0, x: 1, y: 2 }] } }],
    ["look", { lens: null }],
  ]);
  assert.deepEqual(store.state.lens, { open: false, picture: "space", pairs: [{ layer: 0, x: 1, y: 2 }] });
});

test("a saved model may not have the units that a layer is seen by", () => {
  actions.look({ open: true, pairs: [{ layer: 0, x: 1, y: 2 }] });
  actions.restore(new ArrayBuffer(0));
  assert.deepEqual(store.state.lens, { open: true, picture: "decision", pairs: [] });
});

test("a stroke is sent once there are points enough for a run, and shown in any case", () => {
  const points = [[0, 0, 0]];
  actions.draw(points, false);
  assert.deepEqual([said, store.state.draft], [[], points]);
  actions.draw(points, true);
  assert.deepEqual(said, [["change", "data.points", points]]);
  assert.deepEqual([store.state.config.data.points, store.state.draft], [points, null]);
});

test("another run is not trained to where a link led", () => {
  store.state.target = 500;
  actions.set("batch", 5);
  assert.equal(store.state.target, 500);
  actions.open(createConfig());
  assert.equal(store.state.target, null);
});

/** The server has taken what was chosen, and the reader begins something new. */
function taken() {
  store.state = { ...store.state, good: store.state.config };
  gesture += 1;
}

test("undo changes a running run where it can, and else opens the one of before", async () => {
  taken();
  const first = store.state.config;
  actions.set("batch", 3);
  actions.set("batch", 4);
  taken();
  actions.set("data.noise", 0.5);
  taken();
  said.length = 0;
  await actions.undo();
  assert.deepEqual(said, [["open"]]);
  assert.deepEqual([store.state.config.batch, store.state.config.data.noise], [4, first.data.noise]);
  taken();
  await actions.undo();
  // The drag from 3 to 4 was one gesture.
  assert.deepEqual(said.slice(1), [["change", "batch", first.batch]]);
  taken();
  await actions.undo();
  assert.equal(said.length, 2);
  taken();
  await actions.redo();
  taken();
  await actions.redo();
  assert.deepEqual([store.state.config.batch, store.state.config.data.noise], [4, 0.5]);
});

test("undo takes a stroke back, a clearing, and a drawing begun anew", async () => {
  const own = (count) => Array.from({ length: count }, (_, index) => [0, index / 10, index % 2]);
  const data = { ...store.state.config.data, name: "own", points: own(5), names: [], task: "classification" };
  store.state = { ...store.state, config: { ...store.state.config, data: { ...data, count: 5 } } };
  const drawn = () => store.state.draft ?? store.state.config.data.points;
  taken();
  for (const points of [own(6), [], own(1)]) {
    actions.draw(points, points.length >= 4);
    taken();
  }
  for (const count of [0, 6, 5]) {
    await actions.undo();
    taken();
    assert.equal(drawn().length, count);
  }
  assert.equal(store.state.draft, null);
  assert.deepEqual(said.at(-1), ["change", "data.points", own(5)]);
  for (const count of [6, 0, 1]) {
    await actions.redo();
    taken();
    assert.equal(drawn().length, count);
  }
});

test("each die takes the next seed and leaves the other alone; both can be undone", async () => {
  actions.newWeights();
  actions.newWeights();
  taken();
  assert.deepEqual(store.state.config.seeds, { data: 0, run: 2 });
  assert.deepEqual([store.state.remark.key, store.state.remark.values], ["dice.run", { seed: 2 }]);
  gesture += 1;
  actions.newPoints();
  taken();
  assert.deepEqual(store.state.config.seeds, { data: 1, run: 2 });
  await actions.undo();
  assert.deepEqual(store.state.config.seeds, { data: 0, run: 2 });
});

test("after the last seed comes the first, and own points are not drawn anew", () => {
  store.state.config.seeds = { data: 5, run: 999 };
  actions.newWeights();
  assert.equal(store.state.config.seeds.run, 0);
  store.state.config.data = { ...store.state.config.data, name: "own" };
  actions.newPoints();
  assert.equal(store.state.config.seeds.data, 5);
});

test("how the output is seen is as a link says it, and as usual where it says nothing", () => {
  actions.see({ discrete: "on", test: "off" });
  assert.deepEqual([store.state.discrete, store.state.tests], [true, false]);
  actions.see({});
  assert.deepEqual([store.state.discrete, store.state.tests], [false, true]);
  assert.deepEqual(said, []);
});

test("an offer may be a look at the layers, which changes no setting", () => {
  actions.takeRemedy({ path: "lens", value: true }, false);
  assert.equal(store.state.lens.open, true);
  assert.equal(store.state.playing, false);
});
