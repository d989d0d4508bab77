/** What stays in the address of a memory beside which a lab stands. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { withLab } from "../../../static/js/memory/lab.js";

test("another memory keeps the lab that stands beside it", () => {
  assert.equal(
    withLab("rule=modern", {}, "?flip=30&lab=remembering&step=5&lang=zh"),
    "rule=modern&lab=remembering&step=5",
  );
  assert.equal(withLab("", {}, "?lab=remembering&step=5"), "lab=remembering&step=5");
  assert.equal(withLab("rule=modern", {}, "?flip=30"), "rule=modern");
  assert.equal(withLab("rule=modern", {}, ""), "rule=modern");
});

test("a link that names a lab says all of it itself", () => {
  const link = "flip=30&lab=remembering&step=6";
  assert.equal(withLab(link, { lab: "remembering", step: "6" }, "?lab=remembering&step=5"), link);
});
