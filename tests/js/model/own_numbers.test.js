/** The reader's own numbers written out: those that were typed, as finely as they are told apart. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { exactNumber, placeText } from "../../../static/js/model/own_numbers.js";
import { scalingsOf } from "../../../static/js/model/own_units.js";

// Petals from 4.3 to 7.9 and widths from 2 to 4.4, at one scale: 0.9 / 1.8 = 0.5.
const IRIS = { name: "own", columns: ["length", "width", "kind"], units: [6.1, 0.5, 6, 3.2, 0.5, 6] };
const DRAWN = { name: "own", columns: [], units: [] };

test("a point's number is the one that stood in the table", () => {
  const [x, y] = scalingsOf(IRIS);
  for (const number of [4.3, 5.1, 6.1, 7.9])
    assert.equal(exactNumber(x, Number((0.5 * (number - 6.1)).toFixed(6))), number);
  assert.equal(exactNumber(y, -0.6), 2);
});

test("numbers of any size come back", () => {
  const large = { offset: 5_650_000, factor: 0.9 / 4_250_000, decimals: 9 };
  const small = { offset: 3.5e-7, factor: 0.9 / 1e-7, decimals: 6 };
  const scaled = ({ offset, factor, decimals }, number) => Number((factor * (number - offset)).toFixed(decimals));
  for (const number of [1_800_000, 5_200_000, 9_900_000])
    assert.equal(exactNumber(large, scaled(large, number)), number);
  for (const number of [2.5e-7, 3.1e-7]) assert.equal(exactNumber(small, scaled(small, number)), number);
});

test("nothing stays nothing, whatever rounding has left of it", () => {
  const scaling = { offset: 24.995, factor: 0.9 / 44.965, decimals: 6 };
  const scaled = Number((scaling.factor * (0 - scaling.offset)).toFixed(6));
  assert.equal(exactNumber(scaling, scaled), 0);
});

test("points that nobody has measured are where they are", () => {
  assert.equal(exactNumber(scalingsOf(DRAWN)[0], 0.123456), 0.123456);
});

test("a place is told by name, as finely as the plane is wide", () => {
  const layout = { extent: 1, reach: 1.08 };
  assert.equal(placeText({ config: { data: IRIS }, layout }, -0.9, 0), "length = 4.30, width = 3.20");
  const years = { ...IRIS, units: [2000, 0.009, 6, 250_000, 9e-6, 6] };
  assert.equal(placeText({ config: { data: years }, layout }, 0, 0), "length = 2000, width = 250000");
  assert.equal(placeText({ config: { data: DRAWN }, layout }, -0.5, 0), "x = −0.50, y = 0.00");
});
