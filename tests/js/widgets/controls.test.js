/** Every kind of knob gets a control that shows its value and says what was chosen. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { createKnob, createMenu, createSlider, createStepper } from "../../../static/js/widgets/controls.js";
import { createKnob as knobOf } from "../catalog.js";
import { createDocument } from "../dom.js";

const NAMING = { label: "Name", testid: "x" };
let said;
const say = (value) => void said.push(value);
const part = ({ element }, selector) => element.querySelector(selector);

/** What is typed is read a moment later: how is fetched first. */
const read = async () => {
  await import("../../../static/js/text/number.js");
  await new Promise(setImmediate);
};

beforeEach(() => {
  createDocument();
  said = [];
});

test("a menu shows its value and says what is chosen", () => {
  const menu = createMenu(NAMING, [{ value: "a", text: "A" }], say);
  menu.show("a");
  const select = part(menu, "select");
  assert.equal(select.value, "a");
  select.fire("change");
  assert.deepEqual(said, ["a"]);
  menu.enable(false);
  assert.equal(select.disabled, true);
});

test("a menu of things that differ has a word for it that cannot be chosen", () => {
  const menu = createMenu(NAMING, [{ value: "a", text: "A" }], say, () => "mixed");
  menu.show(null);
  assert.equal(part(menu, "select").value, "");
  const [blank] = part(menu, "select").children;
  assert.deepEqual([blank.textContent, blank.hidden], ["mixed", true]);
});

test("a menu shows a value that it does not offer", () => {
  const menu = createMenu(NAMING, [{ value: "1", text: "1/s" }], say, (value) => `${value}/s`);
  menu.show("1");
  assert.equal(part(menu, "select").children.length, 1);
  menu.show("20");
  assert.equal(part(menu, "select").value, "20");
  assert.deepEqual([part(menu, "select").children[0].textContent, part(menu, "select").children.length], ["20/s", 2]);
});

test("a slider shows the value in words a person and a screen reader understand", () => {
  const slider = createSlider(NAMING, knobOf("rate", { low: 0.001, high: 1, scale: "log" }), say);
  slider.show(0.1);
  assert.equal(part(slider, ".field-value").value, "0.1");
  assert.equal(part(slider, "[type=range]").getAttribute("aria-valuetext"), "0.1");
});

test("a slider's number can be typed, with a decimal comma, too, and not beyond its ends", async () => {
  const slider = createSlider(NAMING, knobOf("rate", { low: 0.001, high: 1, scale: "log" }), say);
  slider.show(0.1);
  const typed = part(slider, ".field-value");
  for (const [text, shown] of [
    ["0,0123", "0.0123"],
    ["7", "0.0123"],
  ]) {
    typed.value = text;
    typed.fire("input");
    typed.fire("change");
    await read();
    assert.equal(typed.value, shown);
  }
  assert.deepEqual(said, [0.0123]);
});

test("a slider's name is its own, and leads to it: the number beside it has the same by itself", () => {
  const { element } = createSlider(NAMING, knobOf("rate", { low: 0.001, high: 1, scale: "log" }), say);
  assert.equal(element.querySelector("label").htmlFor, element.querySelector("[type=range]").id);
  assert.equal(element.querySelector("label").textContent, NAMING.label);
  assert.equal(element.querySelector(".field-value").getAttribute("aria-label"), NAMING.label);
});

test("a slider says the value of its position, not the position", () => {
  const slider = createSlider(NAMING, knobOf("rate", { low: 0.001, high: 1, scale: "log" }), say);
  const input = part(slider, "[type=range]");
  input.value = input.max;
  input.fire("input");
  assert.deepEqual(said, [1]);
});

test("a slider leaves the thumb alone while it stands where it should", () => {
  const slider = createSlider(NAMING, knobOf("noise", { step: 0.01 }), say);
  const input = part(slider, "[type=range]");
  input.value = "0.50";
  slider.show(0.5);
  assert.equal(input.value, "0.50");
});

test("a knob of yes and no is a switch, one of choices a menu", () => {
  const toggle = createKnob(NAMING, knobOf("lower", { kind: "bool" }), say);
  const box = part(toggle, "input");
  toggle.show(true);
  assert.deepEqual([box.type, box.checked], ["checkbox", true]);
  box.checked = false;
  box.fire("change");
  const menu = createKnob(NAMING, knobOf("gate", { kind: "choice", choices: ["relu", "gelu"] }), say);
  menu.show("gelu");
  assert.equal(part(menu, "select").value, "gelu");
  assert.deepEqual(said, [false]);
});

test("a menu's options stand in their groups, and those without one by themselves", () => {
  const options = [
    { value: "a", text: "A" },
    { value: "b", text: "B", group: "First" },
    { value: "c", text: "C", group: "Second" },
    { value: "d", text: "D", group: "First" },
  ];
  const select = part(createMenu(NAMING, options, say), "select");
  const read = (one) => (one.tagName === "OPTGROUP" ? [one.label, ...one.children.map(read)] : one.value);
  assert.deepEqual(select.children.map(read), ["a", ["First", "b", "d"], ["Second", "c"]]);
});

test("a menu tells the whole name of what it shows, and what that is", () => {
  const menu = createMenu(
    { ...NAMING, hint: "What it is for." },
    [{ value: "a", text: "A", hint: "First." }],
    say,
    () => "–",
  );
  menu.show("a");
  assert.equal(part(menu, "select").title, "A\nFirst.");
  menu.show(null);
  assert.equal(part(menu, "select").title, "What it is for.");
});

test("a menu's tooltip gets its words when they come", () => {
  let fill;
  const late = (say) => {
    fill = say;
    say("");
  };
  const menu = createMenu({ ...NAMING, hint: "What it is for." }, [{ value: "a", text: "A", hint: late }], say);
  menu.show("a");
  assert.equal(part(menu, "select").title, "A\nWhat it is for.");
  fill("First.");
  assert.deepEqual([part(menu, "select").title, part(menu, "option").title], ["A\nFirst.", "First."]);
});

test("a knob's choices are called what people call them", () => {
  const naming = { ...NAMING, word: (choice) => choice.toUpperCase() };
  const menu = createKnob(naming, knobOf("gate", { kind: "choice", choices: ["relu"] }), say);
  assert.equal(part(menu, "option").textContent, "RELU");
});

test("a knob of a kind that needs more than a control gets none", () => {
  assert.equal(createKnob(NAMING, knobOf("points", { kind: "points", default: [] }), say), null);
});

test("a number is a slider, and a whole number with too many values is typed", async () => {
  assert.notEqual(part(createKnob(NAMING, knobOf("noise"), say), "[type=range]"), null);
  const seed = createKnob(NAMING, knobOf("seed", { kind: "int", low: 0, high: 2 ** 31 }), say);
  assert.equal(part(seed, "[type=range]"), null);
  const input = part(seed, "input");
  input.value = "42";
  input.fire("input");
  seed.show(0);
  assert.equal(input.value, "42", "typing was overwritten");
  input.fire("change");
  await read();
  seed.show(42);
  assert.deepEqual(said, [42]);
  assert.equal(input.value, "42");
});

test("a stepper counts up and down between its ends, and says when it is at one", () => {
  const naming = { ...NAMING, fewer: "fewer", more: "more" };
  const stepper = createStepper(naming, knobOf("units", { kind: "int", low: 1, high: 3 }), say);
  const [fewer, more] = stepper.element.querySelectorAll("button");
  stepper.show(2);
  fewer.fire("click");
  more.fire("click");
  stepper.show(3);
  more.fire("click");
  assert.deepEqual(said, [1, 3, 3]);
  assert.equal(part(stepper, "output").textContent, "3");
  assert.equal(more.getAttribute("aria-disabled"), "true");
  assert.equal(fewer.getAttribute("aria-disabled"), "false");
});

test("a bare control is named for assistive technology", () => {
  const menu = createMenu({ ...NAMING, bare: true }, [], say);
  assert.equal(part(menu, "select").getAttribute("aria-label"), "Name");
  assert.equal(part(menu, ".field-head"), null);
});
