/** Menus and fields are called what the catalog, or the language's translation of it, calls them. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { createPage } from "../../../static/js/page/page.js";
import { Language } from "../../../static/js/text/language.js";
import { createCatalog, createSpec } from "../catalog.js";

const ENTRIES = { "neurons.linear": "线性", "neurons.linear.sentence": "直线。", "fields.data.noise": "噪声" };
const SENTENCES = { "neurons.polynomial.sentence": "Weighs powers.", "fields.data.noise.sentence": "How far off." };
const { messages } = JSON.parse(readFileSync(new URL("../../../static/messages/en.json", import.meta.url), "utf8"));
const rest = async () => ({ sentences: SENTENCES });
const page = createPage({ catalog: createCatalog(), language: new Language("zh", {}, ENTRIES, rest) });
/** What a hint says, one after the other. */
function heard(hint) {
  const words = [];
  hint((now) => void words.push(now));
  return words;
}

test("a menu lists the registry in its order, translated where there is a translation", () => {
  const options = page.options("neurons").map(({ hint, ...option }) => option);
  assert.deepEqual(options, [
    { value: "linear", text: "线性", group: "" },
    { value: "polynomial", text: "POLYNOMIAL", group: "" },
  ]);
});

test("hints of entries and fields say their sentence as soon as it is here", async () => {
  const [linear, polynomial] = page.options("neurons").map(({ hint }) => heard(hint));
  const noise = heard(page.naming("data.noise", "noise").hint);
  assert.deepEqual([linear, polynomial, noise], [["直线。"], [""], [""]]);
  await page.language.complete();
  assert.deepEqual([linear, polynomial, noise], [["直线。"], ["", "Weighs powers."], ["", "How far off."]]);
  assert.deepEqual(heard(page.options("neurons")[1].hint), ["Weighs powers."]);
});

test("a menu's groups have the order of a lesson; no group comes first, an unknown one last", () => {
  const catalog = createCatalog();
  const groups = ["odd", "on the edges", "first order", "", "second order", "first order"];
  catalog.neurons = groups.map((group, index) => createSpec(`n${index}`, [], { group }));
  const language = new Language("en", messages, {});
  assert.deepEqual(
    createPage({ catalog, language })
      .options("neurons")
      .map(({ value, group }) => [value, group]),
    [
      ["n3", ""],
      ["n2", "First order"],
      ["n5", "First order"],
      ["n4", "Second order"],
      ["n1", "Functions on edges"],
      ["n0", "odd"],
    ],
  );
});

test("a field has its label and the test's name", () => {
  const { word, hint, ...naming } = page.naming("data.noise", "noise");
  assert.deepEqual(naming, { label: "噪声", testid: "noise" });
  assert.equal(word("layer_norm"), "layer norm");
  assert.throws(() => page.naming("data.gone", "gone"), /no field "data.gone"/);
});
