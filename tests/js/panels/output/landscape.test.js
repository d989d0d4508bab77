/** The map of the loss: its heights, and what is said of where the weights lie. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { finer, heightsOf, landscapeSentence } from "../../../../static/js/panels/output/landscape.js";
import { Language } from "../../../../static/js/text/language.js";

const { messages } = JSON.parse(readFileSync(new URL("../../../../static/messages/en.json", import.meta.url), "utf8"));
const language = new Language("en", messages, {});

test("a height is the loss's logarithm between the lowest and the highest", () => {
  const { heights, low, high } = heightsOf({ loss: [[0.125, 0.25], [0.5, 2]] }); // biome-ignore format: a map
  assert.deepEqual([low, high], [0.125, 2]);
  assert.deepEqual([...heights], [0, 0.25, 0.5, 1]);
});

test("lines through few places bend: a slope stays straight to the edges, a bowl is round", () => {
  const [side, fine] = [5, 20];
  const grid = (size, height) =>
    Float32Array.from({ length: size * size }, (_, at) =>
      height((at % size) / size + 0.5 / size, Math.floor(at / size) / size + 0.5 / size),
    );
  const off = (height, inner) =>
    finer(grid(side, height), side).map((one, at) => {
      const [x, y] = [at % fine, Math.floor(at / fine)].map((place) => (place + 0.5) / fine);
      return Math.max(Math.abs(x - 0.5), Math.abs(y - 0.5)) < inner ? Math.abs(one - height(x, y)) : 0;
    });
  assert.ok(Math.max(...off((x, y) => 0.2 + 0.3 * x + 0.4 * y, 1)) < 1e-6);
  assert.ok(Math.max(...off((x, y) => (x - 0.5) ** 2 + (y - 0.5) ** 2, 0.2)) < 1e-6);
});

test("what overflows leaves the valley its shades", () => {
  const { heights, high } = heightsOf({ loss: [[1, 1000], [1e30, 1e6]] }); // biome-ignore format: a map
  assert.equal(high, 1e6);
  assert.deepEqual([...heights], [0, 0.5, 1, 1]);
});

test("losses that are all equal, 0 among them, are low everywhere", () => {
  assert.deepEqual([...heightsOf({ loss: [[0.5, 0.5]] }).heights], [0, 0]);
  assert.deepEqual([...heightsOf({ loss: [[0, 0]] }).heights], [0, 0]);
});

test("it says whether the weights lie in a valley, on a slope or on flat ground", () => {
  const say = (loss, center) => landscapeSentence(language, { epoch: 7, loss, center });
  assert.match(say([[0.5, 0.3, 0.6]], 0.3), /weights of epoch 7.* 0.3000.* in a valley/);
  assert.match(say([[0.5, 0.3, 0.1]], 0.3), /at 0.1000: the weights lie on a slope/);
  assert.match(say([[0.7, 0.7001]], 0.7), /It is flat/);
  // Half a hundredth lower is the same to the eye.
  assert.match(say([[0.5, 0.3, 0.2985]], 0.3), /in a valley/);
});
