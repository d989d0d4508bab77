/** The chart's geometry by hand. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { doublings, logScale, shareFloor, spread } from "../../../static/js/atlas/scale.js";

test("twice as large is always equally far to the right, and all is within the ends", () => {
  const x = logScale([16, 256], 0, 100);
  assert.ok(Math.abs(x(32) - x(16) - (x(128) - x(64))) < 1e-9);
  assert.ok(x(16) > 0 && x(16) < 10 && x(256) < 100 && x(256) > 90);
});

test("ticks are the powers of two that the sizes reach, a few per cent given", () => {
  assert.deepEqual(doublings([17, 129]), [16, 32, 64, 128]);
  assert.deepEqual(doublings([10, 70]), [16, 32, 64]);
});

test("an axis of shares begins with the tenth below all of them", () => {
  assert.equal(shareFloor([0.97, 0.55]), 0.5);
  assert.equal(shareFloor([0.97]), 0.9);
  assert.equal(shareFloor([1]), 0.9);
  assert.equal(shareFloor([0, 1]), 0);
  assert.equal(shareFloor([0.5, 1]), 0.4);
});

test("labels keep their places where there is room, and make room where there is none", () => {
  assert.deepEqual(spread([10, 50], 12, 0, 100), [10, 50]);
  assert.deepEqual(spread([50, 50, 10], 12, 0, 100), [50, 62, 10]);
  assert.deepEqual(spread([99, 98], 12, 0, 100), [100, 88]);
});
