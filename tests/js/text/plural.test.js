/** Forms of words by number, as CLDR's plural rules have them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { pluralForm } from "../../../static/js/text/plural.js";

test("English has one form for one and one for all else", () => {
  const form = (value) => pluralForm("en", value, "point", "points");
  assert.deepEqual([1, "1"].map(form), ["point", "point"]);
  for (const value of [0, 2, 11, 21, "1,001", 1.5, "–"]) assert.equal(form(value), "points", String(value));
});

test("another language counts by its own rules", () => {
  assert.deepEqual(
    [0, 1, 2].map((value) => pluralForm("fr", value, "point", "points")),
    ["point", "point", "points"],
  );
  assert.equal(pluralForm("zh", 1, "?", "个点"), "个点");
});
