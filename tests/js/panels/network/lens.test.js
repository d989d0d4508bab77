/** The lens says in one sentence what is seen, of the layer that is looked at. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { lensSentence } from "../../../../static/js/panels/network/lens.js";
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

test("without hidden layers it speaks of the features", () => {
  assert.match(say(null, { layers: ["input"], train: [0.58] }), /On the features alone, .* 58.0%/);
});

test("values are explained, not separated", () => {
  assert.match(say(null, { measure: "r_squared", train: [0.02, 0.5, 0.9] }), /explains 90.0% .* 2.0%/);
});
