/** A formula without MathML is shown as it is written; with it, in a browser (tests/browser). */
import assert from "node:assert/strict";
import { test } from "node:test";
import { formulaOf } from "../../../static/js/widgets/mathml.js";
import { createDocument } from "../dom.js";

test("a formula without MathML is shown as it is written", () => {
  createDocument();
  const element = formulaOf({ formula: "z = x", formula_mathml: "" });
  assert.equal(element.tagName, "CODE");
  assert.equal(element.textContent, "z = x");
});
