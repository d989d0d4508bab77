/** The run before is one on the same points, and long enough to tell something. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { pastOf } from "../../../static/js/model/past.js";
import { createConfig } from "../catalog.js";

const rows = (last) => Array.from({ length: last + 1 }, (_, epoch) => [epoch, 0.5, 0.6, 0.9, 0.8]);
const state = (last, more = {}) => ({
  good: createConfig(),
  history: rows(last),
  parameters: 105,
  drifted: false,
  past: null,
  ...more,
});
const wider = () => ({ ...createConfig(), batch: 20 });

test("a run that another Config ends is the one before, with all that was seen of it", () => {
  const run = pastOf(state(30), wider());
  assert.deepEqual(run, { config: createConfig(), history: rows(30), parameters: 105, drifted: false });
});

test("a step on the way is passed over: the run before it stays", () => {
  const past = pastOf(state(300), wider());
  assert.equal(pastOf(state(3, { past, good: wider() }), createConfig()), past);
  assert.equal(pastOf(state(3), wider()), null);
});

test("what learnt other points is nothing to compare with, whether the noise is another or the seed", () => {
  const config = createConfig();
  assert.equal(pastOf(state(300), { ...config, data: { ...config.data, noise: 0.2 } }), null);
  assert.equal(pastOf(state(300), { ...config, seeds: { data: 1, run: 0 } }), null);
  assert.notEqual(pastOf(state(300), { ...config, seeds: { data: 0, run: 1 } }), null);
});

test("before anything was opened there is none", () => {
  assert.equal(pastOf(state(0, { good: null, history: [] }), createConfig()), null);
});
