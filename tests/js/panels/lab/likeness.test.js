/** How like a sketch is to the network's answer, on pictures whose shares can be counted by hand. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { CELLS, classesOn, likenessOf, regionsOf } from "../../../../static/js/panels/lab/likeness.js";

/** The class in the middle of each cell of the plane from -1 to 1. @param {(x: number, y: number) => number} answer */
function picture(answer) {
  return Array.from({ length: CELLS * CELLS }, (_, cell) => {
    const [column, row] = [cell % CELLS, Math.floor(cell / CELLS)];
    return answer((2 * (column + 0.5)) / CELLS - 1, 1 - (2 * (row + 0.5)) / CELLS);
  });
}

const disc = picture((x, y) => (Math.hypot(x, y) < 0.6 ? 1 : 0));
const halves = picture((x) => (x > 0 ? 1 : 0));
const xor = picture((x, y) => (x * y > 0 ? 1 : 0));
/** Of the square around it. */
const IN_DISC = (Math.PI * 0.6 ** 2) / 4;

/** @param {number} radius @param {number} from @param {number} to in turns @returns {Stroke} */
function arc(radius, from, to) {
  return Array.from({ length: 81 }, (_, index) => {
    const angle = 2 * Math.PI * (from + ((to - from) * index) / 80);
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
}

/** @param {Stroke[]} strokes @param {number[]} classes @param {number} [reach] */
const compared = (strokes, classes, reach = 1) => likenessOf(regionsOf(strokes, reach), classes);

/** @param {number} found @param {number} expected */
const near = (found, expected) => assert.ok(Math.abs(found - expected) < 0.01, `${found} is not about ${expected}`);

test("no stroke is as good as the class that the network answers most", () => {
  for (const [classes, most] of /** @type {[number[], number][]} */ ([
    [disc, 1 - IN_DISC],
    [halves, 0.5],
    [xor, 0.5],
  ])) {
    const { alike, plain } = compared([], classes);
    assert.equal(alike, plain);
    near(plain, most);
  }
});

test("a ring around a disc is alike all over, and one that is too small by what lies between", () => {
  near(compared([arc(0.6, 0, 1)], disc).alike, 1);
  near(compared([arc(0.6, 0, 1)], disc).plain, 1 - IN_DISC);
  // Inside it is all disc; outside it, the larger part is not. And within 8 hundredths of the width a line is astray.
  near(compared([arc(0.3, 0, 1)], disc).alike, 1 - (Math.PI * (0.6 ** 2 - (0.3 - 0.16) ** 2)) / 4);
});

test("a line across parts two halves, and one beside the middle is wrong between them and about itself", () => {
  near(
    compared(
      [
        [
          [0, -1],
          [0, 1],
        ],
      ],
      halves,
    ).alike,
    1,
  );
  near(
    compared(
      [
        [
          [0.5, -1],
          [0.5, 1],
        ],
      ],
      halves,
    ).alike,
    1 - (0.25 + 0.08),
  );
});

test("a line that all but reaches the edges reaches them, and one that stops far off parts nothing", () => {
  near(
    compared(
      [
        [
          [0, -0.94],
          [0, 0.94],
        ],
      ],
      halves,
    ).alike,
    1,
  );
  const { alike } = compared(
    [
      [
        [0, -0.8],
        [0, 0.8],
      ],
    ],
    halves,
  );
  near(alike, 0.5);
});

test("two lines part the corners of XOR, and one does not", () => {
  const [upright, level] = /** @type {Stroke[]} */ ([
    [
      [0, -1],
      [0, 1],
    ],
    [
      [-1, 0],
      [1, 0],
    ],
  ]);
  near(compared([upright, level], xor).alike, 1);
  near(compared([upright], xor).alike, 0.5);
});

test("a ring with a wide gap encloses nothing, and one with a narrow gap is closed", () => {
  const open = compared([arc(0.6, 0, 0.9)], disc);
  near(open.alike, open.plain);
  near(compared([arc(0.6, 0, 0.985)], disc).alike, 1);
});

test("a ring that misses its own beginning, and goes on beside it, is closed", () => {
  const stroke = arc(0.6, 0, 1.1).map(
    ([x, y], index) => /** @type {[number, number]} */ ([x * (1 - index / 1200), y * (1 - index / 1200)]),
  );
  assert.ok(compared([stroke], disc).alike > 0.97);
});

test("strokes that end near each other are joined", () => {
  near(compared([arc(0.6, 0, 0.49), arc(0.6, 0.5, 0.99)], disc).alike, 1);
});

test("a slanted line has no hole", () => {
  const slanted = picture((x, y) => (y > 0.37 * x ? 1 : 0));
  near(
    compared(
      [
        [
          [-1, -0.37],
          [1, 0.37],
        ],
      ],
      slanted,
    ).alike,
    1,
  );
});

test("lines everywhere are like nothing, although each of their meshes is of one class", () => {
  const places = [-0.9, -0.7, -0.5, -0.3, -0.1, 0.1, 0.3, 0.5, 0.7, 0.9];
  const mesh = /** @type {Stroke[]} */ (
    places.flatMap((at) => [
      [
        [at, -1],
        [at, 1],
      ],
      [
        [-1, at],
        [1, at],
      ],
    ])
  );
  // No cell is further than 5 from a line. Lines are right up to 8 from the border: only the border's own cells are free of others.
  assert.ok(compared(mesh, halves).alike < 0.05);
});

test("a line too many takes what is about it, and one along the border takes nothing", () => {
  const border = /** @type {Stroke} */ ([
    [0, -1],
    [0, 1],
  ]);
  const astray = /** @type {Stroke} */ ([
    [0.6, -1],
    [0.6, 1],
  ]);
  const along = /** @type {Stroke} */ ([
    [0.1, -1],
    [0.1, 1],
  ]);
  // 8 cells on both sides, without the middle of the last: 15 columns of 99.
  near(compared([border, astray], halves).alike, 1 - 15 / 99);
  near(compared([border, along], halves).alike, 1);
});

test("places are those of the plane, however far it reaches", () => {
  near(compared([arc(1.2, 0, 1)], disc, 2).alike, 1);
});

test("a mere dot parts nothing", () => {
  near(compared([[[0.2, 0.1]]], halves).alike, 0.5);
});

/** @param {Record<string, Partial<Tensor>>} arrays */
const frame = (arrays) => /** @type {Pick<Frame, "arrays">} */ (/** @type {any} */ ({ arrays }));

test("of two classes it is the second where z is above 0, of values there is none", () => {
  // z from -1 on the left to 1 on the right.
  const arrays = {
    output: { shape: [2, 2], data: new Uint8Array([0, 255, 0, 255]) },
    output_range: { shape: [2], data: new Float32Array([-1, 1]) },
  };
  assert.deepEqual([...(classesOn(frame(arrays), "classification") ?? [])], halves);
  assert.equal(classesOn(frame(arrays), "regression"), null);
});
