/** Axes along the edges of a plane: round numbers where they belong, and names that fit. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { drawAxes } from "../../../static/js/draw/axes.js";
import { argumentsOf, createRecorder } from "../recorder.js";

/** A recorder in which each letter is 6 wide. */
function context() {
  const recorder = createRecorder();
  return new Proxy(recorder, {
    get: (target, name) => (name === "measureText" ? (text) => ({ width: 6 * text.length }) : target[name]),
    set: (target, name, value) => {
      target[name] = value;
      return true;
    },
  });
}

function drawn(more) {
  const pen = context();
  const look = { em: 10, ink: "black", halo: "white", family: "serif" };
  drawAxes(pen, {
    side: 200,
    domains: [
      [-1, 1],
      [-1, 1],
    ],
    names: ["", "", ""],
    ticks: 3,
    ...look,
    ...more,
  });
  return argumentsOf(pen, "fillText");
}

test("the plane of a rule has −1, 0 and 1 on both axes, and one number in their common corner", () => {
  const texts = drawn({});
  assert.deepEqual(
    texts.map(([text]) => text),
    ["−1", "0", "1", "0", "1"],
  );
  assert.equal(texts[1][1], 100);
  assert.equal(texts[3][2], 100);
  for (const [, x, y] of texts) assert.ok(x >= 0 && x <= 200 && y >= 0 && y <= 200);
});

test("the reader's numbers are round ones inside the plane", () => {
  const texts = drawn({
    domains: [
      [4.1, 8.1],
      [1500, 9_900_000],
    ],
    ticks: 4,
  }).map(([text]) => text);
  assert.deepEqual(texts.slice(0, 4), ["5", "6", "7", "8"]);
  for (const text of texts.slice(4)) assert.match(text, /^\d(\.\d)?e6$/);
});

test("a name that is too long is cut with an ellipsis, one that fits is not", () => {
  const long = "a name of a column that nobody can read on a small plane";
  const texts = drawn({ names: [long, "width", ""] }).map(([text]) => text);
  assert.equal(texts.filter((text) => text === "↑ width").length, 1);
  const [cut] = texts.filter((text) => text.endsWith("… →"));
  assert.ok(long.startsWith(cut.slice(0, -3)) && 6 * (cut.length - 2) <= 140, cut);
});
