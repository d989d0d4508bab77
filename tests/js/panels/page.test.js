/** Menus and fields are called what the catalog, or the language's translation of it, calls them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Language } from "../../../static/js/language.js";
import { createPage } from "../../../static/js/panels/page.js";
import { createCatalog } from "../catalog.js";

const ENTRIES = { "neurons.linear": "线性", "neurons.linear.sentence": "直线。", "fields.data.noise": "噪声" };
const page = createPage({ catalog: createCatalog(), language: new Language("zh", {}, ENTRIES) });

test("a menu lists the registry in its order, translated where there is a translation", () => {
  assert.deepEqual(page.options("neurons"), [
    { value: "linear", text: "线性", hint: "直线。" },
    { value: "polynomial", text: "POLYNOMIAL", hint: "On polynomial." },
  ]);
});

test("a field has its label, its sentence and the test's name", () => {
  assert.deepEqual(page.naming("data.noise", "noise"), { label: "噪声", hint: "What noise does.", testid: "noise" });
  assert.throws(() => page.naming("data.gone", "gone"), /no field "data.gone"/);
});
