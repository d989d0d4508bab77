/** Keys stand before the # of a link, whatever stands behind it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { cut, withKeys } from "../../../static/js/text/link.js";

test("keys are put before what stands behind the #", () => {
  assert.equal(withKeys("", "", "at=3"), "at=3");
  assert.equal(withKeys("data=own", "at=3", "lang=zh"), "data=own&at=3&lang=zh");
  assert.equal(withKeys("points=fragment#points=Ad-_", "at=3"), "points=fragment&at=3#points=Ad-_");
});

test("a link falls into what a server is sent and the rest", () => {
  assert.deepEqual(cut("data=xor"), ["data=xor", ""]);
  assert.deepEqual(cut("points=fragment#points=Ad"), ["points=fragment", "#points=Ad"]);
});
