/** A row of knobs follows the chosen entry. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Language } from "../../../static/js/language.js";
import { KnobRow } from "../../../static/js/panels/knobs.js";
import { createKnob, createSpec } from "../catalog.js";
import { createDocument } from "../dom.js";

const LANGUAGE = new Language("zh", {}, { "knobs.degree": "次数" });
const POLYNOMIAL = createSpec("polynomial", [
  createKnob("degree", { kind: "int", low: 1, high: 5 }),
  createKnob("lower_powers", { kind: "bool" }),
]);

let said;
const createRow = (belongs) => new KnobRow(LANGUAGE, "knob-", (...given) => void said.push(given), belongs);
const ids = (row) => row.element.querySelectorAll("input").map(({ dataset }) => dataset.testid);

beforeEach(() => {
  createDocument();
  said = [];
});

test("each knob has a control with its name, and no other", () => {
  const row = createRow();
  row.show(POLYNOMIAL, { degree: 3, lower_powers: true });
  assert.deepEqual(ids(row), ["knob-degree", "knob-lower-powers"]);
  assert.match(row.element.textContent, /次数3lower_powers/);
});

test("another entry has other controls, or none", () => {
  const row = createRow();
  row.show(POLYNOMIAL, { degree: 3, lower_powers: true });
  row.show(createSpec("linear"), {});
  assert.equal(row.empty, true);
  assert.deepEqual(ids(row), []);
});

test("the same entry keeps its controls, so that a slider is not lost while it is dragged", () => {
  const row = createRow();
  row.show(POLYNOMIAL, { degree: 3, lower_powers: true });
  const before = row.element.querySelector("input");
  row.show(POLYNOMIAL, { degree: 4, lower_powers: true });
  assert.equal(row.element.querySelector("input"), before);
  assert.equal(before.value, "4");
});

test("a knob says its name and its value", () => {
  const row = createRow();
  row.show(POLYNOMIAL, { degree: 3, lower_powers: true });
  const input = row.element.querySelector("input");
  input.value = "5";
  input.fire("input");
  assert.deepEqual(said, [["degree", 5]]);
});

test("knobs that stand elsewhere are left out", () => {
  const row = createRow((knob) => knob !== "degree");
  row.show(POLYNOMIAL, { degree: 3, lower_powers: true });
  assert.deepEqual(ids(row), ["knob-lower-powers"]);
});
