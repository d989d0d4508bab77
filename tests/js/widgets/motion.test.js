/** What is another now fades in, but for those who ask for little motion. */
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { fadeIn } from "../../../static/js/widgets/motion.js";

const { matchMedia, requestAnimationFrame } = globalThis;

beforeEach(() => {
  globalThis.requestAnimationFrame = (callback) => {
    callback(0);
    return 1;
  };
});

afterEach(() => {
  Object.assign(globalThis, { matchMedia, requestAnimationFrame });
});

/** The opacities of every animation, for a reader with this wish. */
function shown(reduced) {
  globalThis.matchMedia = (query) => ({ matches: reduced && query === "(prefers-reduced-motion: reduce)" });
  const seen = [];
  const animate = (/** @type {any} */ { opacity }) => seen.push(opacity);
  fadeIn(/** @type {any} */ ({ animate }));
  return seen;
}

test("a part comes up from faint to all there, once", () => {
  const [[first, last], ...more] = shown(false);
  assert.ok(first < last);
  assert.deepEqual([last, more], [1, []]);
});

test("nothing moves for those who ask for little motion", () => {
  assert.deepEqual(shown(true), []);
});
