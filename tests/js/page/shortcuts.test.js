/** Keys do their work unless the control in focus needs them itself. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { shortcutFor } from "../../../static/js/page/shortcuts.js";

const press = (key, tag = "BODY", type = "", more = {}) =>
  shortcutFor({ key, modified: false, target: { tag, type, arrows: false }, ...more });

test("space, right arrow and r play, step and reset", () => {
  assert.deepEqual([press(" "), press("ArrowRight"), press("r"), press("R")], ["toggle", "step", "reset", "reset"]);
  assert.deepEqual([press("l"), press("L")], ["toggleLens", "toggleLens"]);
  assert.equal(press("x"), null);
});

test("n and w are the two dice", () => {
  assert.deepEqual(
    [press("n"), press("N"), press("w"), press("W")],
    ["newPoints", "newPoints", "newWeights", "newWeights"],
  );
  assert.equal(press("w", "INPUT", "number"), null);
});

test("a question mark asks for help, but where a text is typed", () => {
  assert.deepEqual([press("?"), press("?", "BUTTON", "button"), press("?", "INPUT", "text")], ["help", "help", null]);
});

test("keys held with a modifier are the browser's", () => {
  assert.equal(press("r", "BODY", "", { modified: true }), null);
});

test("undo and redo are the usual keys, but for a text's own", () => {
  const held = (key, tag, type) => press(key, tag, type, { modified: true, command: true });
  assert.deepEqual([held("z"), held("Z"), held("y")], ["undo", "redo", "redo"]);
  assert.deepEqual([held("z", "BUTTON"), held("z", "INPUT", "range"), held("z", "SELECT")], ["undo", "undo", "undo"]);
  assert.deepEqual([held("z", "TEXTAREA"), held("z", "INPUT", "number"), held("r")], [null, null, null]);
  assert.equal(press("z"), null);
});

test("nothing fires while something is typed or chosen", () => {
  for (const tag of ["SELECT", "TEXTAREA"]) assert.equal(press("r", tag), null);
  assert.equal(press("r", "INPUT", "number"), null);
  assert.equal(press(" ", "INPUT", "text"), null);
});

test("a button keeps its space, a slider its arrows, and both leave the rest", () => {
  assert.equal(press(" ", "BUTTON", "button"), null);
  assert.equal(press("r", "BUTTON", "button"), "reset");
  assert.equal(press("ArrowRight", "INPUT", "range"), null);
  assert.equal(press(" ", "INPUT", "range"), "toggle");
  assert.equal(press(" ", "INPUT", "checkbox"), null);
  assert.equal(press(" ", "SUMMARY"), null);
});

test("a unit in focus moves by arrows", () => {
  const target = { tag: "CANVAS", type: "", arrows: true };
  assert.equal(shortcutFor({ key: "ArrowRight", modified: false, target }), null);
  assert.equal(shortcutFor({ key: " ", modified: false, target }), "toggle");
});
