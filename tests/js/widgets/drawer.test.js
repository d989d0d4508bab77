/** A drawer closes when the reader turns elsewhere, and gives the focus back. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { make } from "../../../static/js/widgets/dom.js";
import { closeDrawers, createDrawer, watchDrawers } from "../../../static/js/widgets/drawer.js";
import { createDocument } from "../dom.js";

let root;
let inside;
let drawer;

beforeEach(() => {
  root = createDocument();
  inside = make("input");
  drawer = createDrawer("Settings", inside);
  root.append(drawer, make("p"));
  watchDrawers();
  drawer.open = true;
});

test("the button is named and the content is in the panel", () => {
  assert.equal(drawer.querySelector("summary").getAttribute("aria-label"), "Settings");
  assert.equal(drawer.querySelector(".drawer-panel").contains(inside), true);
});

test("a press inside leaves it open, one outside closes it", () => {
  root.fire("pointerdown", { target: inside });
  assert.equal(drawer.open, true);
  root.fire("pointerdown", { target: root.querySelector("p") });
  assert.equal(drawer.open, false);
});

test("Escape closes it and the focus is on its button again", () => {
  inside.focus();
  root.fire("keydown", { key: "a" });
  assert.equal(drawer.open, true);
  root.fire("keydown", { key: "Escape" });
  assert.equal(drawer.open, false);
  assert.equal(root.activeElement, drawer.querySelector("summary"));
});

test("all are closed at once, or those that are meant", () => {
  closeDrawers(() => false);
  assert.equal(drawer.open, true);
  closeDrawers();
  assert.equal(drawer.open, false);
});
