/** The store says which fields of the state have changed, and keeps the newest state. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { startState } from "../../../static/js/model/state.js";
import { createStore } from "../../../static/js/model/store.js";
import { createConfig } from "../catalog.js";

function changedBy(change) {
  const told = [];
  const store = createStore(startState(createConfig(), null), { changed: (fields) => told.push(fields) });
  const next = { ...store.state, ...change };
  store.set(next);
  assert.equal(store.state, next);
  return told;
}

test("each change is told by its fields, once", () => {
  assert.deepEqual(changedBy({ playing: true }), [["playing"]]);
  assert.deepEqual(changedBy({ config: createConfig(), frame: {} }), [["config", "frame"]]);
});

test("a state that is equal names no field", () => {
  assert.deepEqual(changedBy({ playing: false }), [[]]);
});
