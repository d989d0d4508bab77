/** One stop of the Tab key, arrows that go round, and exactly one panel to be seen. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { createTabs, nextTab } from "../../../static/js/widgets/tabs.js";
import { createDocument } from "../dom.js";

let list;
let tabs;
let panels;
let chosen;

beforeEach(() => {
  const root = createDocument();
  const add = (parent, tag, attributes) => {
    const element = root.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    parent.append(element);
    return element;
  };
  list = add(root, "div", { role: "tablist" });
  tabs = ["one", "two"].map((panel) => add(list, "button", { role: "tab", "aria-controls": panel }));
  panels = Object.fromEntries(["one", "two"].map((panel) => [panel, add(root, "div", { id: panel })]));
  root.getElementById = (id) => panels[id];
  chosen = [];
  createTabs(list, (panel) => chosen.push(panel));
});

const press = (tab, key) => {
  let prevented = false;
  list.fire("keydown", { target: tab, key, preventDefault: () => (prevented = true) });
  return prevented;
};

test("a tab that is pressed shows its panel and hides the other", () => {
  tabs[1].fire("click");
  assert.deepEqual([panels.one.hidden, panels.two.hidden], [true, false]);
  assert.deepEqual(
    tabs.map((tab) => [tab.getAttribute("aria-selected"), tab.tabIndex]),
    [
      ["false", -1],
      ["true", 0],
    ],
  );
  assert.deepEqual(chosen, ["two"]);
});

test("an arrow chooses the next tab, moves the focus, and trains no epoch", () => {
  assert.ok(press(tabs[0], "ArrowRight"));
  assert.equal(document.activeElement, tabs[1]);
  assert.deepEqual(chosen, ["two"]);
  assert.ok(!press(tabs[1], "x"));
});

test("arrows go round, Home and End to the ends", () => {
  assert.deepEqual(
    [nextTab(2, 3, "ArrowRight"), nextTab(0, 3, "ArrowLeft"), nextTab(1, 3, "Home"), nextTab(0, 3, "End")],
    [0, 2, 0, 2],
  );
  assert.equal(nextTab(0, 3, "Tab"), null);
});
