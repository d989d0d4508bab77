/** Numbers keep their width and say no more than they know. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  formatCount,
  formatEnd,
  formatExact,
  formatFixed,
  formatLoss,
  formatPercent,
  formatSetting,
} from "../../../static/js/text/format.js";

test("a loss has four decimals while they say something", () => {
  assert.equal(formatLoss(0.03121), "0.0312");
  assert.equal(formatLoss(0), "0.0000");
  assert.equal(formatLoss(0.0001), "0.0001");
  assert.equal(formatLoss(0.00009), "< 0.0001");
  assert.equal(formatLoss(9.5e-13), "< 0.0001");
  assert.equal(formatLoss(12.3456), "12.346");
  assert.equal(formatLoss(123.456), "123.46");
  assert.equal(formatLoss(123456), "1.2e5");
});

test("a loss that is no number is a dash", () => {
  assert.deepEqual([null, undefined, Number.NaN, Infinity].map(formatLoss), ["–", "–", "–", "–"]);
});

test("a loss that is pointed at is told by its size, however small", () => {
  assert.deepEqual([9.5e-13, 0.00002, 0.5, 0, -1.25].map(formatExact), [
    "9.5e−13",
    "2.0e−5",
    "0.5000",
    "0.0000",
    "−1.2500",
  ]);
});

test("a share is a percentage with one decimal", () => {
  assert.equal(formatPercent(0.9876), "98.8%");
  assert.equal(formatPercent(1), "100.0%");
  assert.equal(formatPercent(null), "–");
});

test("a count has its thousands set apart and no fraction", () => {
  const counts = [0, 7, 29.6, 999, 1000, 12345, 1234567];
  assert.deepEqual(counts.map(formatCount), ["0", "7", "30", "999", "1,000", "12,345", "1,234,567"]);
});

test("a setting shows what a person would write", () => {
  assert.equal(formatSetting(0.1 + 0.2), "0.3");
  assert.equal(formatSetting(0.00001), "0.00001");
  assert.equal(formatSetting(1e-8), "1e−8");
  assert.equal(formatSetting(-0.74), "−0.74");
});

test("an end of a scale has few digits and a true minus sign", () => {
  assert.equal(formatEnd(-0.5678, 2), "−0.57");
  assert.equal(formatEnd(0.0012, 0.01), "1.2e−3");
  assert.equal(formatEnd(12345, 20000), "1.2e4");
});

test("what is nothing beside the span is zero", () => {
  assert.equal(formatEnd(-6e-8, 2), "0");
  assert.equal(formatEnd(0, 0), "0");
});

test("fixed numbers keep their decimals and never show minus zero", () => {
  assert.deepEqual(
    [0.5, -1.256, -0.001, 12345, null].map((value) => formatFixed(value, 2)),
    ["0.50", "−1.26", "0.00", "1.2e4", "–"],
  );
});
