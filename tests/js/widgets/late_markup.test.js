/** Markup of late panels: fetched once for all places, put where nothing stands yet, asked for again where it did not come. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { make } from "../../../static/js/widgets/dom.js";
import { fetchLateMarkup } from "../../../static/js/widgets/late_markup.js";
import { createDocument } from "../dom.js";

const root = createDocument();
root.documentElement = root;
root.baseURI = "http://here/lesson/";
root.dataset.lateMarkup = "static/late-1.html";
const places = ["draw", "inspector"].map((name) => /** @type {any} */ (make("div", { class: name })));
root.append(...places);
for (const place of places) Object.defineProperty(place, "firstChild", { get: () => place.children[0] ?? null });

/** @type {string[]} */
const asked = [];
let status = 404;
/** A template for each place. @param {string} name */
const template = (name) => ({
  dataset: { for: `.${name}` },
  content: { cloneNode: () => make("p", { text: `for ${name}` }) },
});
Object.assign(globalThis, {
  fetch: async (/** @type {URL} */ address) => {
    asked.push(address.href);
    return { ok: status === 200, status, text: async () => "" };
  },
  DOMParser: class {
    parseFromString() {
      return { querySelectorAll: () => ["draw", "inspector"].map(template) };
    }
  },
});
const words = () => places.map(({ textContent }) => textContent);

test("what did not come is told with its address, and asked for again the next time", async () => {
  await assert.rejects(fetchLateMarkup(), /late-1\.html answered 404/);
  status = 200;
  await fetchLateMarkup();
  assert.deepEqual(words(), ["for draw", "for inspector"]);
  assert.deepEqual(asked, Array(2).fill("http://here/lesson/static/late-1.html"));
});

test("a second panel fetches nothing and doubles nothing", async () => {
  await Promise.all([fetchLateMarkup(), fetchLateMarkup()]);
  assert.deepEqual(words(), ["for draw", "for inspector"]);
  assert.equal(asked.length, 2);
});

test("what stands there stays, and a place that was emptied is filled again", async () => {
  places[0].replaceChildren();
  places[1].replaceChildren(make("p", { text: "in use" }));
  await fetchLateMarkup();
  assert.deepEqual(words(), ["for draw", "in use"]);
});
