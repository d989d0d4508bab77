/** The lens says in one sentence what is seen, of the layer that is looked at. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { healthSentence, lensSentence, shareOf } from "../../../../static/js/panels/network/lens.js";
import { Language } from "../../../../static/js/text/language.js";

const { messages } = JSON.parse(readFileSync(new URL("../../../../static/messages/en.json", import.meta.url), "utf8"));
const language = new Language("en", messages, {});
const FACTS = { measure: "accuracy", layers: ["input", "0", "1"], train: [0.58, 0.83, 0.97], test: [0.5, 0.8, 0.9] };
const say = (inspect, facts = {}) => lensSentence(language, { inspect }, { ...FACTS, shown: [1, 1, 1], ...facts });

test("the last layer speaks unless another is looked at", () => {
  assert.match(say(null), /After layer 2, .* 97.0% of the training points.* 58.0%/);
  assert.match(say({ layer: 0, unit: 3 }), /After layer 1, .* 83.0%/);
});

test("an output unit, or a layer that the frame does not have yet, counts as the last", () => {
  assert.match(say({ layer: 5, unit: 0 }), /After layer 2,/);
});

test("of a forest the last level that has grown speaks, and no straight line is said to be enough", () => {
  const forest = { inspect: null, config: { forest: {} } };
  const facts = { ...FACTS, shown: [1, 1, 1] };
  assert.match(
    lensSentence(language, { ...forest, frame: { body: { epoch: 1 } } }, facts),
    /^Level 1 answers 83.0% .* 58.0%/,
  );
  const before = lensSentence(language, { ...forest, frame: { body: { epoch: 0 } } }, facts);
  assert.match(before, /^No level has grown yet\. On the features alone, .* 58.0% of the training points\.$/);
});

test("without hidden layers it speaks of the features", () => {
  assert.match(say(null, { layers: ["input"], train: [0.58] }), /On the features alone, .* 58.0%/);
});

test("values are explained, not separated", () => {
  assert.match(say(null, { measure: "r_squared", train: [0.02, 0.5, 0.9] }), /explains 90.0% .* 2.0%/);
});

test("a gradient's bar loses a sixth of its length for each factor of ten, and ends at nothing", () => {
  assert.equal(shareOf(0.5, 0.5), 1);
  assert.ok(Math.abs(shareOf(0.005, 0.5) - 4 / 6) < 1e-12);
  assert.deepEqual([shareOf(0, 1), shareOf(null, 1), shareOf(1e-9, 1)], [0, 0, 0]);
});

test("of the layers' health the worst is said", () => {
  const said = (answer) =>
    healthSentence(language, { gradient: [1, 0.5, 0.4], dead: [0, 0, 0], saturated: [0, 0, 0], ...answer });
  assert.match(said({}), /^Every layer gets a gradient/);
  assert.match(said({ dead: [0.25, 0.5, 0] }), /50.0% of the units of layer 2 are dead/);
  assert.match(said({ gradient: [1e-5, 0.1, 1] }), /Hardly any gradient reaches layer 1/);
  assert.match(said({ saturated: [0.5, 0.75, 0] }), /75.0% of the units of layer 2 are saturated/);
  // The output layer has no activation, and an overflow is no number.
  assert.match(said({ gradient: [null, 1, 1e-9] }), /^Every layer/);
});
