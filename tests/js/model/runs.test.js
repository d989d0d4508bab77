/** What two runs say beside each other is true of their histories, and what is pinned can be read by programs. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { bestOf, compareRuns, csvOf, namesOf, pinOf, solvedAt, withPin } from "../../../static/js/model/runs.js";
import { createPage } from "../../../static/js/page/page.js";
import { Language } from "../../../static/js/text/language.js";
import { createCatalog, createConfig } from "../catalog.js";

const WORDS = {
  "runs.same": "the same settings",
  "runs.drifted": "{name} (changed)",
  "runs.output": "output {name}",
  "runs.features": "features {names}",
  "runs.rate": "rate {rate}",
  "runs.no_layer": "no hidden layer",
  "network.family_forest": "Forest",
  "runs.on": "on",
  "runs.off": "off",
};

function words() {
  const catalog = { ...createCatalog(), solved_share: 0.97 };
  catalog.neurons.push({ ...catalog.neurons[0], name: "quadratic", label: "Quadratic" });
  return createPage(/** @type {any} */ ({ catalog, language: new Language("en", WORDS, {}) }));
}

/** Wrong until `solved`, right from then on. */
const rowsTo = (last, solved = Infinity) =>
  Array.from({ length: last + 1 }, (_, epoch) =>
    epoch < solved ? [epoch, 0.5, 0.6, 0.9, 0.75] : [epoch, 0.01, 0.02, 1, 0.98],
  );

function configOf(neuron) {
  const config = createConfig();
  return { ...config, layers: config.layers.map((layer) => ({ ...layer, neuron: { name: neuron } })) };
}

const run = (neuron, history) => ({ config: configOf(neuron), history, parameters: 105, drifted: false });

/** @returns {any} */
const state = (now, past, playing = false) => ({ ...now, past, playing });

test("solved is the first record in which both halves are right enough", () => {
  assert.equal(solvedAt(rowsTo(20, 7), 0.97), 7);
  assert.equal(solvedAt(rowsTo(20), 0.97), null);
  assert.equal(solvedAt([[3, 0.1, 0.1, 1, 0.96]], 0.97), null);
});

test("both solved it: each with its own epoch, while the run still plays", () => {
  const said = compareRuns(words(), state(run("quadratic", rowsTo(400, 308)), run("linear", rowsTo(2500, 2368)), true));
  assert.equal(said.key, "runs.both");
  assert.deepEqual(said.values, { now: "Quadratic", epoch: 308, past: "LINEAR", past_epoch: 2368 });
});

test("where the one before had not solved it, its end is told", () => {
  const said = compareRuns(words(), state(run("quadratic", rowsTo(400, 308)), run("linear", rowsTo(500))));
  assert.deepEqual([said.key, said.values.past_epoch], ["runs.only_now", 500]);
});

test("a run that has not solved it says so only at rest, and not in its first epochs", () => {
  const past = run("linear", rowsTo(500, 100));
  const said = compareRuns(words(), state(run("quadratic", rowsTo(60)), past));
  assert.deepEqual([said.key, said.values.epoch, said.values.past_epoch], ["runs.only_past", 60, 100]);
  assert.equal(compareRuns(words(), state(run("quadratic", rowsTo(60)), past, true)), null);
  assert.equal(compareRuns(words(), state(run("quadratic", rowsTo(3)), past)), null);
});

test("where neither solved it, both shares are told with their epochs", () => {
  const said = compareRuns(words(), state(run("quadratic", rowsTo(60)), run("linear", rowsTo(50))));
  const { share, past_share: before, epoch, past_epoch: epochBefore } = said.values;
  assert.deepEqual([said.key, share, before, epoch, epochBefore], ["runs.neither", "75.0%", "75.0%", 60, 50]);
});

test("of values, losses are told, if they are losses of one kind", () => {
  const rows = (loss) => [0, 40].map((epoch) => [epoch, loss, loss, Number.NaN, Number.NaN]);
  const past = run("linear", rows(0.3));
  assert.equal(compareRuns(words(), state(run("quadratic", rows(0.1)), past)).key, "runs.losses");
  const other = { ...past, config: { ...past.config, loss: { name: "mse" } } };
  assert.equal(compareRuns(words(), state(run("quadratic", rows(0.1)), other)), null);
});

test("alike runs are not compared, and without one before there is nothing to say", () => {
  assert.equal(compareRuns(words(), state(run("linear", rowsTo(60, 5)), run("linear", rowsTo(60, 5)))), null);
  assert.equal(compareRuns(words(), state(run("linear", rowsTo(60, 5)), null)), null);
});

test("runs are called by all that differs, so that two changes are not told as one", () => {
  const now = run("quadratic", []);
  now.config.layers = now.config.layers.map((layer) => ({ ...layer, units: 4 }));
  assert.deepEqual(namesOf(words(), now, run("linear", [])), ["Quadratic, 4–4", "LINEAR, 8–8"]);
  const faster = run("linear", []);
  faster.config.optimizer = { name: "adam", learning_rate: 0.1 };
  assert.deepEqual(namesOf(words(), faster, run("linear", [])), ["rate 0.1", "rate 0.01"]);
  const changed = { ...run("linear", []), drifted: true };
  assert.deepEqual(namesOf(words(), changed, run("linear", [])), ["the same settings (changed)", "the same settings"]);
});

test("what a run has none of leaves no gap: a forest has no activation", () => {
  const forest = /** @type {any} */ (run("linear", []));
  forest.config.forest = { levels: 5 };
  const [now, past] = namesOf(words(), forest, run("linear", []));
  assert.equal(now.includes(", ,"), false);
  assert.ok(past.includes(", "), "it has one, and it is told");
});

test("more differences than a sentence can hold are hinted at", () => {
  const now = run("quadratic", []);
  now.config = {
    ...now.config,
    batch: 1,
    loss: { name: "mse" },
    features: ["x"],
    layers: now.config.layers.slice(1),
  };
  assert.equal(namesOf(words(), now, run("linear", []))[0].endsWith(", …"), true);
});

const pinned = (neuron, link, history = rowsTo(40, 30)) =>
  pinOf(/** @type {any} */ ({ ...run(neuron, history), newest: { body: { edits: 0 } } }), link, 0.97);

test("a pin notes the outcome by the histories' own numbers", () => {
  const { epoch, solved, best, loss, parameters } = pinned("linear", null);
  assert.deepEqual([epoch, solved, best, loss, parameters], [40, 30, 0.98, 0.02, 105]);
  assert.equal(bestOf([[0, 1, 1, Number.NaN, Number.NaN]]), null);
});

test("a run that was set by hand is noted as changed", () => {
  const edited = { ...run("linear", rowsTo(40)), newest: { body: { edits: 1 } } };
  assert.equal(pinOf(/** @type {any} */ (edited), null, 0.97).drifted, true);
});

test("the same run further on takes its place, another does not", () => {
  const first = pinned("linear", "a");
  const later = pinned("linear", "b", rowsTo(90, 30));
  assert.deepEqual(withPin([first], later), [later]);
  assert.equal(withPin([first], pinned("quadratic", "c")).length, 2);
});

test("as CSV: a head, a row for each, commas of a link within quotes", () => {
  const [head, row, end] = csvOf([pinned("quadratic", "http://x/?layers=8,4")]).split("\r\n");
  assert.equal(head.split(",").length, 11);
  assert.equal(row, 'spirals,quadratic,tanh,8-8,105,40,30,0.98,0.02,false,"http://x/?layers=8,4"');
  assert.equal(end, "");
});
