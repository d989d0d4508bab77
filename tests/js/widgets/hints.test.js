/** Sentences are fetched when somebody comes near what they explain, or when they are to be shown. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Language } from "../../../static/js/text/language.js";
import { make } from "../../../static/js/widgets/dom.js";
import { describe, fetchHintsWhenNear } from "../../../static/js/widgets/hints.js";
import { createDocument } from "../dom.js";

const settle = () => new Promise((done) => setTimeout(done));

let root;
let asked;
let drawn;
let answer;
let page;

beforeEach(() => {
  root = createDocument();
  Object.assign(globalThis, { Element: globalThis.HTMLElement });
  [asked, drawn] = [0, 0];
  answer = async () => ({ sentences: { "neurons.linear.sentence": "Lines." } });
  const language = new Language("en", {}, {}, () => {
    asked += 1;
    return answer();
  });
  page = { language, redraw: () => (drawn += 1), signal: new AbortController().signal };
});

test("nothing is fetched before somebody comes near a control, and once only then", async () => {
  const control = make("label", {}, make("span"));
  root.append(make("p"), control);
  fetchHintsWhenNear(page);
  root.fire("pointerover", { target: root.querySelector("p") });
  assert.equal(asked, 0);
  for (const near of ["pointerover", "focusin"]) root.fire(near, { target: control.querySelector("span") });
  await settle();
  assert.equal(asked, 1);
  assert.equal(page.language.describe(["neurons.linear"]), "Lines.");
});

test("whatever the page itself explains counts as a control", () => {
  const link = make("a");
  link.setAttribute("data-hint", "race.open_hint");
  root.append(link);
  fetchHintsWhenNear(page);
  root.fire("pointerover", { target: link });
  assert.equal(asked, 1);
});

test("what could not be had is asked for again by whoever comes near the next time", async () => {
  const control = make("button");
  root.append(control);
  fetchHintsWhenNear(page);
  const whole = answer;
  answer = () => Promise.reject(new Error("no answer"));
  root.fire("focusin", { target: control });
  await settle();
  answer = whole;
  root.fire("focusin", { target: control });
  await settle();
  assert.equal(asked, 2);
  assert.equal(page.language.describe(["neurons.linear"]), "Lines.");
});

test("a sentence that is shown comes by itself, and the page is drawn again with it", async () => {
  assert.equal(describe(page, "neurons.linear", "With the catalog."), "With the catalog.");
  assert.equal(asked, 0);
  assert.equal(describe(page, "neurons.linear"), "");
  await settle();
  assert.deepEqual([asked, drawn], [1, 1]);
  assert.equal(describe(page, "neurons.linear"), "Lines.");
});

test("where it cannot be had, it is not asked for with every frame", async () => {
  answer = () => Promise.reject(new Error("no answer"));
  describe(page, "neurons.linear");
  await settle();
  describe(page, "neurons.linear");
  await settle();
  assert.deepEqual([asked, drawn], [1, 1]);
});
