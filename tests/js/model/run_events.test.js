/** A drag is one event, every other change one of its own; what is pointed at is the nearest. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { eventAt, happened } from "../../../static/js/model/run_events.js";

const at = (epoch, path = "batch", value = 1) => ({ epoch, path, value });

test("a drag is one event with its last value, two drags or two settings are two", () => {
  let events = happened([], at(1000));
  events = happened(events, at(1010, "batch", 2));
  assert.deepEqual(events, [at(1010, "batch", 2)]);
  events = happened(events, at(1011, "noise"));
  events = happened(events, at(2000, "noise"));
  assert.deepEqual(
    events.map(({ epoch }) => epoch),
    [1010, 1011, 2000],
  );
});

test("they are bounded, and the newest stay", () => {
  let events = [];
  for (let index = 1; index <= 300; index++) events = happened(events, at(index, `path${index}`));
  assert.equal(events.length, 100);
  assert.equal(events.at(-1).epoch, 300);
});

test("the nearest is found, and nothing where none is near", () => {
  const events = [at(10), at(20), at(22)];
  assert.equal(
    eventAt(events, 21.5, () => true),
    events[2],
  );
  assert.equal(
    eventAt(events, 12, ({ epoch }) => epoch < 15),
    events[0],
  );
  assert.equal(
    eventAt(events, 12, () => false),
    null,
  );
});
