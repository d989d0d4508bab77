/** Canvases and words come to stand where they are told, on a ground of their own. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { drawCollage } from "../../../static/js/draw/collage.js";

test("the ground comes first, then the pieces, then the words, at the ratio asked for", () => {
  const calls = [];
  const context = {
    setTransform: (...given) => calls.push(["setTransform", ...given]),
    fillRect: (...given) => calls.push(["fillRect", context.fillStyle, ...given]),
    drawImage: (...given) => calls.push(["drawImage", ...given]),
    fillText: (...given) => calls.push(["fillText", context.fillStyle, ...given]),
  };
  drawCollage(context, {
    width: 300,
    height: 200,
    ratio: 2,
    ground: "#ffffff",
    ink: "#000000",
    family: "sans-serif",
    pieces: [{ canvas: "unit", x: 10, y: 20, width: 40, height: 40 }],
    captions: [{ text: "Quadratic", x: 30, y: 12, room: 80 }],
  });
  assert.deepEqual(calls, [
    ["setTransform", 2, 0, 0, 2, 0, 0],
    ["fillRect", "#ffffff", 0, 0, 300, 200],
    ["drawImage", "unit", 10, 20, 40, 40],
    ["fillText", "#000000", "Quadratic", 30, 12, 80],
  ]);
  assert.equal(context.font.includes("sans-serif"), true);
});
