/** Marks lie where they should, each on a halo. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { drawTarget, drawValue, drawZeroSet } from "../../../static/js/draw/inspected.js";
import { argumentsOf, createRecorder } from "../recorder.js";

const PEN = { ink: "black", halo: "white", line: 2 };

test("a zero set is drawn in the picture's own size, the halo first", () => {
  const context = createRecorder();
  drawZeroSet(context, { pieces: Uint16Array.of(0, 0, 65535, 65535), side: 100 }, PEN);
  assert.deepEqual(argumentsOf(context, "moveTo"), [[0, 0]]);
  assert.deepEqual(argumentsOf(context, "lineTo"), [[100, 100]]);
  assert.deepEqual(argumentsOf(context, "strokeStyle="), [["white"], ["black"]]);
});

test("a target stands around its place", () => {
  const context = createRecorder();
  drawTarget(context, { x: 10, y: 20 }, 5, PEN);
  assert.deepEqual(argumentsOf(context, "arc"), [[10, 20, 5, 0, 2 * Math.PI]]);
  assert.equal(argumentsOf(context, "lineTo").length, 4);
});

test("a value is written where it can be read, else not at all", () => {
  const pen = { ...PEN, family: "sans-serif", size: 10 };
  const [small, large] = [createRecorder(), createRecorder()];
  drawValue(small, "0.5", 20, pen);
  drawValue(large, "0.5", 40, pen);
  assert.deepEqual(small.calls, []);
  assert.equal(argumentsOf(large, "fillText")[0][0], "0.5");
});
