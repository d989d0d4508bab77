/** The catalog is asked by name, an unknown name lists the known ones, and knobs become slider tracks. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  chooseSpec,
  findField,
  findSpec,
  formulaFor,
  formulaLoader,
  loadCatalog,
  loadCounts,
  loadPortraits,
  mayHaveBias,
  registryOf,
  trackOf,
} from "../../../static/js/model/catalog.js";
import { createCatalog, createKnob } from "../catalog.js";

test("the catalog is fetched as JSON, and what goes without saying is filled in", async () => {
  const knobs = [{ name: "low_powers" }, { name: "degree", label: "Degree of it" }];
  const told = {
    version: "1",
    default: { name: "no entry" },
    speeds: [null, 1],
    changeable: ["batch"],
    neurons: [
      { name: "bilinear_form", knobs },
      { name: "kan", label: "KAN", knobs: [] },
    ],
    fields: { "data.train_share": {}, batch: { label: "Batch size" } },
  };
  const catalog = await loadCatalog("api/menus", async () => ({ ok: true, json: async () => told }));
  const labels = [...catalog.neurons, ...knobs, ...Object.values(catalog.fields)].map(({ label }) => label);
  assert.deepEqual(labels, ["Bilinear form", "KAN", "Low powers", "Degree of it", "Train share", "Batch size"]);
  assert.deepEqual([catalog.fields["data.train_share"].name, catalog.fields.batch.name], ["train_share", "batch"]);
  assert.deepEqual([catalog.version, catalog.default], ["1", { name: "no entry" }]);
});

test("portraits are fetched as JSON", async () => {
  const answer = { ok: true, json: async () => ({ linear: { side: 1, field: "gA==" } }) };
  assert.deepEqual(await loadPortraits("api/portraits", async () => answer), { linear: { side: 1, field: "gA==" } });
});

test("formulas are filled in once, and asked for again where they could not be had", async () => {
  const catalog = createCatalog();
  const answers = [
    { ok: false, status: 503 },
    {
      ok: true,
      json: async () => ({
        linear: { formula_mathml: "<math/>", formula_without_bias_mathml: "" },
        polynomial: { formula_mathml: "<math>x</math>", formula_without_bias_mathml: "<math>y</math>" },
      }),
    },
  ];
  const fill = formulaLoader(catalog, "api/formulas", async () => answers.shift());
  await assert.rejects(fill(), /api\/formulas answered 503/);
  await Promise.all([fill(), fill()]);
  await fill();
  const { formula_mathml, formula_without_bias_mathml } = findSpec(catalog, "neurons", "polynomial");
  assert.deepEqual([formula_mathml, formula_without_bias_mathml], ["<math>x</math>", "<math>y</math>"]);
});

test("a server that cannot give it is an error with its status", async () => {
  await assert.rejects(
    loadCatalog("api/catalog", async () => ({ ok: false, status: 503 })),
    /api\/catalog answered 503/,
  );
});

test("entries and fields are found by name, and unknown ones list the known", () => {
  const catalog = createCatalog();
  assert.equal(findSpec(catalog, "neurons", "polynomial").label, "POLYNOMIAL");
  assert.equal(findField(catalog, "data.noise").name, "noise");
  assert.throws(() => findSpec(catalog, "neurons", "relu"), /no "relu" among the neurons: linear, polynomial/);
  assert.throws(() => findField(catalog, "noise"), /no field "noise": data.count/);
});

test("a choice finds its registry by its name, and what is no choice finds none", () => {
  const found = ["loss", "optimizer", "data", "features", "batch"].map((key) => registryOf(createCatalog(), key));
  assert.deepEqual(found, ["losses", "optimizers", undefined, undefined, undefined]);
});

test("a chosen entry has every knob at its default", () => {
  assert.deepEqual(chooseSpec(findSpec(createCatalog(), "neurons", "polynomial")), { name: "polynomial", degree: 3 });
});

test("a linear knob slides along its own values", () => {
  const track = trackOf(createKnob("noise", { low: 0, high: 1, step: 0.05 }));
  assert.deepEqual([track.low, track.high, track.step], [0, 1, 0.05]);
  assert.equal(track.valueAt(0.35), 0.35);
  assert.equal(track.positionOf(7), 1);
});

test("a whole number without a step moves by one, any other by a hundredth of its range", () => {
  assert.equal(trackOf(createKnob("depth", { kind: "int", low: 0, high: 6 })).step, 1);
  assert.equal(trackOf(createKnob("slope", { low: 0, high: 2 })).step, 0.02);
});

test("a logarithmic knob slides along round stops, and every stop comes back as itself", () => {
  const track = trackOf(createKnob("rate", { low: 1e-5, high: 10, scale: "log" }));
  assert.equal(track.valueAt(track.positionOf(0.03)), 0.03);
  assert.equal(track.valueAt(0), 1e-5);
  assert.equal(track.valueAt(track.high), 10);
  for (let position = 0; position <= track.high; position++) {
    assert.equal(track.positionOf(track.valueAt(position)), position);
  }
});

test("a logarithmic knob from zero has zero as its first stop", () => {
  const track = trackOf(createKnob("l2", { low: 0, high: 10, scale: "log" }));
  assert.equal(track.valueAt(0), 0);
  assert.ok(track.valueAt(1) > 0);
  assert.equal(track.positionOf(0), 0);
});

test("a logarithmic whole number has whole stops", () => {
  const track = trackOf(createKnob("batch", { kind: "int", low: 1, high: 1000, scale: "log" }));
  for (let position = 0; position <= track.high; position++) assert.ok(Number.isInteger(track.valueAt(position)));
});

test("counts are asked for with the widths and the chosen neuron", async () => {
  const asked = [];
  const get = async (address) => {
    asked.push(decodeURIComponent(address));
    return { ok: true, json: async () => ({ linear: 24 }) };
  };
  assert.deepEqual(await loadCounts("api/counts", get, [2, 8], { name: "linear" }, [true]), { linear: 24 });
  await loadCounts("api/counts", get, [2, 8, 8], null, [true, true]);
  await loadCounts("api/counts", get, [2, 8, 8], null, [true, false]);
  assert.deepEqual(asked, [
    'api/counts?widths=2,8&neuron={"name":"linear"}',
    "api/counts?widths=2,8,8",
    "api/counts?widths=2,8,8&bias=on,off",
  ]);
});

test("the formula without biases is another one of kinds that have any alone", () => {
  const linear = { formula_mathml: "W x + b", formula_without_bias_mathml: "W x", has_bias: true };
  assert.deepEqual([formulaFor(linear, true), formulaFor(linear, false)], ["W x + b", "W x"]);
  const radial = { formula_mathml: "e^-x", formula_without_bias_mathml: "", has_bias: false };
  assert.deepEqual([formulaFor(radial, true), formulaFor(radial, false)], ["e^-x", "e^-x"]);
  assert.equal(formulaFor({ formula_mathml: "W x + b", has_bias: true }, false), undefined);
});

test("a layer may have biases if its kind or its norm has any", () => {
  const catalog = createCatalog();
  assert.equal(mayHaveBias(catalog, { neuron: { name: "linear" } }), true);
  assert.equal(mayHaveBias(catalog, { neuron: { name: "polynomial" }, norm: "none" }), false);
  assert.equal(mayHaveBias(catalog, { neuron: { name: "polynomial" }, norm: "layer_norm" }), true);
});
