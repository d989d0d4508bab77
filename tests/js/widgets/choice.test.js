/** A choice is an entry with its knobs, whichever of the two was changed. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { createPage } from "../../../static/js/page/page.js";
import { Language } from "../../../static/js/text/language.js";
import { createChoice } from "../../../static/js/widgets/choice.js";
import { createCatalog } from "../catalog.js";
import { createDocument } from "../dom.js";

let said;
let choice;

beforeEach(() => {
  createDocument();
  said = [];
  const page = createPage({ catalog: createCatalog(), language: new Language("en", {}, {}) });
  choice = createChoice(page, "neurons", { label: "Neuron", testid: "neuron-0" }, (chosen) => void said.push(chosen));
});

test("another entry comes with its knobs at their defaults", () => {
  choice.show({ name: "linear" });
  const select = choice.menu.element.querySelector("select");
  select.value = "polynomial";
  select.fire("change");
  assert.deepEqual(said, [{ name: "polynomial", degree: 3 }]);
});

test("a turned knob keeps the entry and its other knobs", () => {
  choice.show({ name: "polynomial", degree: 3, lower: true });
  const input = choice.knobs.element.querySelector("[data-testid=neuron-0-degree]");
  input.value = "2";
  input.fire("input");
  assert.deepEqual(said, [{ name: "polynomial", degree: 2, lower: true }]);
});
