/** Fields become pictures: values interpolated, zero in the middle of the ramp, classes kept apart. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { centredColours, drawClasses, drawSurface, shareColours, upscale } from "../../../static/js/draw/surface.js";
import { argumentsOf, createImage, createRecorder, pixelsOf } from "../recorder.js";

const IDENTITY = Uint32Array.from({ length: 256 }, (_, value) => value);

test("a field of the canvas' own size is copied cell by cell", () => {
  const field = Uint8Array.from([10, 20, 30, 40]);
  const out = new Uint32Array(4);
  upscale(field, 2, IDENTITY, out, 2);
  assert.deepEqual([...out], [10, 20, 30, 40]);
});

test("values between two cells are interpolated, and the edge keeps the edge's value", () => {
  const field = Uint8Array.from([0, 100, 0, 100]);
  const out = new Uint32Array(16);
  upscale(field, 2, IDENTITY, out, 4);
  assert.deepEqual([...out.slice(0, 4)], [0, 25, 75, 100]);
});

test("rows run from the top", () => {
  const out = new Uint32Array(16);
  upscale(Uint8Array.from([0, 0, 200, 200]), 2, IDENTITY, out, 4);
  assert.deepEqual([out[0], out[4], out[8], out[12]], [0, 50, 150, 200]);
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

test("a class chooses its palette, and the probability the place in it", () => {
  const image = createImage(2);
  const palettes = [IDENTITY, IDENTITY.map((value) => value + 1000)];
  const [field, classes] = [Uint8Array.from([5, 6, 7, 8]), Uint8Array.from([0, 1, 1, 0])];
  drawClasses(createRecorder(), { field, classes, side: 2, palettes, image });
  assert.deepEqual([...pixelsOf(image)], [5, 1006, 1007, 8]);
});

test("shares keep the ramp's ends for 0 and 1", () => {
  const ramp = Uint32Array.from({ length: 256 }, (_, value) => value);
  const colours = shareColours(ramp, 0.2, 0.6);
  assert.deepEqual([colours[0], colours[255]], [51, 153]);
});
