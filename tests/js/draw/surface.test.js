/** Fields become pictures: values interpolated, zero in the middle of the ramp, classes kept apart. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  centredColours,
  drawSurface,
  scoresOfBytes,
  shareColours,
  squashed,
  upscale,
} from "../../../static/js/draw/surface.js";
import { argumentsOf, createImage, createRecorder, pixelsOf } from "../recorder.js";

const IDENTITY = Uint32Array.from({ length: 256 }, (_, value) => value);

test("a field of the canvas' own size is copied cell by cell", () => {
  const field = Uint8Array.from([10, 20, 30, 40]);
  const out = new Uint32Array(4);
  upscale(field, 2, IDENTITY, out, 2);
  assert.deepEqual([...out], [10, 20, 30, 40]);
});

test("values between two cells are interpolated, and beyond the outermost they go on as straight", () => {
  const field = Uint8Array.from([0, 100, 0, 100]);
  const out = new Uint32Array(16);
  upscale(field, 2, IDENTITY, out, 4);
  assert.deepEqual([...out.slice(0, 4)], [0, 25, 75, 125]);
});

test("rows run from the top", () => {
  const out = new Uint32Array(16);
  upscale(Uint8Array.from([0, 0, 200, 200]), 2, IDENTITY, out, 4);
  assert.deepEqual([out[0], out[4], out[8], out[12]], [0, 50, 150, 250]);
});

test("zero has the middle of the ramp and the larger end one of its ends", () => {
  const colours = centredColours(IDENTITY, -1, 3);
  assert.equal(colours[255], 255);
  assert.equal(colours[64], 128);
  assert.equal(colours[0], 85);
});

test("a constant of zero has the middle of the ramp", () => {
  assert.equal(centredColours(IDENTITY, 0, 0)[0], 128);
});

test("a surface is put on its context through the image that it was given", () => {
  const context = createRecorder();
  const image = createImage(2);
  drawSurface(context, { field: Uint8Array.from([1, 2, 3, 4]), side: 2, colours: IDENTITY, image });
  assert.deepEqual(argumentsOf(context, "putImageData"), [[image, 0, 0]]);
  assert.deepEqual([...pixelsOf(image)], [1, 2, 3, 4]);
});

test("bytes are read by a sinh between their two ends", () => {
  const numbers = scoresOfBytes(-10, 10);
  assert.ok(Math.abs(numbers[0] + 10) < 1e-5 && Math.abs(numbers[255] - 10) < 1e-5);
  // The one below 0 and the one above it: (1 / 255) of asinh 10 = 2.9982 either way.
  assert.ok(Math.abs(numbers[128] - 0.011758) < 1e-5 && Math.abs(numbers[127] + 0.011758) < 1e-5);
});

/** A ramp whose pixels are their own places. */
const place = (/** @type {any} */ map, squash, size) => {
  const out = new Uint32Array(size * size);
  const { field, colours } = squashed(map, IDENTITY, squash);
  upscale(field, map.side, colours, out, size);
  return out;
};

test("between two cells of different classes the border is where z is 0, not halfway", () => {
  // z is -1 on the left and 9 on the right: 0 is a tenth of the way from one middle to the other.
  const ends = [-9, 9];
  const byte = (z) => Math.round(127.5 + (127.5 * Math.asinh(z)) / Math.asinh(9));
  const field = Uint8Array.from([byte(-1), byte(9), byte(-1), byte(9)]);
  const row = place({ field, side: 2, low: ends[0], high: ends[1] }, "sigmoid", 200).subarray(0, 200);
  const border = row.findIndex((value) => value >= 128);
  assert.ok(Math.abs(border - 60) <= 1, `at ${border}`);
});

test("a large z is squashed and never leaves the ramp", () => {
  const field = Uint8Array.from([0, 255, 0, 255]);
  for (const squash of ["sigmoid", "tanh", "margin"]) {
    const row = place({ field, side: 2, low: -1e30, high: 1e30 }, squash, 4);
    assert.deepEqual([row[0], row[3]], [0, 255], squash);
  }
});

test("each output has its own squash", () => {
  const at = (squash) => place({ field: new Uint8Array(4).fill(255), side: 2, low: -0.5, high: 0.5 }, squash, 2)[0];
  assert.ok(Math.abs(at("sigmoid") - 255 / (1 + Math.exp(-0.5))) <= 2);
  assert.ok(Math.abs(at("tanh") - (255 * (1 + Math.tanh(0.5))) / 2) <= 2);
  assert.ok(Math.abs(at("margin") - 255 * 0.75) <= 2);
});

test("shares keep the ramp's ends for 0 and 1", () => {
  const ramp = Uint32Array.from({ length: 256 }, (_, value) => value);
  const colours = shareColours(ramp, 0.2, 0.6);
  assert.deepEqual([colours[0], colours[255]], [51, 153]);
});
