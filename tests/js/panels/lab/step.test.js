/** A guess is typed as numbers are everywhere else on the page. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { readGuess } from "../../../../static/js/panels/lab/step.js";

test("a guess is read with a comma, a true minus sign, as a fraction", () => {
  assert.equal(readGuess("0,5", -1, 1), 0.5);
  assert.equal(readGuess("−0.5", -1, 1), -0.5);
  assert.equal(readGuess("1/2", -1, 1), 0.5);
  assert.equal(readGuess("  ", -1, 1), undefined);
});

test("what is no number, or one out of range, is told in the sentence of every field", () => {
  assert.deepEqual(readGuess("many", 0, 20), { problem: "number.none", values: { text: "many" } });
  const values = { value: "−3", low: "0", high: "20" };
  assert.deepEqual(readGuess("−3", 0, 20), { problem: "number.range", values });
});
