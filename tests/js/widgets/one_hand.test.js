/** Of two tools for one surface, whoever is taken up puts the other down, and not itself. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { takeSurface, whenTaken } from "../../../static/js/widgets/one_hand.js";

test("the other is put down, and nobody once they are gone", () => {
  const surface = /** @type {HTMLElement} */ (/** @type {unknown} */ (new EventTarget()));
  const [brush, pencil, gone] = [{}, {}, new AbortController()];
  /** @type {string[]} */
  const said = [];
  whenTaken(surface, brush, () => said.push("brush down"), gone.signal);
  whenTaken(surface, pencil, () => said.push("pencil down"), new AbortController().signal);
  takeSurface(surface, brush);
  assert.deepEqual(said, ["pencil down"]);
  takeSurface(surface, pencil);
  assert.deepEqual(said, ["pencil down", "brush down"]);
  gone.abort();
  takeSurface(surface, pencil);
  assert.equal(said.length, 2);
});
