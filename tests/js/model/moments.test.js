/** A run of any length is kept in bounded memory, evenly, and every kept moment can be reached. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  bytesOf,
  keepMoment,
  MOST_BYTES,
  MOST_MOMENTS,
  momentAt,
  momentFrom,
  recordAt,
  recordFrom,
} from "../../../static/js/model/moments.js";

function frameAt(epoch, bytes = 100, step = epoch * 25) {
  const buffer = new ArrayBuffer(bytes);
  const tensor = () => ({ shape: [8], data: new Uint8Array(buffer, 0, 8) });
  return { body: { epoch, step }, arrays: { output: tensor(), "units.0": tensor() } };
}

const run = (epochs, most, bytes = 100) =>
  epochs.reduce((moments, epoch) => keepMoment(moments, frameAt(epoch, bytes), most), []);
const epochs = (moments) => moments.map(({ frame }) => frame.body.epoch);
const upTo = (last, stride = 1) => Array.from({ length: last / stride + 1 }, (_, index) => index * stride);

test("a message's memory counts once, whatever its arrays", () => assert.equal(bytesOf(frameAt(1, 5000)), 5000));

test("all is kept while there is room", () => assert.deepEqual(epochs(run(upTo(9))), upTo(9)));

for (const last of [100, 1000, 5000]) {
  test(`${last} epochs are kept as 20 moments that span them evenly`, () => {
    const kept = epochs(run(upTo(last), { count: 20, bytes: 1e9 }));
    assert.equal(kept.length, 20);
    assert.deepEqual([kept[0], kept.at(-1)], [0, last]);
    const gaps = kept.slice(1).map((epoch, index) => epoch - kept[index]);
    assert.ok(Math.max(...gaps) <= (4 * last) / 19, String(gaps));
  });
}

test("a run that speeds up is kept evenly by epoch, not by frame", () => {
  const kept = epochs(run([...upTo(100), ...upTo(9900, 100).map((epoch) => epoch + 100)], { count: 30, bytes: 1e9 }));
  assert.ok(kept.filter((epoch) => epoch <= 100).length <= 5, String(kept));
});

test("bytes are bounded, too", () => {
  const kept = run(upTo(300), { count: 1000, bytes: 10_000 }, 1000);
  assert.equal(kept.length, 10);
});

test("the page keeps no more than it says", () => {
  assert.equal(run(upTo(MOST_MOMENTS + 50)).length, MOST_MOMENTS);
  const large = run(upTo(60), undefined, 1e6);
  assert.ok(large.reduce((sum, { bytes }) => sum + bytes, 0) <= MOST_BYTES);
});

test("frames of one epoch are one moment, its newest, and the beginning stays", () => {
  let moments = [frameAt(0, 100, 0), frameAt(0, 100, 3), frameAt(0, 100, 7)].reduce(
    (all, one) => keepMoment(all, one),
    [],
  );
  assert.deepEqual(
    moments.map(({ frame }) => frame.body.step),
    [0, 7],
  );
  const again = frameAt(0, 100, 7);
  moments = keepMoment(moments, again);
  assert.equal(moments.at(-1).frame, again);
  assert.equal(moments.length, 2);
});

test("a run that goes on from earlier forgets what came later", () => {
  assert.deepEqual(epochs(keepMoment(run(upTo(9)), frameAt(6))), upTo(6));
});

test("an epoch leads to the nearest kept moment", () => {
  const moments = run([0, 10, 20, 40]);
  assert.deepEqual(
    [0, 4, 16, 31, 99].map((epoch) => momentAt(moments, epoch).body.epoch),
    [0, 0, 20, 40, 40],
  );
  assert.equal(momentAt([], 3), null);
});

test("steps lead from moment to moment, and past the newest to now", () => {
  const moments = run([0, 10, 20, 30]);
  const [zero, ten, twenty] = moments.map(({ frame }) => frame);
  assert.equal(momentFrom(moments, null, -1), twenty);
  assert.equal(momentFrom(moments, twenty, -1), ten);
  assert.equal(momentFrom(moments, ten, -5), zero);
  assert.equal(momentFrom(moments, ten, 1), twenty);
  assert.equal(momentFrom(moments, twenty, 1), null);
  assert.equal(momentFrom(moments, null, 1), null);
  assert.equal(momentFrom(moments, frameAt(15), 1), twenty);
  assert.equal(momentFrom(moments, frameAt(15), -1), ten);
  assert.equal(momentFrom([], null, -1), null);
});

test("an epoch leads to its nearest record, and steps from there to others", () => {
  const history = [0, 1, 2, 4, 8].map((epoch) => [epoch, 0, 0, 0, 0]);
  assert.deepEqual(
    [-1, 0.4, 1, 2.9, 3.1, 5.9, 6.1, 50].map((epoch) => recordAt(history, epoch)[0]),
    [0, 0, 1, 2, 4, 4, 8, 8],
  );
  assert.deepEqual(
    [
      recordFrom(history, null, -1),
      recordFrom(history, 2, 1),
      recordFrom(history, 2, -9),
      recordFrom(history, 4, 9),
    ].map(([epoch]) => epoch),
    [4, 4, 0, 8],
  );
  assert.equal(recordAt([], 3), null);
  assert.equal(recordFrom([], null, 1), null);
});

test("a lens that came with an earlier frame counts, too", () => {
  const own = { a: { data: new Uint8Array(10) } };
  const lens = { arrays: { b: { data: new Uint8Array(7) } } };
  assert.equal(bytesOf({ arrays: own, lens }), 17);
  assert.equal(bytesOf({ arrays: own, lens: { arrays: own } }), 10);
});
