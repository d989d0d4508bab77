/** A gesture is one step, and only so many are kept. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Steps } from "../../../static/js/model/steps.js";

test("a gesture's first change is its step, and none before the first run is", () => {
  let gesture = 1;
  const steps = new Steps(() => gesture);
  steps.note({ config: "asked for", draft: null, good: null });
  for (const config of ["a", "b"]) steps.note({ config, draft: null, good: {} });
  gesture = 2;
  steps.note({ config: "c", draft: [], good: {} });
  assert.deepEqual(steps.done, [
    { config: "a", draft: null },
    { config: "c", draft: [] },
  ]);
  for (gesture = 3; gesture < 200; gesture += 1) steps.note({ config: gesture, draft: null, good: {} });
  assert.deepEqual([steps.done.length, steps.done.at(-1).config], [100, 199]);
});
