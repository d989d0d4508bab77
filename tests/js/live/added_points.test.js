/** A stroke says what it adds; whatever else changes says all. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { withoutTold } from "../../../static/js/live/added_points.js";

const [A, B, C] = [
  [0, 0.5, 0],
  [1, -0.5, 1],
  [0.25, 0.125, 1],
];

test("points behind those that the server has are said alone", () => {
  assert.deepEqual(withoutTold([A, B], [A, B, C]), { after: 2, added: [C] });
  assert.deepEqual(withoutTold([A, B], [A, B]), { after: 2, added: [] });
});

test("where others have changed, gone or come before, all are said", () => {
  const all = [A, [1, -0.5, 0], C];
  assert.equal(withoutTold([A, B], all), all);
  for (const points of [[A], [B, A, C], [C, A, B]]) assert.equal(withoutTold([A, B], points), points);
});

test("where nobody knows what the server has, all are said", () => {
  const all = [A, B];
  assert.equal(withoutTold(null, all), all);
});
