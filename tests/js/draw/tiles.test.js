/** Small pictures in rows, each sharp and in its place. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { drawTiles, tilePlaces } from "../../../static/js/draw/tiles.js";
import { createImage, pixelsOf } from "../recorder.js";

test("pictures stand in rows, as large as the room bears", () => {
  assert.deepEqual(tilePlaces(3, 2, 21, 1), [
    { left: 0, top: 0, side: 10 },
    { left: 11, top: 0, side: 10 },
    { left: 0, top: 11, side: 10 },
  ]);
});

test("each pixel of a picture is a square of its colour", () => {
  /** @type {any[]} */
  const put = [];
  const context = /** @type {any} */ ({
    createImageData: createImage,
    putImageData: (/** @type {any} */ image, /** @type {number} */ x, /** @type {number} */ y) =>
      put.push([image, x, y]),
  });
  const ramp = Uint32Array.from({ length: 256 }, (_, value) => value);
  const tiles = { data: Uint8Array.of(1, 2, 3, 4, 9, 9, 9, 9), shape: [2, 4] };
  drawTiles(context, tiles, [{ left: 5, top: 7, side: 4 }], ramp);
  assert.deepEqual(
    put.map(([, x, y]) => [x, y]),
    [[5, 7]],
  );
  assert.deepEqual([...pixelsOf(put[0][0])], [1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4]);
});
