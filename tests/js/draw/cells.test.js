/** Numbers as squares with sharp edges, set off by lines where there is room for them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { cellBox, drawCells } from "../../../static/js/draw/cells.js";
import { argumentsOf, createImage, createRecorder, pixelsOf } from "../recorder.js";

const RAMP = Uint32Array.from({ length: 256 }, (_, value) => value);

test("each value fills its cell, the lowest with the first colour and the highest with the last", () => {
  const context = createRecorder();
  const image = createImage(4, 4);
  drawCells(context, [-1, 1, 0, 5], 2, { low: -1, high: 1, ramp: RAMP, line: "#fff" }, image);
  const rows = [0, 1, 2, 3].map((row) => [...pixelsOf(image)].slice(row * 4, row * 4 + 4));
  assert.deepEqual(rows, [
    [0, 0, 255, 255],
    [0, 0, 255, 255],
    [128, 128, 255, 255],
    [128, 128, 255, 255],
  ]);
  assert.deepEqual(argumentsOf(context, "fillRect"), []);
});

test("large cells are set off by a line between each two", () => {
  const context = createRecorder();
  drawCells(context, [0, 0, 0, 0], 2, { low: -1, high: 1, ramp: RAMP, line: "#fff" }, createImage(20, 20));
  assert.deepEqual(argumentsOf(context, "fillRect"), [
    [10, 0, 1, 20],
    [0, 10, 20, 1],
  ]);
});

test("a unit's cell is where it is drawn", () => {
  assert.deepEqual(cellBox(5, 3, 3, 30, 60), { left: 20, top: 20, width: 10, height: 20 });
});
