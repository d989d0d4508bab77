/** A formula is cut where a statement ends, and nowhere else. What is drawn: tests/browser/test_picker.py. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { statementsOf } from "../../../static/js/widgets/statements.js";

test("statements end at a comma with a wide space behind it", () => {
  const part = (localName, textContent = "") => ({ localName, textContent });
  const parts = [part("mi", "z"), part("mo", ","), part("mspace"), part("mi", "a"), part("mo", ","), part("mi", "b")];
  parts.forEach((one, index) => {
    one.previousElementSibling = parts[index - 1];
  });
  const math = {
    children: [{ children: parts }],
    cloneNode: () => ({
      append(...kept) {
        this.textContent = kept.map((one) => one.textContent).join("");
      },
    }),
  };
  assert.deepEqual(
    statementsOf(math).map(({ textContent }) => textContent),
    ["z,", "a,b"],
  );
});
