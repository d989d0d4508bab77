/** What a host is told of a memory. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { factsOf } from "../../../static/js/memory/embed.js";
import { startState } from "../../../static/js/memory/state.js";

test("a host learns where it has ended, and the energy there", () => {
  assert.deepEqual(factsOf(startState(1)), { machine: null, energy: null, overlaps: [], end: null, over: false });
  const end = /** @type {const} */ ({ kind: "pattern", of: [1], wrong: 0, overlap: 1 });
  const state = {
    ...startState(1),
    machine: /** @type {const} */ ("hopfield"),
    energies: [-1, -3],
    overlaps: [1],
    end,
  };
  assert.deepEqual(factsOf(state), { machine: "hopfield", energy: -3, overlaps: [1], end, over: true });
});
