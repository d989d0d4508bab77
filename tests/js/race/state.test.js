/** What each message makes of a race's page. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  epochOf,
  framed,
  linedUp,
  noticed,
  placesOf,
  refused,
  repeated,
  startState,
  stood,
  tallied,
  wanted,
  wasReset,
} from "../../../static/js/race/state.js";

const LANES = ["a", "b"].map((lane) => ({ lane, config: { name: lane }, epoch: 0, solved: null, diverged: null }));
const LINED = {
  lanes: LANES,
  epochs: 30,
  seeds: 20,
  bar: 0.9,
  fresh: "weights",
  budget: null,
  playing: true,
  speed: 5,
};

/** @param {object} [more] */
const begun = (more) => linedUp(startState(10), { ...LINED, resumed: false, ...more });

/** @param {string} lane @param {number} epoch @param {number} start @param {number[]} epochs that it brings */
function frameOf(lane, epoch, start, epochs) {
  const data = new Float64Array(epochs.flatMap((each) => [each, 0.5, 0.6, 0.7, 0.8]));
  const body = { lane, epoch, playing: true, history_start: start };
  return /** @type {any} */ ({ body, arrays: { history: { data, shape: [epochs.length, 5] } } });
}

test("why the first race was refused is still said with the usual one in its place, and no longer with the next", () => {
  const first = linedUp(refused(startState(10), { message: "no" }), { ...LINED, resumed: false });
  assert.equal(first.remark?.said.message, "no");
  assert.equal(linedUp(first, { ...LINED, resumed: false }).remark, null);
});

test("a race is lined up as the server has understood it", () => {
  const state = begun();
  assert.deepEqual([state.epochs, state.bar, state.playing, state.speed], [30, 0.9, true, 5]);
  assert.deepEqual(wanted(state).lanes, [{ name: "a" }, { name: "b" }]);
});

test("a frame is its lane's alone, and its history goes on where it says", () => {
  let state = framed(begun(), frameOf("b", 1, 0, [0, 1]), true);
  state = framed(state, frameOf("b", 3, 1, [1, 2, 3]), true);
  const [a, b] = state.lanes;
  assert.equal(a.frame, null);
  assert.deepEqual(
    b.history.map(([epoch]) => epoch),
    [0, 1, 2, 3],
  );
  assert.equal(b.epoch, 3);
});

test("a frame that was begun before the last word on playing says nothing of it", () => {
  const paused = begun({ playing: false });
  assert.equal(framed(paused, frameOf("b", 1, 0, []), false).playing, false);
  assert.equal(framed(paused, frameOf("b", 1, 0, []), true).playing, true);
});

test("the race's epoch is that of the last lane that runs", () => {
  let state = framed(framed(begun(), frameOf("a", 4, 0, []), true), frameOf("b", 9, 0, []), true);
  assert.equal(epochOf(state), 4);
  state = stood(state, { lane: "a", solved: null, diverged: /** @type {any} */ ({ epoch: 4 }) });
  assert.equal(epochOf(state), 9);
  state = stood(state, { lane: "b", solved: null, diverged: /** @type {any} */ ({ epoch: 9 }) });
  assert.equal(epochOf(state), 9);
});

test("a reset forgets who had solved it", () => {
  const state = stood(begun(), { lane: "b", solved: 7, diverged: null });
  assert.equal(state.lanes[1].solved, 7);
  assert.equal(wasReset(state).lanes[1].solved, null);
});

test("what goes on elsewhere keeps its pictures and its table, what is new does not", () => {
  const tally = { seeds: 5, fresh: "weights", progress: 1, done: true, stopped: false, lanes: [], a_beats_b: 0.5 };
  const state = tallied(framed(begun(), frameOf("a", 4, 0, []), true), tally);
  const resumed = linedUp(state, { ...LINED, resumed: true });
  assert.ok(resumed.lanes[0].frame);
  assert.deepEqual(resumed.tally, tally);
  const fresh = linedUp(state, { ...LINED, resumed: false });
  assert.equal(fresh.lanes[0].frame, null);
  assert.equal(fresh.tally, null);
});

test("what goes on elsewhere is still shown from where its link has it; what is new, from where its own has it", () => {
  const state = begun({ target: 87 });
  assert.equal(linedUp(state, { ...LINED, resumed: true, target: null }).target, 87);
  assert.equal(linedUp(state, { ...LINED, resumed: false, target: null }).target, null);
});

test("a notice that stops the race stops it", () => {
  assert.equal(noticed(begun(), { stops: true }).playing, false);
  assert.equal(noticed(begun(), { stops: false }).playing, true);
});

/** @param {object[]} lanes */
const atTheEnd = (...lanes) =>
  /** @type {any} */ ({
    ...startState(10),
    epochs: 30,
    lanes: lanes.map((lane, index) => ({ lane: "abcdef"[index], epoch: 30, solved: null, diverged: null, ...lane })),
  });
/** @param {number} share */
const right = (share) => ({ frame: { body: { accuracy: { test: share }, loss: { test: 1 } } } });

test("who has solved it first is first, then who is right more often, and who has diverged is last", () => {
  const fallen = { diverged: { epoch: 3 }, ...right(0.9) };
  const state = atTheEnd(right(0.8), { solved: 12, ...right(1) }, fallen, { solved: 7, ...right(0.9) }, right(0.85));
  assert.deepEqual(placesOf(state), { a: 4, b: 2, c: 5, d: 1, e: 3 });
});

test("equals share a place, and of values the smaller loss is first", () => {
  assert.deepEqual(placesOf(atTheEnd({ solved: 7 }, { solved: 7 }, right(0.8))), { a: 1, b: 1, c: 3 });
  const values = (/** @type {number} */ test) => ({ frame: { body: { accuracy: null, loss: { test } } } });
  assert.deepEqual(placesOf(atTheEnd(values(0.2), values(0.1))), { a: 2, b: 1 });
});

test("before the end there is no order", () => {
  assert.equal(placesOf({ ...atTheEnd(right(1), right(0.5)), epochs: 31 }), null);
});

test("another race forgets the repetitions of the one before, a resumed one keeps them", () => {
  const shown = /** @type {any} */ ({ lane: "a", runs: [], arrays: {} });
  const state = repeated(begun(), shown);
  assert.equal(state.chart.over, "seeds");
  assert.deepEqual(linedUp(state, { ...LINED, resumed: false }).repeated, {});
  assert.deepEqual(linedUp(state, { ...LINED, resumed: true }).repeated, { a: shown });
});
