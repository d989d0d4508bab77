/** A row of knobs follows the chosen entry. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { createPage } from "../../../static/js/page/page.js";
import { Language } from "../../../static/js/text/language.js";
import { createFields, KnobRow } from "../../../static/js/widgets/knobs.js";
import { createCatalog, createKnob, createSpec } from "../catalog.js";
import { createDocument } from "../dom.js";

const LANGUAGE = new Language("zh", {}, { "knobs.degree": "次数" });
const POLYNOMIAL = createSpec("polynomial", [
  createKnob("degree", { kind: "int", low: 1, high: 5 }),
  createKnob("lower_powers", { kind: "bool" }),
]);

let said;
const createRow = (belongs) => new KnobRow(LANGUAGE, "knob-", (...given) => void said.push(given), belongs);
const ids = (row) =>
  row.element
    .querySelectorAll("input")
    .map(({ dataset }) => dataset.testid)
    .filter((id) => !id.endsWith("-typed"));

beforeEach(() => {
  createDocument();
  said = [];
});

/** @returns {any} */
const sliderOf = (row) => row.element.querySelector("[type=range]");

test("each knob has a control with its name, and no other", () => {
  const row = createRow();
  row.show(POLYNOMIAL, { degree: 3, lower_powers: true });
  assert.deepEqual(ids(row), ["knob-degree", "knob-lower-powers"]);
  assert.match(row.element.textContent, /次数lower_powers/);
});

test("another entry has other controls, or none", () => {
  const row = createRow();
  row.show(POLYNOMIAL, { degree: 3, lower_powers: true });
  row.show(createSpec("linear"), {});
  assert.deepEqual(ids(row), []);
});

test("the same entry keeps its controls, so that a slider is not lost while it is dragged", () => {
  const row = createRow();
  row.show(POLYNOMIAL, { degree: 3, lower_powers: true });
  const before = sliderOf(row);
  row.show(POLYNOMIAL, { degree: 4, lower_powers: true });
  assert.equal(sliderOf(row), before);
  assert.equal(before.value, "4");
});

test("a knob says its name and its value", () => {
  const row = createRow();
  row.show(POLYNOMIAL, { degree: 3, lower_powers: true });
  const input = sliderOf(row);
  input.value = "5";
  input.fire("input");
  assert.deepEqual(said, [["degree", 5]]);
});

test("a knob that no control can show is left out, and the others stay", () => {
  const row = createRow();
  row.show(createSpec("own", [createKnob("points", { kind: "points", default: [] }), createKnob("size")]), { size: 1 });
  assert.deepEqual(ids(row), ["knob-size"]);
});

test("what a knob means is told in the entry's own words, else in those for all, else in the server's", async () => {
  const entries = { "knobs.degree.sentence": "all", "knobs.pi_net.degree.sentence": "own" };
  const rest = async () => ({ sentences: { "knobs.polynomial.degree.sentence": "What degree does." } });
  const titleOf = async (name, table) => {
    const language = new Language("zh", {}, table, rest);
    const row = new KnobRow(language, "", () => {});
    row.show(createSpec(name, [createKnob("degree")]), { degree: 1 });
    await language.complete();
    return sliderOf(row).title;
  };
  assert.equal(await titleOf("pi_net", entries), "own");
  assert.equal(await titleOf("polynomial", entries), "all");
  assert.equal(await titleOf("polynomial", {}), "What degree does.");
});

test("every field of a folder has a control that shows its value and says its change", () => {
  const page = createPage({ catalog: createCatalog(), language: LANGUAGE });
  const change = (...given) => void said.push(given);
  const row = createFields(page, "data.", "-x", change, (field) => field !== "count");
  assert.deepEqual(ids(row), ["noise-x", "train-share-x"]);
  row.show((field) => ({ noise: 0.25, train_share: 0.5 })[field]);
  const input = sliderOf(row);
  assert.equal(input.value, "0.25");
  input.value = "0.75";
  input.fire("input");
  assert.deepEqual(said, [["noise", 0.75]]);
});

test("knobs that stand elsewhere are left out", () => {
  const row = createRow((knob) => knob !== "degree");
  row.show(POLYNOMIAL, { degree: 3, lower_powers: true });
  assert.deepEqual(ids(row), ["knob-lower-powers"]);
});
