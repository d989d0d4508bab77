/** A panel is fetched once, when it is first wanted; where it cannot be had the page says so, and asking again tries again. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Language } from "../../../static/js/text/language.js";
import { make } from "../../../static/js/widgets/dom.js";
import { LatePanel } from "../../../static/js/widgets/late_panel.js";
import { createDocument } from "../dom.js";

const settle = () => new Promise((done) => setTimeout(done));

let page;
let words;
let loads;
let fails;
let drawn;
let late;

beforeEach(() => {
  createDocument();
  [loads, drawn, fails] = [0, 0, false];
  words = new AbortController();
  const store = { state: { remark: null }, set: (next) => Object.assign(store, { state: next }) };
  const language = new Language("en", {}, {}, async () => ({ messages: { "late.word": "word" } }));
  page = { complete: () => language.complete(), language, store, signal: words.signal, redraw: () => (drawn += 1) };
  late = new LatePanel(page, async () => {
    loads += 1;
    if (fails) throw new Error("no network");
    return () => ({ word: language.say("late.word") });
  });
});

test("nothing is fetched before it is wanted", async () => {
  assert.equal(late.get(false), null);
  await settle();
  assert.equal(loads, 0);
});

test("it comes once, with its words, and everything is drawn anew", async () => {
  assert.equal(late.get(true), null);
  assert.equal(late.get(true), null);
  const panel = await late.fetch();
  assert.deepEqual([panel, late.get(false), loads, drawn], [{ word: "word" }, panel, 1, 1]);
});

test("its markup has words and is seen from then on, and no other panel's", async () => {
  const markup = ["its", "other"].map((name) => {
    const element = make("p", { class: name });
    element.setAttribute("data-late", "");
    element.setAttribute("data-text", "late.word");
    return element;
  });
  document.append(...markup);
  await new LatePanel(page, async () => () => ({}), ".its").fetch();
  assert.deepEqual(
    markup.map((element) => [element.getAttribute("data-late"), element.textContent]),
    [
      [null, "word"],
      ["", ""],
    ],
  );
});

test("where it cannot be had the status line says why", async () => {
  fails = true;
  assert.equal(await late.fetch(), null);
  assert.deepEqual(page.store.state.remark, { tone: "warn", key: "page.no_part", values: { reason: "no network" } });
  assert.equal(drawn, 0);
});

test("asking again tries again, but what is wanted with every frame is not asked for with every frame", async () => {
  fails = true;
  for (let frame = 0; frame < 5; frame += 1) {
    late.get(true);
    await settle();
  }
  assert.equal(loads, 1);
  fails = false;
  late.get(false);
  late.get(true);
  await settle();
  assert.deepEqual([loads, late.panel], [2, { word: "word" }]);
});

test("a press tries again at once", async () => {
  fails = true;
  await late.fetch();
  fails = false;
  assert.deepEqual(await late.fetch(), { word: "word" });
});

test("what comes after the page was made anew in another language is nobody's", async () => {
  const coming = late.fetch();
  words.abort();
  assert.equal(await coming, null);
  assert.deepEqual([late.panel, drawn], [null, 0]);
});

const named = (name, load) => new LatePanel(page, async () => load, undefined, name);
const another = () => Object.assign(page, { signal: new AbortController().signal });

for (const [how, load] of [
  ["comes late", async () => () => "old"],
  ["cannot be had", async () => Promise.reject(new Error("no network"))],
]) {
  test(`who asked for one that ${how} is given that of the page in another language`, async () => {
    const coming = new LatePanel(page, load, undefined, how).fetch();
    another();
    const next = named(how, () => "new");
    words.abort();
    assert.equal(await coming, "new");
    assert.deepEqual([next.panel, page.store.state.remark], ["new", null]);
  });
}

test("one is made of what it was in the languages before, and of its own name only", async () => {
  const made = (before) => ({ before });
  const first = await named("kept", made).fetch();
  // In between, nobody needed it.
  named("kept", made);
  named("other", made);
  assert.equal(first.before, null);
  assert.equal((await named("kept", made).fetch()).before, first);
});
