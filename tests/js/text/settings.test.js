/** Settings are called what their controls call them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Language } from "../../../static/js/text/language.js";
import { placeOf, sayValue } from "../../../static/js/text/settings.js";
import { createCatalog, createKnob, createSpec } from "../catalog.js";

const catalog = {
  ...createCatalog(),
  fields: { batch: createKnob("batch", { label: "Batch size" }) },
  optimizers: [createSpec("adam", [createKnob("learning_rate", { label: "Learning rate" })], { label: "Adam" })],
};
const language = new Language("zh", { "bar.optimizer": "优化器" }, { "optimizers.sgd": "随机梯度下降" });

test("a place has its control's name, and keeps its path where it has none", () => {
  const place = (path) => placeOf(language, catalog, path);
  assert.equal(place("batch"), "Batch size");
  assert.equal(place("optimizer"), "优化器");
  assert.equal(place("optimizer.learning_rate"), "Learning rate");
  assert.equal(place("view.inspect"), "view.inspect");
});

test("a value is what the control shows, never a name of the program's", () => {
  const value = (path, one) => sayValue(language, catalog, path, one);
  assert.equal(value("optimizer", { name: "adam", learning_rate: 0.1 }), "Adam");
  assert.equal(value("optimizer", { name: "sgd" }), "随机梯度下降");
  assert.equal(value("batch", 20), "20");
  assert.equal(value("init", "layer_norm"), "layer norm");
  assert.equal(value("shuffle", true), "");
  assert.equal(value("data.points", [[0, 0, 1]]), "");
});
