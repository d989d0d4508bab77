/** The way through the layers: where it is after how long, and where points are between two layers. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { placeAfter, spaceAt } from "../../../../static/js/panels/network/lens_large.js";

test("it rests at each layer, goes either way, and ends where it was sent", () => {
  assert.equal(placeAfter(0, 0, 2), 0);
  assert.equal(placeAfter(800, 0, 2), 0.5);
  // Between 1600 and 2100 ms it is at the first layer, and no nearer to the second.
  assert.deepEqual([placeAfter(1600, 0, 2), placeAfter(2000, 0, 2)], [1, 1]);
  assert.equal(placeAfter(2100 + 800, 0, 2), 1.5);
  assert.deepEqual([placeAfter(9999, 0, 2), placeAfter(9999, 2, 0)], [2, 0]);
  assert.equal(placeAfter(800, 2, 0), 1.5);
  assert.equal(placeAfter(0, 1, 1), 1);
});

const bytes = (...data) => ({ data: Uint8Array.from(data), shape: [data.length] });
const SEEN = {
  facts: { layers: ["input", "0"] },
  arrays: {
    "points.input": bytes(10, 20),
    "points.0": bytes(20, 40),
    "grid.input": bytes(0, 100),
    "grid.0": bytes(200, 100),
  },
};

test("at a layer its own bytes are taken, between two a mixture of theirs", () => {
  assert.equal(spaceAt(SEEN, 1).points, SEEN.arrays["points.0"].data);
  const { points, grid, shape } = spaceAt(SEEN, 0.25);
  assert.deepEqual([...points], [12.5, 25]);
  assert.deepEqual([...grid], [50, 100]);
  assert.deepEqual(shape, [2]);
});

test("beyond what the frame has there is nothing", () => {
  assert.equal(spaceAt(SEEN, 1.5), null);
});
