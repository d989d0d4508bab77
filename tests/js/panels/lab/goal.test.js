/** A goal in words: quantities as the page writes them, names as the catalog has them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { conditionWords, valueWords } from "../../../../static/js/panels/lab/goal.js";

const page = /** @type {any} */ ({
  catalog: { neurons: [{ name: "linear", label: "Linear" }], activations: [] },
  language: {
    say: (key, values = {}) => (key === "lab.comma" ? ", " : `${key}(${Object.values(values).join("|")})`),
    translate: (place, label) => (place === "neurons.linear" ? "线性" : label),
  },
});

test("shares are percentages, counts are counts, other numbers are as they are set", () => {
  assert.equal(valueWords(page, "test_accuracy", 0.956), "95.6%");
  assert.equal(valueWords(page, "parameters", 1234), "1,234");
  assert.equal(valueWords(page, "learning_rate", 0.03), "0.03");
  assert.equal(valueWords(page, "test_accuracy", null), "–");
  assert.equal(valueWords(page, "test_loss", 0.545157), "0.5452");
  assert.equal(valueWords(page, "test_loss", 0.6), "0.6");
});

test("names are translated, and an unknown one stands as it is", () => {
  assert.equal(valueWords(page, "neurons", ["linear", "wave"]), "线性, wave");
  assert.equal(valueWords(page, "activations", []), "lab.none()");
});

test("a condition says what, how and how much", () => {
  assert.equal(conditionWords(page, { what: "epoch", at_least: 40 }), "lab.at_least(lab.what_epoch()|40)");
  assert.equal(conditionWords(page, { what: "neurons", only: ["linear"] }), "lab.only(lab.what_neurons()|线性)");
});
