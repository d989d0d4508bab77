/** Where classes meet: told at the screen's own pixels, and as a line that goes through where scores are equal. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { borderLine, borders, drawBorders, drawClasses, scoresOf } from "../../../static/js/draw/borders.js";
import { argumentsOf, createImage, createRecorder, pixelsOf } from "../recorder.js";

const IDENTITY = Uint32Array.from({ length: 256 }, (_, value) => value);
const SIDE = 20;

/** Scores on the middles of SIDE by SIDE cells of the square from 0 to 1, y downwards. */
function sampled(score) {
  return Float32Array.from({ length: SIDE * SIDE }, (_, at) =>
    score(((at % SIDE) + 0.5) / SIDE, (Math.floor(at / SIDE) + 0.5) / SIDE),
  );
}

/** The ends of all pieces as shares of the side. */
function endsOf(scores) {
  const numbers = borders(scores, SIDE).map((value) => value / 65535);
  return Array.from({ length: numbers.length / 2 }, (_, at) => numbers.slice(2 * at, 2 * at + 2));
}

const lengthOf = (scores) => {
  const ends = endsOf(scores);
  let sum = 0;
  for (let at = 0; at < ends.length; at += 2) {
    sum += Math.hypot(ends[at][0] - ends[at + 1][0], ends[at][1] - ends[at + 1][1]);
  }
  return sum;
};

test("two classes meet where z is 0: on a slanted line, from edge to edge", () => {
  const scores = [new Float32Array(SIDE * SIDE), sampled((x, y) => x + 0.3 * y - 0.62)];
  assert.ok(endsOf(scores).length > 2 * SIDE);
  for (const [x, y] of endsOf(scores)) assert.ok(Math.abs(x + 0.3 * y - 0.62) < 1e-4);
  const rows = endsOf(scores).map(([, y]) => y);
  assert.deepEqual([Math.min(...rows), Math.max(...rows)], [0, 1]);
});

test("a circle is as long as it should be, however steep z is", () => {
  for (const steep of [1, 1000]) {
    const z = sampled((x, y) => steep * (0.3 - Math.hypot(x - 0.5, y - 0.5)));
    const length = lengthOf([new Float32Array(SIDE * SIDE), z]);
    assert.ok(Math.abs(length - 2 * Math.PI * 0.3) < 0.02, `${length}`);
  }
});

test("three classes meet at one place, and each border ends there", () => {
  // Each is ahead in a third of the plane around the middle: three rays, of which none goes on beyond it.
  const ray = (turn) => sampled((x, y) => Math.cos(turn) * (x - 0.5) + Math.sin(turn) * (y - 0.5));
  const scores = [0, 1, 2].map((third) => ray((2 * Math.PI * third) / 3 + 0.1));
  const length = lengthOf(scores);
  const [first, ...others] = [1, 3, 5].map((half) => (Math.PI * half) / 3 + 0.1);
  const toEdge = (turn) => 0.5 / Math.max(Math.abs(Math.cos(turn)), Math.abs(Math.sin(turn)));
  const expected = [first, ...others].reduce((sum, turn) => sum + toEdge(turn), 0);
  assert.ok(Math.abs(length - expected) < 0.03, `${length} for ${expected}`);
  for (const [x, y] of endsOf(scores)) {
    const values = [0, 1, 2].map((third) => {
      const turn = (2 * Math.PI * third) / 3 + 0.1;
      return Math.cos(turn) * (x - 0.5) + Math.sin(turn) * (y - 0.5);
    });
    const [best, second] = values.toSorted((a, b) => b - a);
    assert.ok(best - second < 1e-4);
  }
});

test("where one class has it all there is no line", () => {
  assert.deepEqual(borders([new Float32Array(4), new Float32Array(4).fill(3)], 2), []);
  const context = createRecorder();
  drawBorders(context, [], 100, { ink: "#000", line: 1 });
  assert.deepEqual(context.calls, []);
});

test("the line is drawn from end to end in the ink it is given", () => {
  const context = createRecorder();
  const z = Float32Array.from([-1, 1, -1, 1]);
  drawBorders(context, [new Float32Array(4), z], 100, { ink: "#123456", line: borderLine(100) });
  assert.deepEqual(argumentsOf(context, "strokeStyle="), [["#123456"]]);
  for (const [x] of [...argumentsOf(context, "moveTo"), ...argumentsOf(context, "lineTo")]) {
    assert.ok(Math.abs(x - 50) < 0.01);
  }
});

test("a class chooses its palette at each pixel of the screen, and the chance the place in it", () => {
  const image = createImage(40);
  const palettes = [IDENTITY, IDENTITY.map((value) => value + 1000), IDENTITY.map((value) => value + 2000)];
  // Equal a quarter of the way from the left middle to the right one; nobody asks for the third.
  const scores = [Float32Array.from([0, -3, 0, -3]), Float32Array.from([-1, 0, -1, 0]), new Float32Array(4).fill(-9)];
  const field = new Uint8Array(4).fill(200);
  drawClasses(createRecorder(), { field, scores, side: 2, palettes, image });
  const row = [...pixelsOf(image)].slice(0, 40);
  assert.deepEqual(new Set(row), new Set([200, 1200]));
  assert.ok(Math.abs(row.indexOf(1200) - 15) <= 1, `${row.indexOf(1200)}`);
});

test("a border through next to nothing does not tremble with the steps of its bytes", () => {
  const side = 60;
  // A slanted line, from which z grows by one byte in a cell and a half.
  const byte = (at) => Math.round(127.5 + ((at % side) + 0.4 * Math.floor(at / side) - 42.3) / 1.5);
  const arrays = {
    output: { shape: [side, side], data: Uint8Array.from({ length: side * side }, (_, at) => byte(at)) },
    output_range: { shape: [2], data: Float32Array.from([-0.8, 0.8]) },
  };
  const pieces = borders(scoresOf({ arrays }, "output", "classification"), side).map((at) => (at / 65535) * side - 0.5);
  const off = Array.from({ length: pieces.length / 2 }, (_, end) => pieces[2 * end] + 0.4 * pieces[2 * end + 1] - 42.3);
  assert.ok(off.length > 80);
  assert.ok(Math.max(...off.map(Math.abs)) < 0.25, `${Math.max(...off.map(Math.abs))} of a cell`);
});

test("scores are read from a frame: z of two classes, how far each is behind of more, none of values", () => {
  const tensor = (shape, data) => ({ shape, data });
  const two = {
    "decision.0": tensor([2, 2], Uint8Array.from([0, 255, 128, 127])),
    "decision_range.0": tensor([2], Float32Array.from([-2, 2])),
  };
  const [zero, z] = scoresOf({ arrays: two }, "decision.0", "classification");
  assert.deepEqual([...zero], [0, 0, 0, 0]);
  assert.ok(Math.abs(z[0] + 2) < 1e-6 && Math.abs(z[1] - 2) < 1e-6 && z[2] > 0 && z[3] < 0);
  assert.deepEqual(scoresOf({ arrays: two }, "decision.0", "regression"), []);
  const three = {
    output: tensor([1, 1], Uint8Array.from([90])),
    output_range: tensor([2], Float32Array.from([0, 1])),
    output_scores: tensor([3, 1, 1], Uint8Array.from([0, 255, 254])),
    output_scores_range: tensor([2], Float32Array.from([-5, 0])),
  };
  const behind = scoresOf({ arrays: three }, "output", "classification").map(([score]) => score);
  assert.ok(Math.abs(behind[0] + 5) < 1e-5);
  assert.equal(behind[1], 0);
  assert.ok(behind[2] < 0 && behind[2] > -0.02);
});
