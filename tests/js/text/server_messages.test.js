/** The server's sentences become the page's, with their place named as the controls name it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Language } from "../../../static/js/text/language.js";
import { sayServer } from "../../../static/js/text/server_messages.js";
import { createCatalog, createKnob } from "../catalog.js";

const TABLE = {
  "refused.between": "{noun}，{low} 至 {high}，不能是 {value}",
  "refused.unknown": "没有 {name}；有 {known}",
  "refused.word.a whole number": "整数",
  "refused.at": "{place}：{sentence}",
  "refused.line": "第 {line} 行",
  "refused.layer": "第 {layer} 层的{place}",
  "say.busy_full": "{places} 个位置都满了",
};
const catalog = { ...createCatalog(), fields: { "layers.units": createKnob("units"), batch: createKnob("batch") } };
const language = new Language("zh", TABLE, { "fields.layers.units": "单元数", "knobs.degree": "次数" });
const say = (said) => sayServer({ language, catalog }, { message: "English", values: {}, ...said });
const between = { key: "refused.between", values: { noun: "a whole number", low: 1, high: 16, value: "'99'" } };

test("a key has the page's words, values and places included", () => {
  const said = say({ ...between, path: "config.layers[1].units" });
  assert.equal(said, "第 2 层的单元数：整数，1 至 16，不能是 '99'");
  assert.equal(say({ ...between, path: "batch" }), "batch：整数，1 至 16，不能是 '99'");
});

test("a line of a table and a knob have names, too, and what has none keeps its path", () => {
  const start = (path) => say({ ...between, path }).split("：")[0];
  assert.equal(start("line 7"), "第 7 行");
  assert.equal(start("layers[0].neuron.degree"), "第 1 层的次数");
  assert.equal(start("view.inspect"), "view.inspect");
  assert.equal(start(""), "整数，1 至 16，不能是 '99'");
});

test("known names stand where the sentence wants them", () => {
  assert.equal(say({ key: "refused.unknown", values: { name: "'x'" }, known: ["a", "b"] }), "没有 'x'；有 a, b");
});

test("what is no mistake has no place, and numbers are short", () => {
  assert.equal(say({ key: "say.busy_full", values: { places: 0.1 + 0.2 }, path: "x" }), "0.3 个位置都满了");
});

test("a sentence that this page does not know is the server's own", () => {
  assert.equal(say({ key: "refused.invented" }), "English");
});
