/** Sentences after each other, in both languages. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { together } from "../../../static/js/text/sentences.js";

test("a space parts English sentences, and none Chinese ones", () => {
  assert.equal(together(["One.", "Two."]), "One. Two.");
  assert.equal(together(["一。", "Two。", "三。"]), "一。Two。三。");
});
