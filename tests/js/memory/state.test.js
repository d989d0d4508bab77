/** What each message makes of a memory's page. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  bitsOf,
  framed,
  measured,
  noticed,
  refused,
  remembered,
  resized,
  startState,
  unitsOf,
} from "../../../static/js/memory/state.js";

const OPENED = {
  machine: "hopfield",
  settings: { rule: "hebb", side: 2, beta: 0.2, flip: 0 },
  knobs: [],
  patterns: ["1001"],
  start: null,
  link: "side=2",
  playing: false,
  speed: 1,
  epoch: 0,
};

const OPEN = remembered(startState(1), OPENED);

/** @param {number} from @param {number[]} energies @param {object} [more] @param {object} [arrays] */
const frame = (from, energies, more, arrays) =>
  /** @type {any} */ ({
    body: { epoch: 0, step: 1, playing: true, last: 2, overlaps: [0.5], end: null, history_start: from, ...more },
    arrays: { energies: { data: energies }, state: { data: [1, -1, -1, 1] }, ...arrays },
  });

test("energies are added to those that came before, and begin afresh at 0", () => {
  const first = framed(OPEN, frame(0, [-1]), true, false);
  const second = framed(first, frame(1, [-2, -3]), true, false);
  assert.deepEqual(second.energies, [-1, -2, -3]);
  assert.deepEqual(framed(second, frame(0, [-5]), true, false).energies, [-5]);
});

test("a frame that was begun before the last word on playing says nothing of it", () => {
  assert.equal(framed(OPEN, frame(0, [-1]), false, false).playing, false);
  assert.equal(framed(OPEN, frame(0, [-1]), true, false).playing, true);
});

test("a picture from before a drawing takes nothing of it away", () => {
  const drawing = { ...OPEN, units: unitsOf("1111") };
  assert.equal(bitsOf(framed(drawing, frame(0, [-1]), true, true).units), "1111");
  assert.equal(bitsOf(framed(drawing, frame(0, [-1]), true, false).units), "1001");
});

test("weights stay until a memory is shown that has none", () => {
  const weights = { weights: { data: Uint8Array.of(0, 255) }, weights_range: { data: [-0.5, 0.5] } };
  const first = framed(OPEN, frame(0, [-1], {}, weights), true, false);
  assert.equal(first.weights?.most, 0.5);
  assert.equal(framed(first, frame(1, [-2]), true, false).weights, first.weights);
  assert.equal(framed(first, frame(0, [-2]), true, false).weights, null);
});

test("a measurement stays while what it depends on does", () => {
  const told = /** @type {any} */ ({ rule: "hebb", points: [], progress: 1, done: true });
  const state = measured(remembered(startState(1), OPENED), told);
  assert.equal(remembered(state, { ...OPENED, patterns: [] }).measured?.rule, "hebb");
  assert.equal(remembered(state, { ...OPENED, settings: { ...OPENED.settings, flip: 10 } }).measured, null);
});

test("why the first link was refused stays to be read beside the usual memory", () => {
  const state = refused(startState(1), { message: "no" });
  assert.equal(remembered(state, OPENED).remark?.key, "status.refused");
  assert.equal(remembered(refused(remembered(state, OPENED), {}), OPENED).remark, null);
});

test("a notice that stops pauses the clock", () => {
  const state = { ...startState(1), playing: true };
  assert.equal(noticed(state, { stops: true }).playing, false);
  assert.equal(noticed(state, { stops: false }).playing, true);
});

test("bits and units are the same thing", () => {
  assert.deepEqual([...unitsOf("10")], [1, -1]);
  assert.equal(bitsOf([0.3, -0.2, 1]), "101");
});

test("a pattern keeps its figure on a finer and on a coarser grid", () => {
  assert.equal(resized("1001", 4), "1100110000110011");
  assert.equal(resized("1100110000110011", 2), "1001");
  assert.equal(resized("1001", 2), "1001");
});

test("pictures of other machines stay, records are added, and another machine begins with nothing", () => {
  const opened = remembered(startState(1), { ...OPENED, machine: "boltzmann" });
  const table = (/** @type {number[]} */ row) => ({ data: Float32Array.from(row), shape: [1, row.length] });
  const look = (/** @type {number} */ from, /** @type {object} */ arrays) =>
    framed(
      opened,
      /** @type {any} */ ({ body: { epoch: 1, step: 9, playing: true, history_start: from }, arrays }),
      true,
      false,
    );
  const first = look(0, { shown: { data: [1] }, history: table([0, 0.5]) });
  const second = framed(
    first,
    /** @type {any} */ ({
      body: { epoch: 2, step: 18, playing: true, history_start: 1, dreaming: false },
      arrays: { mended: { data: [2] }, history: table([1, 0.25]) },
    }),
    true,
    false,
  );
  assert.deepEqual(Object.keys(second.seen), ["shown", "mended"]);
  assert.deepEqual(second.records, [
    [0, 0.5],
    [1, 0.25],
  ]);
  const other = remembered(second, { ...OPENED, machine: "hebb", settings: {}, patterns: [] });
  assert.deepEqual([other.seen, other.records], [{}, []]);
  assert.deepEqual(other.drawn, { patterns: ["1001"], side: 2 });
});
