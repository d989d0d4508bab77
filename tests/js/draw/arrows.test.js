/** Points, axes and arrows stand where their numbers say. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { drawArrows } from "../../../static/js/draw/arrows.js";
import { argumentsOf, createRecorder } from "../recorder.js";

const SCENE = {
  ...{ side: 100, reach: 1, points: [0.5, 0.5], axes: [1, 0], trail: [0, 0, 0.5, 0], arrows: [0.5, 0] },
  ...{ colours: ["#00f"], ink: "#000", soft: "#999", line: 2 },
};

test("the middle of the plane is the middle of the picture, and up is up", () => {
  const context = createRecorder();
  drawArrows(context, SCENE);
  assert.deepEqual(argumentsOf(context, "arc")[0].slice(0, 2), [75, 25]);
  // The axis goes through all of the plane.
  assert.deepEqual(argumentsOf(context, "moveTo")[0], [-50, 50]);
  assert.deepEqual(argumentsOf(context, "lineTo")[0], [150, 50]);
  // The way there.
  assert.deepEqual(argumentsOf(context, "lineTo").slice(1, 3), [
    [50, 50],
    [75, 50],
  ]);
  // The head ends where the weights do.
  assert.deepEqual(argumentsOf(context, "moveTo").at(-1), [75, 50]);
});

test("an arrow that has run away is not drawn", () => {
  const context = createRecorder();
  drawArrows(context, { ...SCENE, points: [], axes: [], trail: [], arrows: [Infinity, 0] });
  assert.deepEqual(argumentsOf(context, "moveTo"), []);
});
