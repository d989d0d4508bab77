/** A field says numbers that it understands, when the reader is done; else it shows the old one again and says why. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { bindNumber } from "../../../static/js/widgets/number_field.js";
import { createDocument } from "../dom.js";

let input;
let taken;
let told;
let show;

beforeEach(() => {
  createDocument();
  input = document.createElement("input");
  taken = [];
  told = [];
  input.addEventListener("typed", ({ detail }) => void told.push(detail?.key ?? null));
  const take = (value) => void taken.push(value);
  show = bindNumber(input, { take, format: String, step: 0.1, range: () => [-2, 2] });
  show(0.25);
});

async function type(text) {
  input.value = text;
  input.fire("input");
  input.fire("change");
  await new Promise(setImmediate);
  await import("../../../static/js/text/number.js");
  await new Promise(setImmediate);
}

test("what is understood is said, and shown as a number", async () => {
  await type("1/2");
  assert.deepEqual([taken, told, input.value], [[0.5], [null], "0.5"]);
});

test("what is not understood changes nothing, and the number of the network stands there again", async () => {
  await type("half");
  assert.deepEqual([taken, told, input.value], [[], ["number.none"], "0.25"]);
});

test("what is out of range is said to be so", async () => {
  await type("2,5");
  assert.deepEqual([taken, told, input.value], [[], ["number.range"], "0.25"]);
});

test("a number half typed is not said and not overwritten; an emptied field shows the number again", async () => {
  input.value = "-";
  input.fire("input");
  show(0.3);
  assert.equal(input.value, "-");
  await type(" ");
  assert.deepEqual([taken, told, input.value], [[], [], "0.3"]);
});

test("Escape gives up what is typed and nothing else", () => {
  let stopped = 0;
  const stopPropagation = () => {
    stopped += 1;
  };
  const press = { key: "Escape", stopPropagation, preventDefault: () => {} };
  input.fire("keydown", press);
  assert.equal(stopped, 0);
  input.value = "9";
  input.fire("input");
  input.fire("keydown", press);
  assert.deepEqual([stopped, input.value, taken], [1, "0.25", []]);
});

test("the arrow keys go by steps, without 0.35000000000000003, and not out of range", () => {
  const press = (key) => input.fire("keydown", { key, preventDefault: () => {} });
  press("ArrowUp");
  press("ArrowDown");
  press("ArrowDown");
  assert.deepEqual(taken, [0.35, 0.25, 0.15]);
  show(2);
  press("ArrowUp");
  assert.equal(input.value, "2");
});
