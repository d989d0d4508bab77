/** A layer's part of the lens: its scores, its axes, and how choosing a unit changes what is asked for. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { beforeEach, test } from "node:test";
import { LensCell, withAxis } from "../../../../static/js/panels/network/lens_cell.js";
import { Language } from "../../../../static/js/text/language.js";
import { createDocument } from "../../dom.js";

const { messages } = JSON.parse(readFileSync(new URL("../../../../static/messages/en.json", import.meta.url), "utf8"));
const CLOSED = { open: true, picture: "decision", pairs: [] };

let asked;
let parent;
let store;

const find = (testid) => parent.querySelector(`[data-testid=${testid}]`);
const create = (layer) => {
  const language = new Language("en", messages, {});
  return new LensCell({ language, store, actions: { look: (change) => void asked.push(change) } }, parent, layer);
};

beforeEach(() => {
  createDocument();
  parent = document.createElement("div");
  store = { state: { lens: CLOSED } };
  asked = [];
});

test("a unit chosen for one axis takes another one with it, and the principal axes come back together", () => {
  assert.deepEqual(withAxis([], 1, "x", 4), [{ layer: 1, x: 4, y: 0 }]);
  assert.deepEqual(withAxis([], 1, "y", 0), [{ layer: 1, x: 1, y: 0 }]);
  const pairs = [
    { layer: 0, x: 1, y: 2 },
    { layer: 1, x: 4, y: 0 },
  ];
  assert.deepEqual(withAxis(pairs, 1, "y", 3), [pairs[0], { layer: 1, x: 4, y: 3 }]);
  assert.deepEqual(withAxis(pairs, 1, "y", null), [pairs[0]]);
});

test("menus of a layer offer its units and ask for a pair", () => {
  const cell = create(1);
  cell.show(3, CLOSED);
  const menu = find("lens-x-1");
  assert.equal(menu.value, "principal");
  menu.value = "2";
  menu.fire("change");
  assert.deepEqual(asked, [{ pairs: [{ layer: 1, x: 2, y: 0 }] }]);
  cell.show(3, { ...CLOSED, pairs: [{ layer: 1, x: 2, y: 0 }] });
  assert.deepEqual([find("lens-x-1").value, find("lens-y-1").value], ["2", "0"]);
});

test("features and a layer of two units have no axes to choose", () => {
  create(-1).show(0, CLOSED);
  create(0).show(2, CLOSED);
  assert.equal(parent.querySelectorAll("select").length, 0);
});

test("scores are said for the eye and for the ear", () => {
  const cell = create(0);
  cell.say({ train: [0.5, 0.97], test: [0.4, 0.9], shown: [1, 0.8] }, 1);
  assert.deepEqual([cell.train.textContent, cell.test.textContent], ["97.0%", "90.0%"]);
  assert.match(cell.element.getAttribute("aria-label"), /Layer 1.*97.0%.*90.0%/);
  assert.match(cell.space.getAttribute("title"), /80.0%/);
});

test("one picture is chosen; where both have room the style sheet shows both", () => {
  const cell = create(0);
  cell.show(3, { ...CLOSED, picture: "space" });
  assert.match(cell.element.className, /shows-space/);
  cell.show(3, CLOSED);
  assert.doesNotMatch(cell.element.className, /shows-space/);
});
