/** The reader's own numbers: as they were, by names that were theirs. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { columnsOf, domainsOf, ownNumber, scalingsOf } from "../../../static/js/model/own_units.js";

// Petals from 4.3 to 7.9 and widths from 2 to 4.4, at one scale: 0.9 / 1.8 = 0.5.
const IRIS = { name: "own", columns: ["length", "width", "kind"], units: [6.1, 0.5, 6, 3.2, 0.5, 6] };
const DRAWN = { name: "own", columns: [], units: [] };

test("a number is where it was in the table", () => {
  assert.ok(Math.abs(ownNumber(scalingsOf(IRIS)[0], -0.9) - 4.3) < 1e-12);
});

test("points that nobody has measured are where they are", () => {
  const [, , value] = scalingsOf(DRAWN);
  assert.equal(ownNumber(value, -0.5), -0.5);
  assert.deepEqual(columnsOf(DRAWN), ["", "", ""]);
  assert.deepEqual(scalingsOf({ name: "circles" }), scalingsOf(DRAWN));
});

test("the plane ends where the reader's numbers say, or at its own ends", () => {
  assert.deepEqual(
    domainsOf(IRIS, 1)
      .flat()
      .map((end) => Number(end.toFixed(9))),
    [4.1, 8.1, 1.2, 5.2],
  );
  assert.deepEqual(domainsOf(DRAWN, 6), [
    [-6, 6],
    [-6, 6],
  ]);
});
