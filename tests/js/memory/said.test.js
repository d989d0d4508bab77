/** What is said of a memory: what it is shown, and where it has ended, by name. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { leadOf, statusOf } from "../../../static/js/memory/said.js";
import { startState } from "../../../static/js/memory/state.js";
import { Language } from "../../../static/js/text/language.js";

const words = JSON.parse(readFileSync(new URL("../../../static/messages/en.json", import.meta.url), "utf8"));
const language = new Language("en", words.messages, words.entries);
const page = /** @type {any} */ ({ language, catalog: {} });
const SETTINGS = { cue: 2, flip: 20, erase: "none" };

/** @param {object} more */
const stateOf = (more) =>
  /** @type {any} */ ({ ...startState(1), machine: "hopfield", settings: SETTINGS, patterns: ["1"], ...more });

test("before it is played, it says what is shown and how damaged", () => {
  assert.equal(
    leadOf(page, stateOf({})),
    "The memory is shown pattern 2. 20% of its units are flipped. Press play and watch it remember.",
  );
  const drawn = stateOf({ start: "1", settings: { ...SETTINGS, flip: 0, erase: "right" } });
  assert.match(leadOf(page, drawn), /what you have drawn\. Half of it is erased\./);
});

test("an end is named", () => {
  const end = (/** @type {object} */ more) =>
    leadOf(page, stateOf({ epoch: 1, step: 9, end: { kind: "pattern", of: [1], wrong: 0, overlap: 1, ...more } }));
  assert.equal(end({}), "Remembered: pattern 2, exactly, after 1 sweep.");
  assert.equal(end({ wrong: 3 }), "Remembered: pattern 2, but for 3 units, after 1 sweep.");
  assert.match(end({ kind: "negative" }), /negative of pattern 2/);
  assert.match(end({ kind: "mixture", of: [0, 1, 2] }), /mixture of patterns 1, 2, 3/);
  assert.match(end({ kind: "elsewhere" }), /no pattern is; most like pattern 2/);
  assert.match(end({ kind: "elsewhere", of: [] }), /Nothing is stored/);
});

test("a lost connection is said before anything else", () => {
  assert.match(statusOf(page, stateOf({ connection: "waiting", playing: true })), /onnect/);
  const remark = { tone: "warn", key: "status.busy", said: { message: "It is full.", key: "" } };
  assert.match(statusOf(page, stateOf({ connection: "waiting", remark })), /^It is full/);
  assert.equal(statusOf(page, stateOf({ connection: "open", playing: true })), "Remembering, unit by unit.");
});
