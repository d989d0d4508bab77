/** Of a race on the wire, what other machines have not: repetitions. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { RaceSocket } from "../../../static/js/race/socket.js";
import { binary } from "../binary.js";

test("repetitions are handed on with their arrays, and want no answer", () => {
  /** @type {any[]} */
  const heard = [];
  const listener = /** @type {any} */ ({ repetitions: (/** @type {any} */ shown) => heard.push(shown) });
  const first = { link: "?b.neuron=kan" };
  const socket = new RaceSocket("ws://here/live", listener, /** @type {any} */ ({}), first, first);
  socket.hear(binary("repetitions", { lane: "b", runs: [] }));
  assert.deepEqual(heard, [{ lane: "b", runs: [], arrays: {} }]);
  assert.equal(socket.undrawn, null);
});
