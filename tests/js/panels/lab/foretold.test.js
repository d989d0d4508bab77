/** What was foretold is told beside what happened: a choice, a number, a sketch. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  dropGuess,
  foretoldBefore,
  guessOf,
  keepGuess,
  likenessWords,
} from "../../../../static/js/panels/lab/foretold.js";

const language = /** @type {any} */ ({
  say: (key, values = {}) => `${key}(${Object.values(values).join("|")})`,
});

/** @param {string} name @param {Partial<LabStep>[]} steps */
const lab = (name, ...steps) => /** @type {LabSheet} */ (/** @type {any} */ ({ name, steps }));

test("a number is right when it is near enough, and only what was foretold before is told", () => {
  const sheet = lab("try", { title: "How many?", number: { low: 0, high: 40, near: 2, answer: 36 } }, { title: "Run" });
  assert.deepEqual(foretoldBefore(language, sheet, 2), []);
  keepGuess("try", 1, 38);
  assert.deepEqual(foretoldBefore(language, sheet, 1), []);
  assert.deepEqual(foretoldBefore(language, sheet, 2), [{ title: "How many?", words: "lab.was_right(38|36)" }]);
  keepGuess("try", 1, 20);
  assert.deepEqual(foretoldBefore(language, sheet, 2), [{ title: "How many?", words: "lab.was_other(20|36)" }]);
});

test("a sketch is told beside what no line would reach, in whole per cent", () => {
  const sheet = lab("drawn", { title: "Draw" }, { title: "Draw it", sketch: true }, { title: "Run" });
  keepGuess("drawn", 2, { strokes: [], likeness: { alike: 0.934, plain: 0.617 } });
  assert.equal(foretoldBefore(language, sheet, 3).at(-1)?.words, "sketch.alike(93%|62%)");
});

test("a guess that is taken back is not told", () => {
  const sheet = lab("back", { title: "Draw it", sketch: true }, { title: "Run" });
  keepGuess("back", 1, { strokes: [], likeness: null });
  assert.equal(foretoldBefore(language, sheet, 2).length, 1);
  dropGuess("back", 1);
  assert.equal(guessOf("back", 1), undefined);
  assert.deepEqual(foretoldBefore(language, sheet, 2), []);
});

test("a sketch that nothing was compared with is told without numbers", () => {
  assert.equal(likenessWords(language, null, "sketch.alone"), "sketch.alone()");
  assert.equal(likenessWords(language, null, "sketch.waits"), "sketch.waits()");
});
