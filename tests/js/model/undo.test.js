/** A gesture is one step, a step leads to another run only where it must, and nothing undone is lost. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Steps } from "../../../static/js/model/steps.js";
import { changesBetween, classesOf, same, takeStep } from "../../../static/js/model/undo.js";
import { createConfig } from "../catalog.js";

const CHANGEABLE = ["batch", "l1", "l2", "optimizer"];

let gesture;
let steps;

const at = (batch, draft = null) => ({ config: { ...createConfig(), batch }, draft, good: createConfig() });

beforeEach(() => {
  gesture = 0;
  steps = new Steps(() => gesture);
});

test("all changes of one gesture are one step", () => {
  steps.note(at(1));
  steps.note(at(2));
  gesture = 1;
  steps.note(at(3));
  gesture = 2;
  assert.equal(takeStep(steps, false, at(4)).config.batch, 3);
  assert.equal(takeStep(steps, false, at(3)).config.batch, 1);
  assert.equal(takeStep(steps, false, at(1)), null);
});

test("what follows an undo in the same gesture is no step, and a new change takes the way forward away", () => {
  steps.note(at(1));
  gesture = 1;
  const step = takeStep(steps, false, at(2));
  steps.note(at(2));
  assert.equal(takeStep(steps, true, step).config.batch, 2);
  gesture = 2;
  takeStep(steps, false, at(2));
  gesture = 3;
  steps.note(at(1));
  assert.equal(takeStep(steps, true, at(9)), null);
});

test("a choice that was refused leaves no step to press through", () => {
  steps.note(at(1));
  gesture = 1;
  steps.note(at(2));
  assert.equal(takeStep(steps, false, at(2)).config.batch, 1);
});

test("what the address asks for at the beginning is no step", () => {
  steps.note({ ...at(1), good: null });
  assert.equal(takeStep(steps, false, at(2)), null);
});

test("a hundred steps are kept", () => {
  for (gesture = 0; gesture < 150; gesture += 1) steps.note(at(gesture));
  let count = 0;
  while (takeStep(steps, false, at(-1))) count += 1;
  assert.equal(count, 100);
});

test("a running run changes where all that differs can, and only then", () => {
  const from = createConfig();
  assert.deepEqual(changesBetween(from, structuredClone(from), CHANGEABLE), []);
  assert.deepEqual(changesBetween(from, { ...from, batch: 3, l1: 0.5 }, CHANGEABLE), [
    ["batch", 3],
    ["l1", 0.5],
  ]);
  assert.equal(changesBetween(from, { ...from, batch: 3, layers: [] }, CHANGEABLE), null);
  assert.equal(changesBetween(from, { ...from, data: { ...from.data, noise: 0.7 } }, CHANGEABLE), null);
});

test("own points change in a running run as long as the network fits their classes", () => {
  const own = (points, more = {}) => {
    const data = { name: "own", points, names: [], task: "classification", count: points.length, noise: 0, ...more };
    return { ...createConfig(), data };
  };
  const two = [
    [0, 0, 0],
    [1, 0, 1],
  ];
  const three = [...two, [0, 1, 2]];
  assert.deepEqual(changesBetween(own(two), own(two.slice(1)), []), [["data.points", two.slice(1)]]);
  assert.equal(changesBetween(own(two), own(three), []), null);
  const named = own(two, { names: ["a", "b", "c"] });
  assert.deepEqual(changesBetween(named, own(three), []), [
    ["data.names", []],
    ["data.points", three],
  ]);
  assert.equal(changesBetween(own(two), own(two, { noise: 0.1 }), []), null);
  assert.equal(changesBetween(own(two), own(two, { task: "regression" }), []), null);
});

test("classes are counted as the server does", () => {
  const data = (labels, names = []) => ({
    points: labels.map((label) => [0, 0, label]),
    names,
    task: "classification",
  });
  assert.deepEqual(
    [[], [0], [0, 3]].map((labels) => classesOf(data(labels))),
    [2, 2, 4],
  );
  assert.equal(classesOf(data([0], ["a", "b", "c"])), 3);
  assert.equal(classesOf({ ...data([0.5]), task: "regression" }), 0);
});

test("plain values are equal all the way down", () => {
  assert.ok(same({ a: [1, { b: null }] }, { a: [1, { b: null }] }));
  const others = [{ a: 1 }, { a: [1] }, { a: [1, { b: 0 }] }, { a: [1, { b: null }], c: 1 }, null, [1]];
  for (const other of others) assert.ok(!same({ a: [1, { b: null }] }, other), JSON.stringify(other));
});
