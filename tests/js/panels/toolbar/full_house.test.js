/** What a full server leaves to do. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { triesOf } from "../../../../static/js/panels/toolbar/full_house.js";

test("it is tried again when the server says, with some jitter, and not sooner than a lost connection", () => {
  assert.deepEqual(triesOf({ retry_after: 15 }), { from: 15, to: 23 });
  assert.deepEqual(triesOf({ retry_after: 1 }), { from: 4, to: 8 });
  assert.deepEqual(triesOf({}), { from: 4, to: 8 });
});
