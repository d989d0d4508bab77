/** An answer is told in the reader's own names and numbers, and never as more certain than it is. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { answerText } from "../../../static/js/model/answer.js";
import { Language } from "../../../static/js/text/language.js";
import { createConfig } from "../catalog.js";

const language = new Language("en", { "output.class": "class {class}" }, {});
const classes = (names = []) => ({ task: "classification", classes: 2, class_names: names });

/** @returns {any} */
const state = (layout, data = {}) => ({
  layout,
  config: { ...createConfig(), data: { ...createConfig().data, ...data } },
});

test("of two classes, the likelier with its share", () => {
  assert.equal(answerText(language, state(classes()), [0.97]), "class 1, 97%");
  assert.equal(answerText(language, state(classes()), [0.25]), "class 0, 75%");
});

test("of more, the likeliest, by its name where it has one", () => {
  const named = classes(["setosa", "", "virginica"]);
  assert.equal(answerText(language, state(named), [0.1, 0.2, 0.7]), "virginica, 70%");
  assert.equal(answerText(language, state(named), [0.1, 0.6, 0.3]), "class 1, 60%");
});

test("almost certain is not certain", () => {
  assert.equal(answerText(language, state(classes()), [0.9999]), "class 1, > 99%");
  assert.equal(answerText(language, state(classes()), [0]), "class 0, > 99%");
});

test("a margin is no probability", () => {
  const hinge = state(classes());
  hinge.config.loss = { name: "hinge" };
  assert.equal(answerText(language, hinge, [0.97]), "class 1");
});

test("a value is told in the reader's own numbers, with the name of its column", () => {
  const layout = { task: "regression", class_names: [] };
  const data = { columns: ["size", "age", "price"], units: [0, 1, 6, 0, 1, 6, 300, 0.01, 6] };
  assert.equal(answerText(language, state(layout, data), [0.5]), "price = 350");
  assert.equal(answerText(language, state(layout), [-0.5]), "−0.5");
  const price = { columns: ["year", "mileage", "price"], units: [0, 1, 6, 0, 1, 6, 13000, 0.0001, 6] };
  assert.equal(answerText(language, state(layout, price), [0.0012]), "price = 13,012");
  assert.equal(answerText(language, state(layout, price), [-1.5]), "price = −2,000");
});

test("what is no number is no answer", () => {
  assert.equal(answerText(language, state(classes()), [null]), "");
  assert.equal(answerText(language, state(null), [0.5]), "");
});
