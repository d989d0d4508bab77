/** Colours are read, mixed and packed as the page's tokens write them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { cssColour, mix, parseColour, ramp, rampColour } from "../../../static/js/draw/colour.js";

test("a colour survives reading and writing", () => {
  assert.deepEqual(parseColour(" #1B2230 "), [27, 34, 48]);
  assert.equal(cssColour([27, 34, 48]), "rgb(27, 34, 48)");
});

test("what is not a colour is an error that shows it", () => {
  assert.throws(() => parseColour("var(--ink)"), /#rrggbb: "var\(--ink\)"/);
});

test("mixing goes from one colour to the other", () => {
  assert.deepEqual(mix([0, 0, 0], [200, 100, 50], 0), [0, 0, 0]);
  assert.deepEqual(mix([0, 0, 0], [200, 100, 50], 0.5), [100, 50, 25]);
  assert.deepEqual(mix([0, 0, 0], [200, 100, 50], 1), [200, 100, 50]);
});

test("a ramp passes through its stops and does not leave them", () => {
  const stops = /** @type {const} */ ([
    [255, 0, 0],
    [255, 255, 255],
    [0, 0, 255],
  ]);
  assert.deepEqual(rampColour(stops, 0.5), [255, 255, 255]);
  assert.deepEqual(rampColour(stops, -1), [255, 0, 0]);
  assert.deepEqual(rampColour(stops, 2), [0, 0, 255]);
});

test("a ramp is 256 opaque pixels in the order that ImageData stores them", () => {
  const colours = ramp([
    [1, 2, 3],
    [1, 2, 3],
  ]);
  assert.equal(colours.length, 256);
  assert.deepEqual([...new Uint8Array(colours.buffer, 0, 4)], [1, 2, 3, 255]);
});
