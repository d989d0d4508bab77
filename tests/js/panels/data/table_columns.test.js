/** A column takes another part, and whoever had that part takes the one that becomes free. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { nextRoles } from "../../../../static/js/panels/data/table_columns.js";

const columns = (...names) => names.map((name) => ({ name, kind: "number" }));
const table = { columns: columns("id", "length", "width", "kind"), chosen: { x: 1, y: 2, label: 3, split: null } };

test("a column that is not used becomes x, and what was x is not used any more", () => {
  assert.deepEqual(nextRoles(table, 0), { x: "id", y: "width", label: "kind" });
});

test("x becomes y, y label and label x: they change places", () => {
  assert.deepEqual(nextRoles(table, 1), { x: "width", y: "length", label: "kind" });
  assert.deepEqual(nextRoles(table, 2), { x: "length", y: "kind", label: "width" });
  assert.deepEqual(nextRoles(table, 3), { x: "kind", y: "width", label: "length" });
});

test("a menu says the part", () => {
  assert.deepEqual(nextRoles(table, 0, "label"), { x: "length", y: "width", label: "id" });
  assert.deepEqual(nextRoles(table, 1, "label"), { x: "kind", y: "width", label: "length" });
  assert.deepEqual(nextRoles(table, 1, "x"), { x: "length", y: "width", label: "kind" });
});

test("what the server could not choose stays open", () => {
  assert.deepEqual(nextRoles({ ...table, chosen: null }, 2, "y"), { x: "", y: "width", label: "" });
});

test("names that are alike, or were cut, are told by number", () => {
  const odd = { columns: columns("A", "a", "long…", "kind"), chosen: { x: 0, y: 2, label: 3, split: null } };
  assert.deepEqual(nextRoles(odd, 1), { x: "2", y: "3", label: "kind" });
});
