/** A portrait has the field's colours, and a line of even width where the field is 0. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { blend, coverAt, drawPortrait } from "../../../static/js/draw/portrait.js";
import { argumentsOf, createImage, createRecorder } from "../recorder.js";

const SIZE = 32;
/** Left below 0, right above, the 0 in the middle; the second rises ten times as steeply. */
const gentle = Uint8Array.from({ length: 64 }, (_, at) => 124 + (at % 8));
const steep = Uint8Array.from({ length: 64 }, (_, at) => 92.5 + (at % 8) * 10);

const covered = (field, width) => {
  const values = blend(field, 8, SIZE);
  const row = Array.from({ length: SIZE }, (_, x) => coverAt(values, SIZE, 5 * SIZE + x, width));
  return row.reduce((sum, share) => sum + share, 0);
};

test("values are blended between cells, and 0 lies between the bytes 127 and 128", () => {
  const values = blend(gentle, 8, SIZE);
  assert.ok(values[SIZE / 2 - 1] < 0);
  assert.ok(values[SIZE / 2] > 0);
  assert.equal(values[0], 124 - 127.5);
});

test("the line is as wide as asked for, however steep the field is", () => {
  for (const width of [2, 3]) {
    assert.ok(Math.abs(covered(gentle, width) - width) < 0.3, `${covered(gentle, width)}`);
    assert.ok(Math.abs(covered(steep, width) - width) < 0.3, `${covered(steep, width)}`);
  }
});

test("a field without a zero, or without a slope, has no line", () => {
  assert.equal(covered(new Uint8Array(64).fill(200), 2), 0);
  assert.equal(covered(new Uint8Array(64).fill(127), 2), 0);
});

test("the line has its colour, the rest the field's", () => {
  const image = createImage(SIZE);
  const context = createRecorder();
  const colours = new Uint32Array(256).fill(0xff0000ff);
  drawPortrait(context, { field: gentle, side: 8, colours, image, line: [0, 0, 255], width: 3 });
  const pixel = (x) => [...image.data.slice(x * 4, x * 4 + 4)];
  assert.deepEqual(pixel(0), [255, 0, 0, 255]);
  assert.deepEqual(pixel(SIZE / 2), [0, 0, 255, 255]);
  assert.deepEqual(argumentsOf(context, "putImageData"), [[image, 0, 0]]);
});
