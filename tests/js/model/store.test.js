/** What changes in the state makes its own part of the page dirty, and no other. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { startState } from "../../../static/js/model/state.js";
import { createStore } from "../../../static/js/model/store.js";
import { createConfig } from "../catalog.js";

/** The parts that a change makes dirty, beside those that every change does. */
function dirtied(change) {
  const marked = [];
  const store = createStore(startState(createConfig(), null), { mark: (...parts) => marked.push(...parts) });
  const next = { ...store.state, ...change };
  store.set(next);
  assert.equal(store.state, next);
  for (const always of ["send", "network", "answer", "status"]) assert.ok(marked.includes(always));
  return marked.slice(4);
}

test("each change is drawn where it shows", () => {
  assert.deepEqual(dirtied({ playing: true }), []);
  assert.deepEqual(dirtied({ config: createConfig() }), ["controls", "place", "inspector"]);
  assert.deepEqual(dirtied({ frame: {} }), ["inspector", "readouts"]);
  assert.deepEqual(dirtied({ newest: {} }), ["readouts"]);
  assert.deepEqual(dirtied({ points: {} }), ["points"]);
  assert.deepEqual(dirtied({ inspect: { layer: 0, unit: 1 } }), ["controls"]);
  assert.deepEqual(dirtied({ lens: { open: true, shown: "decision", pairs: [] } }), ["controls", "place"]);
});
