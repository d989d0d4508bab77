/** A layer's column follows its part of the Config and changes that part alone. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { beforeEach, test } from "node:test";
import { createPage } from "../../../../static/js/page/page.js";
import { Layer } from "../../../../static/js/panels/network/layer.js";
import { Language } from "../../../../static/js/text/language.js";
import { createCatalog, createConfig } from "../../catalog.js";
import { createDocument } from "../../dom.js";

const { messages } = JSON.parse(readFileSync(new URL("../../../../static/messages/en.json", import.meta.url), "utf8"));

let opened;
let parent;
let layer;

const find = (testid) => parent.querySelector(`[data-testid=${testid}]`);
const show = (change = {}, inspect = null) => layer.show({ ...createConfig().layers[1], ...change }, inspect);

beforeEach(() => {
  createDocument();
  opened = [];
  parent = document.createElement("div");
  const store = { state: { config: createConfig() } };
  const actions = { open: (config) => void opened.push(config) };
  const language = new Language("en", messages, {});
  /** @type {any} */
  const page = createPage({ catalog: createCatalog(), language, store, actions });
  // Whoever asks the picker gets polynomials.
  page.signal = new AbortController().signal;
  page.cards = { fetch: async () => ({ ask: (_, { onChoose }) => onChoose("polynomial") }) };
  layer = new Layer(page, parent, 1);
});

test("there is a canvas for each unit, and those that stay are the same", () => {
  show({ units: 3 });
  const first = layer.units[0];
  show({ units: 5 });
  show({ units: 2 });
  assert.deepEqual(
    layer.units.map(({ dataset }) => dataset.testid),
    ["unit-1-0", "unit-1-1"],
  );
  assert.equal(layer.units[0], first);
  assert.equal(layer.area.children.length, 2);
});

test("the picker and the width change this layer alone", async () => {
  show();
  find("neuron-1").fire("click");
  await new Promise((done) => setTimeout(done));
  const width = find("width-1");
  width.value = "4";
  width.fire("input");
  assert.deepEqual(
    opened[0].layers.map(({ neuron }) => neuron.name),
    ["linear", "polynomial"],
  );
  assert.deepEqual(
    opened[1].layers.map(({ units }) => units),
    [8, 4],
  );
});

test("the drawer has the entries' knobs, and a control for every field of a layer but its width", () => {
  show({ neuron: { name: "polynomial", degree: 2 }, norm: "layer_norm" });
  const names = layer.drawer.querySelectorAll("[data-testid]").map(({ dataset }) => dataset.testid);
  assert.deepEqual(names, ["neuron-1-degree-typed", "neuron-1-degree", "bias-1", "norm-1"]);
  assert.equal(find("neuron-1-degree").value, "2");
  assert.equal(find("norm-1").value, "layer_norm");
});

test("a field of a layer changes this layer alone", () => {
  show();
  find("norm-1").value = "layer_norm";
  find("norm-1").fire("change");
  assert.deepEqual(
    opened[0].layers.map(({ norm }) => norm),
    ["none", "layer_norm"],
  );
});

test("the bias is switched off here alone, and where a kind has none the switch is off limits and says why", () => {
  show();
  assert.equal(find("bias-1").checked, true);
  find("bias-1").checked = false;
  find("bias-1").fire("change");
  assert.deepEqual(
    opened[0].layers.map(({ bias }) => bias),
    [true, false],
  );
  assert.equal(find("bias-1").disabled, false);
  show({ neuron: { name: "polynomial", degree: 2 } });
  assert.deepEqual([find("bias-1").disabled, find("bias-1").checked], [true, false]);
  assert.equal(find("bias-1").closest("label").textContent, "Bias: this neuron has none");
  show();
  assert.deepEqual([find("bias-1").disabled, find("bias-1").checked], [false, true]);
  assert.equal(find("bias-1").closest("label").textContent, "bias");
});

test("the unit that is looked at is marked", () => {
  show({ units: 2 }, { layer: 1, unit: 1 });
  assert.deepEqual(
    layer.units.map(({ className }) => className.includes("inspected")),
    [false, true],
  );
  show({ units: 2 }, { layer: 0, unit: 1 });
  assert.equal(layer.units[1].className.includes("inspected"), false);
});

test("a removed layer leaves nothing behind", () => {
  show();
  layer.remove();
  assert.deepEqual(parent.children, []);
});
