/** A mistake's line is found in the text that was pasted. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { linePlace } from "../../../../static/js/panels/data/csv_table.js";

test("a line is selected from its first letter to its last", () => {
  const text = "x,y,label\n1,2,a\n\n3,4,b";
  const selected = (line) => text.slice(...linePlace(text, line));
  assert.equal(selected(1), "x,y,label");
  assert.equal(selected(2), "1,2,a");
  assert.equal(selected(3), "");
  assert.equal(selected(4), "3,4,b");
  assert.equal(selected(5), "");
});
