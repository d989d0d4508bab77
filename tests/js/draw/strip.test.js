/** The colour scale runs from the first colour to the last. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { drawStrip } from "../../../static/js/draw/strip.js";
import { argumentsOf, createImage, createRecorder, pixelsOf } from "../recorder.js";

const COLOURS = Uint32Array.from({ length: 256 }, (_, value) => value);

test("every row runs from the lowest colour to the highest", () => {
  const context = createRecorder();
  const image = createImage(6, 2);
  drawStrip(context, { colours: COLOURS, image });
  assert.deepEqual([...pixelsOf(image)], [0, 51, 102, 153, 204, 255, 0, 51, 102, 153, 204, 255]);
  assert.deepEqual(argumentsOf(context, "putImageData"), [[image, 0, 0]]);
});
