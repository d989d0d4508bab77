/** A part is asked for when it is first drawn, once; where it cannot be had, again after a while. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createLatePart } from "../../../static/js/widgets/late_part.js";

const settle = () => new Promise((done) => setTimeout(done));

test("it is fetched once, however often it is drawn before it is here", async () => {
  const made = {};
  let [loads, draws] = [0, 0];
  const load = async () => {
    loads += 1;
    return made;
  };
  const part = createLatePart(load, () => (draws += 1), assert.fail);
  assert.equal(loads, 0);
  assert.deepEqual([part(), part()], [null, null]);
  await settle();
  assert.deepEqual([part(), loads, draws], [made, 1, 1]);
});

test("where it cannot be had it is not asked for with every frame, but again after a pause", async () => {
  let loads = 0;
  const waits = [];
  const load = async () => {
    loads += 1;
    throw new Error("no answer");
  };
  const part = createLatePart(
    load,
    () => part(),
    (act, milliseconds) => waits.push([act, milliseconds]),
  );
  part();
  await settle();
  part();
  await settle();
  assert.deepEqual([loads, waits.map(([, milliseconds]) => milliseconds)], [1, [5000]]);
  waits[0][0]();
  await settle();
  assert.equal(loads, 2);
});
