/** A dropped file goes to whoever reads its kind. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { acceptDrops } from "../../../static/js/page/file_drop.js";
import { createDocument } from "../dom.js";

let page;
let taken;

beforeEach(() => {
  page = createDocument();
  taken = [];
  const take = (kind) => (file, others) => taken.push([kind, file.name, others]);
  acceptDrops(page, { ".safetensors": take("model"), "": take("table") });
});

function dragged(...names) {
  const event = {
    dataTransfer: { types: names.length ? ["Files"] : ["text/plain"], files: names.map((name) => ({ name })) },
    prevented: false,
    preventDefault: () => {
      event.prevented = true;
    },
  };
  return event;
}

test("the ending of the name decides, in capitals too", () => {
  page.fire("drop", dragged("Spirals.SAFETENSORS"));
  page.fire("drop", dragged("a.safetensors.csv"));
  assert.deepEqual(taken, [
    ["model", "Spirals.SAFETENSORS", 0],
    ["table", "a.safetensors.csv", 0],
  ]);
});

test("what is no model may be a table, whatever it is called", () => {
  page.fire("drop", dragged("iris.data"));
  page.fire("drop", dragged("README"));
  assert.deepEqual(taken, [
    ["table", "iris.data", 0],
    ["table", "README", 0],
  ]);
});

test("of several files the first is taken, and how many others there were is told", () => {
  page.fire("drop", dragged("a.csv", "b.csv", "c.safetensors"));
  assert.deepEqual(taken, [["table", "a.csv", 2]]);
});

test("the browser keeps its own way with dropped text, but never leaves the page for a file", () => {
  const [text, file] = [dragged(), dragged("a.csv")];
  for (const event of [text, file]) {
    page.fire("dragover", event);
    page.fire("drop", event);
  }
  assert.deepEqual([text.prevented, file.prevented], [false, true]);
});

test("the page shows that a file can be let go, until it is or it leaves", () => {
  const shows = () => page.className.includes("dropping");
  page.fire("dragover", dragged("a.csv"));
  page.fire("dragleave", { relatedTarget: page });
  assert.equal(shows(), true);
  page.fire("dragleave", { relatedTarget: null });
  assert.equal(shows(), false);
  page.fire("dragover", dragged("a.csv"));
  page.fire("drop", dragged("a.csv"));
  assert.equal(shows(), false);
});
