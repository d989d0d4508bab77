/** Lines run where their places are, upwards on the screen, and end at the window's edge. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { drawGrid } from "../../../static/js/draw/grid.js";
import { argumentsOf, createRecorder } from "../recorder.js";

const LOOK = { colour: "grey", line: 2 };

/** A grid of one line in each direction: places across and upwards. */
function draw(first, second) {
  const context = createRecorder();
  const [steps, flat] = [first.length, [...first, ...second]];
  const places = Uint8Array.from([...flat.map(([across]) => across), ...flat.map(([, up]) => up)]);
  drawGrid(context, { places, shape: [2, 2, 1, steps], size: 510, look: LOOK });
  return context;
}

const rounded = (place) => place.map(Math.round);

const MIDDLE = [
  [100, 100],
  [100, 150],
];

test("both families of lines are drawn", () => {
  const context = draw(MIDDLE, [
    [10, 20],
    [30, 20],
  ]);
  assert.deepEqual(argumentsOf(context, "strokeStyle="), [["grey"]]);
  assert.deepEqual(argumentsOf(context, "moveTo").map(rounded), [
    [200, 310],
    [20, 470],
  ]);
  assert.deepEqual(
    argumentsOf(context, "lineTo")
      .map(rounded)
      .map(([x]) => x),
    [200, 60],
  );
  assert.equal(argumentsOf(context, "stroke").length, 1);
});

test("up is up", () => {
  const [[, low]] = argumentsOf(draw(MIDDLE, MIDDLE), "moveTo");
  const [[, high]] = argumentsOf(draw(MIDDLE, MIDDLE), "lineTo");
  assert.ok(high < low);
});

test("a line that leaves the window ends at its edge and begins again where it comes back", () => {
  const places = [
    [100, 100],
    [255, 120],
    [255, 255],
    [120, 255],
    [120, 100],
  ];
  const context = draw(places, MIDDLE.concat(MIDDLE, [MIDDLE[0]]));
  const drawn = context.calls.filter(([name]) => name === "moveTo" || name === "lineTo").slice(0, 4);
  assert.deepEqual(
    drawn.map(([name, x]) => [name, Math.round(x)]),
    [
      ["moveTo", 200],
      ["lineTo", 510],
      ["moveTo", 240],
      ["lineTo", 240],
    ],
  );
});

test("a line that is outside all along is not drawn", () => {
  const beyond = [
    [255, 10],
    [255, 90],
  ];
  const context = draw(beyond, beyond);
  assert.deepEqual([...argumentsOf(context, "moveTo"), ...argumentsOf(context, "lineTo")], []);
});
