/** What has no room in a row is found in the drawer, in order, and comes back. */
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { spill } from "../../../static/js/widgets/spill.js";

/** A box whose items are as wide as they say. */
class Box {
  constructor(width, items = []) {
    this.clientWidth = width;
    this.children = items;
  }

  get scrollWidth() {
    return this.children.reduce((sum, { width }) => sum + width, 0);
  }

  get lastElementChild() {
    return this.children.at(-1);
  }

  append(...items) {
    for (const item of items) item.box?.drop(item);
    this.children.push(...items);
    for (const item of items) item.box = this;
  }

  prepend(item) {
    item.box?.drop(item);
    this.children.unshift(item);
    item.box = this;
  }

  drop(item) {
    this.children = this.children.filter((other) => other !== item);
  }

  get names() {
    return this.children.map(({ name }) => name).join("");
  }
}

const real = globalThis.document;
let change;
let row;
let drawer;

class Observer {
  constructor(look) {
    change = look;
  }

  observe() {}
}

beforeEach(() => {
  globalThis.document = { activeElement: null };
  row = new Box(300);
  drawer = new Box(200);
  const item = (name) => ({ name, width: 100, contains: () => false, dataset: {} });
  row.append(...["a", "b", "c"].map(item));
  drawer.append(item("z"));
  spill(row, drawer, Observer, (item) => `control-${/** @type {any} */ (item).name}`);
});

afterEach(() => {
  globalThis.document = real;
});

function at(width) {
  row.clientWidth = width;
  change();
  return `${row.names}|${drawer.names}`;
}

test("what does not fit goes from the row's end before what is in the drawer, in the same order", () => {
  assert.equal(at(300), "abc|z");
  assert.equal(at(299), "abc|z", "a pixel is no reason");
  assert.equal(at(250), "ab|cz");
  assert.equal(at(120), "a|bcz");
  assert.equal(at(50), "|abcz");
});

test("with room, all of it comes back in its order; a row that is not shown stays as it is", () => {
  at(120);
  assert.equal(at(0), "a|bcz");
  assert.equal(at(220), "ab|cz");
  assert.equal(at(400), "abc|z");
});

test("what went there says which control it is, and no longer when it is back", () => {
  const marked = () => [...row.children, ...drawer.children].map(({ dataset }) => dataset.spilt ?? "").join();
  at(120);
  assert.equal(marked(), ",control-b,control-c,");
  at(300);
  assert.equal(marked(), ",,,");
});
