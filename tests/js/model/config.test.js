/** Every choice makes a new Config and leaves the old one as it was. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  biasesAt,
  bringsPoints,
  commonChoice,
  firstRate,
  lossesFor,
  penaltyOf,
  taskOf,
  valueAt,
  widthsAt,
  withData,
  withDataset,
  withDepth,
  withLayer,
  withOwn,
  withValue,
} from "../../../static/js/model/config.js";
import { createCatalog, createConfig } from "../catalog.js";

/** A Config that cannot be changed in place: a function that tries to fails its test. */
function frozen(config = createConfig()) {
  for (const value of Object.values(config)) if (typeof value === "object") frozen(value);
  return Object.freeze(config);
}

test("a deeper network repeats its last layer, a shallower one loses its last", () => {
  const config = withLayer(frozen(), 1, { units: 3 });
  assert.deepEqual(
    withDepth(config, 4, config).layers.map(({ units }) => units),
    [8, 3, 3, 3],
  );
  assert.deepEqual(
    withDepth(config, 1, config).layers.map(({ units }) => units),
    [8],
  );
});

test("repeated layers are copies, not the same object", () => {
  const { layers } = withDepth(frozen(), 3, createConfig());
  assert.notEqual(layers[1], layers[2]);
  assert.notEqual(layers[1].neuron, layers[2].neuron);
});

test("the first layer of all is as the default run's", () => {
  const none = withDepth(frozen(), 0, createConfig());
  assert.deepEqual(withDepth(none, 1, createConfig()).layers, [createConfig().layers[0]]);
});

test("a layer's neuron changes for it alone, for all, or for the output", () => {
  const neuron = { name: "square" };
  const names = (config) => [...config.layers.map((layer) => layer.neuron.name), config.output.neuron.name];
  assert.deepEqual(names(withLayer(frozen(), 1, { neuron })), ["linear", "square", "linear"]);
  assert.deepEqual(names(withLayer(frozen(), "all", { neuron })), ["square", "square", "linear"]);
  assert.deepEqual(names(withLayer(frozen(), "output", { neuron })), ["linear", "linear", "square"]);
});

test("without a hidden layer, all means the output", () => {
  const none = withDepth(frozen(), 0, createConfig());
  assert.equal(withLayer(none, "all", { neuron: { name: "square" } }).output.neuron.name, "square");
  assert.equal(withLayer(none, "all", { activation: { name: "relu" } }).output.neuron.name, "linear");
});

test("another dataset brings its knobs and keeps what all datasets share", () => {
  const config = withValue(frozen(), "data.noise", 0.25);
  const { data } = withDataset(config, "moons", createCatalog());
  assert.deepEqual(data, { name: "moons", count: 500, noise: 0.25, train_share: 0.5 });
});

test("the loss follows the task, and comes back with it", () => {
  const catalog = createCatalog();
  const plane = withDataset(frozen(), "plane", catalog);
  assert.equal(plane.loss.name, "mse");
  assert.equal(withDataset(plane, "spirals", catalog).loss.name, "cross_entropy");
});

test("a dataset's own task knob decides the task, and the loss follows it", () => {
  const catalog = createCatalog();
  const own = withDataset(frozen(), "own", catalog);
  assert.equal(taskOf(own, catalog), "classification");
  const values = withData(own, { ...own.data, task: "regression" }, catalog);
  assert.equal(taskOf(values, catalog), "regression");
  assert.equal(values.loss.name, "mse");
  assert.equal(withDataset(values, "spirals", catalog).loss.name, "cross_entropy");
});

test("how many points there are is not taken over from a dataset that brings its own", () => {
  const catalog = createCatalog();
  const own = withValue(withDataset(frozen(), "own", catalog), "data.count", 4);
  assert.equal(withDataset(own, "moons", catalog).data.count, 500);
  assert.deepEqual(
    catalog.datasets.filter(bringsPoints).map(({ name }) => name),
    ["own"],
  );
});

test("a loss that was chosen stays while the task does", () => {
  const config = withValue(frozen(), "loss", { name: "mse" });
  assert.equal(withDataset(config, "moons", createCatalog()).loss.name, "mse");
  assert.deepEqual(
    lossesFor(createCatalog(), "regression").map(({ name }) => name),
    ["mse"],
  );
});

test("fields are read and written by their path", () => {
  const config = withValue(frozen(), "optimizer.learning_rate", 0.3);
  assert.equal(valueAt(config, "optimizer.learning_rate"), 0.3);
  assert.equal(valueAt(config, "optimizer.name"), "adam");
  assert.throws(() => valueAt(config, "optimizer.speed"), /no "optimizer.speed"/);
  assert.throws(() => withValue(config, "optimiser.learning_rate", 1), /no "optimiser"/);
});

test("what all layers share is their common choice", () => {
  assert.deepEqual(commonChoice(frozen(), "neuron"), { name: "linear" });
  assert.equal(commonChoice(withLayer(frozen(), 0, { neuron: { name: "square" } }), "neuron"), null);
  const none = withDepth(frozen(), 0, createConfig());
  assert.deepEqual([commonChoice(none, "neuron"), commonChoice(none, "activation")], [{ name: "linear" }, null]);
});

test("the penalty is whichever rate is set", () => {
  assert.equal(penaltyOf(frozen()), "none");
  assert.equal(penaltyOf(withValue(frozen(), "l1", 0.1)), "l1");
  assert.equal(penaltyOf(withValue(frozen(), "l2", 0.1)), "l2");
  assert.equal(firstRate(createCatalog(), "l2"), 0.001);
});

test("the widths of a layer, of the output and of all hidden layers begin with their inputs", () => {
  const config = withLayer(createConfig(), 1, { units: 3 });
  assert.deepEqual(widthsAt(config, 0, 1), [2, 8]);
  assert.deepEqual(widthsAt(config, 1, 1), [8, 3]);
  assert.deepEqual(widthsAt(config, "output", 5), [3, 5]);
  assert.deepEqual(widthsAt(config, "all", 5), [2, 8, 3]);
  assert.deepEqual(widthsAt({ ...config, layers: [] }, "all", 5), [2, 5]);
});

test("biases are told of the layers whose widths are, in their order", () => {
  const config = withLayer(createConfig(), 1, { bias: false });
  assert.deepEqual(biasesAt(config, 0), [true]);
  assert.deepEqual(biasesAt(config, 1), [false]);
  assert.deepEqual(biasesAt(config, "all"), [true, false]);
  assert.deepEqual(biasesAt(config, "output"), [true]);
  assert.deepEqual(biasesAt(withLayer({ ...config, layers: [] }, "output", { bias: false }), "all"), [false]);
});

test("the output's neuron and its bias change without each other, and it takes nothing else", () => {
  const bare = withLayer(frozen(), "output", { bias: false });
  assert.deepEqual(withLayer(bare, "output", { neuron: { name: "square" }, units: 3 }).output, {
    neuron: { name: "square" },
    bias: false,
  });
});

test("own points lie where they were put, and keep what all datasets share", () => {
  const noisy = { ...createConfig(), data: { ...createConfig().data, noise: 0.3 } };
  const catalog = createCatalog();
  const points = [
    [0, 0, 0.5],
    [1, 1, -0.5],
  ];
  const { data, loss } = withOwn(noisy, { points, task: "regression" }, catalog);
  assert.deepEqual([data.name, data.points, data.count, data.noise], ["own", points, 2, 0]);
  assert.equal(data.train_share, 0.5);
  assert.equal(loss.name, "mse");
  const again = withOwn({ ...noisy, data: { ...data, noise: 0.2 } }, { points, task: "classification" }, catalog);
  assert.equal(again.data.noise, 0.2);
});
