/** A list of numbers follows the network and gives way to the reader's hand. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { createDocument } from "../../dom.js";

createDocument();
const { reachOf, subscripted, WeightList } = await import("../../../../static/js/panels/network/weights.js");

const WEIGHTS = [
  { letter: "W_1", inputs: [1], param: "W", index: [0, 1] },
  { letter: "b", inputs: [], param: "W", index: [0, 2] },
];
const UNIT = { layer: 0, unit: 0, weights: WEIGHTS };
const language = { say: (key, values) => `${key} ${values.letter} ${values.input}` };

let list;
let edits;

beforeEach(() => {
  createDocument();
  edits = [];
  list = new WeightList(language, (of, index, value) => void edits.push([of, index, value]));
  list.build(UNIT, ["x", "y"]);
});

const inputs = () => list.element.querySelectorAll("input");

test("every number has a name, a slider and a field", () => {
  list.show((index) => [0.12345, -3][index]);
  assert.deepEqual(
    inputs().map(({ value }) => value),
    ["0.12345", "0.123", "-3", "−3"],
  );
  assert.equal(inputs()[0].getAttribute("aria-label"), "inspector.weight W 1 y");
  assert.equal(inputs()[3].getAttribute("aria-label"), "inspector.bias b ");
});

test("both slider and field set the number; what is no number is not said", async () => {
  const [slider, field] = inputs();
  list.show(() => 0.7);
  slider.value = "0.7";
  slider.fire("input");
  for (const text of ["4/5", "", "no"]) {
    field.value = text;
    field.fire("input");
    field.fire("change");
    await import("../../../../static/js/text/number.js");
    await new Promise(setImmediate);
  }
  assert.deepEqual(edits, [
    [UNIT, 0, 0.7],
    [UNIT, 0, 0.8],
  ]);
});

test("what is being typed or dragged is left alone until it is let go", () => {
  const [slider, field] = inputs();
  field.value = "0.";
  field.fire("input");
  list.show(() => 1);
  assert.equal(field.value, "0.");
  field.value = "";
  field.fire("change");
  slider.fire("pointerdown");
  slider.value = "0.4";
  list.show(() => 1);
  assert.deepEqual([slider.value, field.value], ["0.4", "1"]);
});

test("until another unit's numbers are there, the list is blank and takes nothing", () => {
  list.show(() => 0.7);
  assert.ok(inputs().every(({ disabled }) => !disabled));
  list.show(null);
  assert.ok(inputs().every(({ disabled }) => disabled));
  assert.equal(inputs()[1].value, "");
  list.show(() => 0.7);
  assert.ok(inputs().every(({ disabled }) => !disabled));
});

test("a slider reaches past its number, on both sides alike", () => {
  assert.deepEqual([reachOf(0), reachOf(-1.3), reachOf(1.5), reachOf(-100)], [2, 2, 4, 256]);
  list.show(() => -5);
  assert.deepEqual([inputs()[0].min, inputs()[0].max], ["-8", "8"]);
});

test("numbers of letters stand lower", () => {
  assert.deepEqual(
    subscripted("a_1 · a_12").map((part) => (part instanceof Node ? part.textContent : part)),
    ["a", "1", " · a", "12", ""],
  );
});
