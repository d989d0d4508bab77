/** A unit's membrane and spikes as two paths, against places counted by hand. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { rasterPaths, SPIKES } from "../../../static/js/draw/raster.js";

const RASTER = { threshold: 1, membrane: [0.75, 1.5, -0.5], fired: [false, true, false] };

/** The boxes of a path as [left, top, right, bottom]. @param {string} path */
function boxes(path) {
  return [...path.matchAll(/M([^ ]+) ([^H]+)H([^V]+)V([^H]+)H/g)].map((found) => found.slice(1).map(Number));
}

test("every step has a bar from 0 to its membrane, in its own place", () => {
  const { silent, fired, y } = rasterPaths(RASTER);
  const bars = [...boxes(silent), ...boxes(fired)].sort(([a], [b]) => a - b);
  assert.deepEqual(
    bars.map(([left, , right]) => Math.round(((left + right) / 2) * 10) / 10),
    [0.5, 1.5, 2.5],
  );
  const near = (/** @type {number} */ a, /** @type {number} */ b) => Math.abs(a - b) < 1e-3;
  for (const [step, [, top, , bottom]] of bars.entries()) {
    const level = RASTER.membrane[step];
    assert.ok(near(top, y(Math.max(0, level))) && near(bottom, y(Math.min(0, level))), `${step}`);
  }
});

test("bars over the threshold are those that fired, and only they have a tick above", () => {
  const { fired, silent, spikes } = rasterPaths(RASTER);
  assert.equal(boxes(fired).length, 1);
  assert.equal(boxes(silent).length, 2);
  const [[left, top, right, bottom]] = boxes(spikes);
  assert.ok(left > 1 && right < 2 && top === 0 && bottom < SPIKES);
});

test("all stays in the picture, however far down or up, and the threshold is always in sight", () => {
  for (const membrane of [
    [-20, -25],
    [300, 400],
    [0, 0],
    [null, 0.5],
  ]) {
    const { silent, fired, y } = rasterPaths({ threshold: 1, membrane, fired: membrane.map((u) => (u ?? 0) > 1) });
    for (const [, top, , bottom] of [...boxes(silent), ...boxes(fired)]) {
      assert.ok(top >= SPIKES && bottom <= 1 && top <= bottom);
    }
    assert.ok(y(1) > SPIKES && y(1) < 1);
  }
});
