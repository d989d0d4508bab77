/** What is said of a race: in what its lanes differ, what happens. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { differencesOf, sayOfLane, statusOf } from "../../../static/js/race/said.js";
import { startState } from "../../../static/js/race/state.js";
import { Language } from "../../../static/js/text/language.js";
import { createCatalog } from "../catalog.js";

const TABLE = { "race.key_neuron": "neuron type", "race.comma": ", " };
const language = /** @type {any} */ ({
  table: TABLE,
  say: (/** @type {string} */ key, /** @type {any} */ values) =>
    /** @type {any} */ (TABLE)[key] ?? `${key} ${values?.names ?? values?.sentence ?? ""}`.trim(),
});
const page = /** @type {any} */ ({ language, catalog: {} });

/** @param {object} more */
const stateOf = (more) => /** @type {any} */ ({ ...startState(10), lanes: [{}, {}], connection: "open", ...more });

test("lanes that differ in what a race is about differ only in that; anything else is to be minded", () => {
  assert.equal(differencesOf(page, stateOf({ differences: [] })), "race.alike");
  assert.equal(differencesOf(page, stateOf({ differences: ["neuron"] })), "race.differ neuron type");
  assert.equal(
    differencesOf(page, stateOf({ differences: ["noise", "neuron"] })),
    "race.differ_more noise, neuron type",
  );
});

test("a lost connection is said before anything else", () => {
  const remark = { tone: "calm", key: "status.refused", said: { message: "no", key: "" } };
  assert.equal(statusOf(page, stateOf({ connection: "waiting", remark })), "status.reconnecting");
  assert.equal(statusOf(page, stateOf({ playing: true })), "race.playing");
  assert.equal(statusOf(page, stateOf({})), "race.ready");
});

test("but not before what the server said when it ended it", () => {
  const remark = { tone: "warn", key: "status.busy", said: { message: "It is full.", key: "" } };
  const waits = stateOf({ lanes: [], connection: "waiting", remark });
  assert.match(statusOf(page, waits), /^status\.busy/);
  assert.equal(statusOf(page, { ...waits, connection: "connecting" }), "status.connecting");
});

test("on its way to where its link begins a race is not ready", () => {
  const lanes = [{ epoch: 3 }, { epoch: 5 }];
  assert.equal(statusOf(page, stateOf({ lanes, target: 5 })), "race.replaying");
  assert.equal(statusOf(page, stateOf({ lanes, target: 3 })), "race.ready");
  assert.equal(statusOf(page, stateOf({ lanes, target: null })), "race.ready");
});

test("what the server refuses of a lane is said under its name", () => {
  const words = {
    "bar.neuron": "Neuron",
    "race.lane": "Lane {lane}",
    "refused.at": "{place}: {sentence}",
    "refused.unknown": "there is no {value}",
  };
  const english = /** @type {any} */ ({ language: new Language("en", words, {}), catalog: createCatalog() });
  const refused = (/** @type {string} */ path) =>
    sayOfLane(english, { key: "refused.unknown", values: { value: "nope" }, message: "", path });
  assert.equal(refused("b.neuron"), "Lane B: Neuron: there is no nope");
  assert.equal(refused("lanes.f.neuron"), "Lane F: Neuron: there is no nope");
  assert.equal(refused("neuron"), "Neuron: there is no nope");
});
