/** The formula is the neuron's that is looked at, and its knobs reach every layer of the kind. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { chosenLayer, letScroll, withKnobEverywhere } from "../../../../static/js/panels/network/formula.js";
import { createConfig } from "../../catalog.js";

function configOf(...names) {
  const layers = names.map((name) => ({ units: 2, neuron: { name, degree: 3 }, activation: { name: "tanh" } }));
  return { ...createConfig(), layers, output: { neuron: { name: "polynomial", degree: 3 }, bias: false } };
}

test("the neuron is the inspected layer's, else the first layer's, else the output's", () => {
  const config = configOf("linear", "square");
  assert.equal(chosenLayer({ config, inspect: { layer: 1, unit: 0 } }).neuron.name, "square");
  assert.equal(chosenLayer({ config, inspect: null }).neuron.name, "linear");
  assert.equal(chosenLayer({ config: configOf(), inspect: null }).neuron.name, "polynomial");
});

test("a knob reaches every hidden layer of the kind and no other", () => {
  const config = withKnobEverywhere(configOf("polynomial", "linear", "polynomial"), "polynomial", "degree", 5);
  assert.deepEqual(
    config.layers.map(({ neuron }) => neuron.degree),
    [5, 3, 5],
  );
  assert.equal(config.output.neuron.degree, 3);
});

test("without hidden layers a knob reaches the output", () => {
  const { output } = withKnobEverywhere(configOf(), "polynomial", "degree", 5);
  assert.deepEqual(output, { neuron: { name: "polynomial", degree: 5 }, bias: false });
});

test("a formula that is longer than its line is reached by Tab, a shorter one is passed over", () => {
  const line = { clientWidth: 100, scrollWidth: 130 };
  letScroll(/** @type {any} */ (line));
  assert.equal(/** @type {any} */ (line).tabIndex, 0);
  line.scrollWidth = 100;
  letScroll(/** @type {any} */ (line));
  assert.equal(/** @type {any} */ (line).tabIndex, -1);
});
