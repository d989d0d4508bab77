/** What a host is told of a race. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { factsOf } from "../../../static/js/race/embed.js";
import { startState } from "../../../static/js/race/state.js";

const BODY = { loss: { train: 0.1, test: 0.2 }, accuracy: { train: 1, test: 0.9 } };

/** @param {object} [more] */
const laneOf = (more) => ({ lane: "a", epoch: 5, parameters: 9, solved: null, diverged: null, frame: null, ...more });

test("every lane's facts, and its place once the race is over", () => {
  const lanes = [laneOf({ frame: { body: BODY } }), laneOf({ lane: "b", solved: 3, frame: { body: BODY } })];
  const state = /** @type {any} */ ({ ...startState(10), epochs: 9, lanes });
  const { lanes: told, over } = /** @type {any} */ (factsOf(state));
  assert.equal(over, false);
  assert.deepEqual(told[0], {
    lane: "a",
    epoch: 5,
    parameters: 9,
    ...BODY,
    solved: null,
    diverged: false,
    place: null,
  });
  const end = /** @type {any} */ (factsOf({ ...state, epochs: 5 }));
  assert.deepEqual([end.over, ...end.lanes.map((/** @type {any} */ { place }) => place)], [true, 2, 1]);
});

test("before the first picture nothing is known of a lane's answer", () => {
  const state = /** @type {any} */ ({ ...startState(10), lanes: [laneOf()] });
  const [told] = /** @type {any} */ (factsOf(state)).lanes;
  assert.deepEqual([told.loss, told.accuracy], [null, null]);
});
