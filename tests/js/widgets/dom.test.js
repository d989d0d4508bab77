/** Elements are made and found by name, and text is written only where it differs. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Language } from "../../../static/js/text/language.js";
import { fillLateWords, fillWords, find, make, setAttribute, setText } from "../../../static/js/widgets/dom.js";
import { createDocument } from "../dom.js";

let root;
beforeEach(() => {
  root = createDocument();
});

test("an element is made with its traits and children", () => {
  const child = make("span", { text: "in" });
  const element = make("button", { class: "a b", testid: "x", title: "hint", label: "name", type: "button" }, child);
  assert.equal(element.className, "a b");
  assert.equal(element.dataset.testid, "x");
  assert.equal(element.getAttribute("aria-label"), "name");
  assert.equal(element.getAttribute("type"), "button");
  assert.equal(element.textContent, "in");
});

test("what the page does not have is an error that names it", () => {
  root.append(make("div", { class: "here" }));
  assert.equal(find(root, ".here", HTMLElement).className, "here");
  assert.throws(() => find(root, ".gone", HTMLElement), /the page has no FakeNode at ".gone"/);
});

test("equal text and equal attributes are not written again", () => {
  let writes = 0;
  const element = {
    get textContent() {
      return "same";
    },
    set textContent(_) {
      writes += 1;
    },
    getAttribute: () => "same",
    setAttribute: () => {
      writes += 1;
    },
  };
  setText(element, "same");
  setAttribute(element, "title", "same");
  assert.equal(writes, 0);
  setText(element, "other");
  setAttribute(element, "title", "other");
  assert.equal(writes, 2);
});

test("the template's words are filled in as text, names and hints", () => {
  const element = make("p");
  for (const part of ["text", "label", "hint"]) element.setAttribute(`data-${part}`, `the.${part}`);
  root.append(element);
  fillWords(root, new Language("en", { "the.text": "A", "the.label": "B", "the.hint": "C" }, {}));
  assert.equal(element.textContent, "A");
  assert.equal(element.getAttribute("aria-label"), "B");
  assert.equal(element.getAttribute("title"), "C");
});

test("what belongs to a panel that is fetched later has no words until they have come", () => {
  const [early, late, inside] = [make("p"), make("div"), make("span")];
  for (const element of [early, late, inside]) element.setAttribute("data-label", "the.label");
  late.setAttribute("data-late", "");
  late.append(inside);
  root.append(early, late);
  const language = new Language("en", { "the.label": "B" }, {});
  fillWords(root, language);
  assert.deepEqual(
    [early, late, inside].map((one) => one.getAttribute("aria-label")),
    ["B", null, null],
  );
  early.setAttribute("aria-label", "said by its panel");
  fillLateWords(late, language);
  assert.deepEqual(
    [early, late, inside].map((one) => one.getAttribute("aria-label")),
    ["said by its panel", "B", "B"],
  );
  assert.equal(late.getAttribute("data-late"), null);
});
