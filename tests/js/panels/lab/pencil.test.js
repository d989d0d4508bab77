/** A pencil over a picture of 200 by 100 pixels whose plane reaches from -2 to 2: what is drawn, and whose an event is. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Pencil } from "../../../../static/js/panels/lab/pencil.js";
import { make } from "../../../../static/js/widgets/dom.js";
import { takeSurface } from "../../../../static/js/widgets/one_hand.js";
import { createDocument } from "../../dom.js";

/** @type {any} */
let area;
/** @type {string[]} */
let deeds;
/** @type {Pencil} */
let pencil;
/** @type {Stroke[]} */
let strokes;

const language = { say: (/** @type {string} */ key) => key };

beforeEach(() => {
  createDocument();
  area = make("div");
  area.append(make("div", { class: "cross" }));
  area.getBoundingClientRect = () => ({ left: 10, top: 20, width: 200, height: 100 });
  area.setPointerCapture = () => {};
  deeds = [];
  strokes = [];
  const page = /** @type {any} */ ({
    language,
    store: { state: { layout: { reach: 2, extent: 1 }, config: { data: { columns: [] } } } },
  });
  pencil = new Pencil(page, area, {
    drew: () => deeds.push("drew"),
    left: () => deeds.push("left"),
    lost: () => deeds.push("lost"),
    said: () => {},
  });
});

/** @param {string} type @param {number} clientX @param {number} clientY @param {number} [pointerId] */
function point(type, clientX, clientY, pointerId = 1) {
  area.fire(type, { clientX, clientY, pointerId, button: 0, preventDefault: () => {} });
}

test("a press and a drag are one stroke, in the plane's coordinates, and the next press another", () => {
  pencil.take(strokes);
  point("pointerdown", 110, 70);
  point("pointermove", 160, 45);
  point("pointerup", 160, 45);
  point("pointermove", 200, 45);
  point("pointerdown", 10, 20);
  assert.deepEqual(strokes, [
    [
      [0, 0],
      [1, 1],
    ],
    [[-2, 2]],
  ]);
  assert.deepEqual(deeds, ["drew", "drew", "drew"]);
});

test("a second finger draws nothing, nor does a move of less than a hundredth; outside is the edge", () => {
  pencil.take(strokes);
  point("pointerdown", 110, 70);
  point("pointerdown", 60, 70, 2);
  point("pointermove", 60, 70, 2);
  point("pointermove", 110.4, 70);
  point("pointermove", 400, 70);
  assert.deepEqual(strokes, [
    [
      [0, 0],
      [2, 0],
    ],
  ]);
});

test("put away in the middle of a stroke it draws no more, and the next time goes on with other strokes", () => {
  pencil.take(strokes);
  point("pointerdown", 110, 70);
  pencil.putAway();
  point("pointermove", 160, 70);
  assert.deepEqual(strokes, [[[0, 0]]]);
  assert.equal(area.getAttribute("role"), "img");
  assert.equal(area.className.includes("drawing"), false);
  /** @type {Stroke[]} */
  const others = [];
  pencil.take(others);
  point("pointermove", 160, 70);
  assert.deepEqual(others, []);
  assert.equal(area.getAttribute("role"), "application");
});

test("another tool for the surface is told of once it is taken up, and the pencil's own taking is not", () => {
  pencil.take(strokes);
  assert.deepEqual(deeds, []);
  takeSurface(area, {});
  assert.deepEqual(deeds, ["lost"]);
  pencil.putAway();
  takeSurface(area, {});
  assert.deepEqual(deeds, ["lost"]);
});

test("keys with Control are the page's, and Escape is the way out", () => {
  pencil.take(strokes);
  let kept = 0;
  const event = { preventDefault: () => (kept += 1), stopPropagation: () => {} };
  area.fire("keydown", { key: "ArrowLeft", ctrlKey: true, ...event });
  assert.equal(kept, 0);
  area.fire("keydown", { key: "Escape", ...event });
  assert.deepEqual([deeds, kept], [["left"], 1]);
});
