/** Canvases have as many device pixels as they cover, and are cleared only when that changes. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { contextOf, fitCanvas, imageOf } from "../../../static/js/widgets/canvas.js";
import { createImage } from "../recorder.js";

const createCanvas = () => ({ width: 300, height: 150, getContext: () => ({ createImageData: createImage }) });

test("the backing store is the box times the pixel ratio, and never empty", () => {
  const canvas = createCanvas();
  assert.equal(fitCanvas(canvas, 40, 30.2, 2), true);
  assert.deepEqual([canvas.width, canvas.height], [80, 60]);
  fitCanvas(canvas, 0, 0, 2);
  assert.deepEqual([canvas.width, canvas.height], [1, 1]);
});

test("an equal size does not clear the canvas", () => {
  const canvas = createCanvas();
  fitCanvas(canvas, 40, 40, 1);
  Object.defineProperty(canvas, "width", { get: () => 40, set: () => assert.fail("the canvas was cleared") });
  assert.equal(fitCanvas(canvas, 40, 40, 1), false);
});

test("one image serves until the size changes", () => {
  const canvas = createCanvas();
  fitCanvas(canvas, 10, 10, 1);
  const first = imageOf(canvas);
  assert.equal(imageOf(canvas), first);
  fitCanvas(canvas, 20, 20, 1);
  assert.equal(imageOf(canvas).width, 20);
});

test("a canvas keeps its context, and a browser without one is told", () => {
  const canvas = createCanvas();
  assert.equal(contextOf(canvas), contextOf(canvas));
  assert.throws(() => contextOf({ getContext: () => null }), /no 2d context/);
});
