/** The tab keeps what no link holds, as much as there is room for, and gives it to nobody else. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Keeper } from "../../../static/js/page/keeper.js";

let storage;
let full;
let keeper;

/** As the browser's: what is kept stands as properties of its own. */
class Storage {
  getItem(key) {
    return Object.hasOwn(this, key) ? this[key] : null;
  }

  setItem(key, text) {
    if (full) throw new Error("no room");
    this[key] = text;
  }

  removeItem(key) {
    delete this[key];
  }
}

const run = (count) => ({ config: { data: { points: Array(count).fill([0, 0, 0]) } }, draft: null });

beforeEach(() => {
  storage = new Storage();
  full = false;
  keeper = new Keeper(() => storage);
});

test("what is kept is found by its name in the address, and by no other", () => {
  assert.ok(keeper.keep("abc", run(3)));
  assert.deepEqual(keeper.find("?kept=abc&lang=zh").config, run(3).config);
  for (const search of ["?kept=other", "?data=moons", "", null]) assert.equal(keeper.find(search), null);
});

test("the oldest goes where there are too many", () => {
  for (let index = 0; index < 20; index += 1) keeper.keep(`n${index}`, run(1));
  assert.equal(Object.keys(storage).length, 12);
  assert.equal(keeper.find("?kept=n0"), null);
  assert.notEqual(keeper.find("?kept=n19"), null);
  keeper.keep("n19", run(2));
  assert.equal(Object.keys(storage).length, 12);
  assert.equal(keeper.find("?kept=n19").config.data.points.length, 2);
});

test("a page that is given no storage, or no room, says so and works", () => {
  full = true;
  assert.equal(keeper.keep("abc", run(3)), false);
  const barred = new Keeper(() => {
    throw new Error("SecurityError");
  });
  assert.equal(barred.keep("abc", run(3)), false);
  assert.equal(barred.find("?kept=abc"), null);
});

test("what stands there and is no run of ours is none", () => {
  storage["kept-abc"] = "{";
  assert.equal(keeper.find("?kept=abc"), null);
});

test("points are missed until they are in a file, and again when there are others", () => {
  const points = [[0, 0, 1]];
  assert.ok(keeper.misses(points));
  keeper.take(points);
  assert.ok(!keeper.misses([[0, 0, 1]]));
  assert.ok(keeper.misses([[0, 0.5, 1]]));
});
