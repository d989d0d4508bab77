/** The buttons say what is chosen and ask for the next; the looks go to the style sheet and the root. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { beforeEach, test } from "node:test";
import { createDisplay, Looks } from "../../../../static/js/panels/toolbar/display.js";
import { Language } from "../../../../static/js/text/language.js";
import { make } from "../../../../static/js/widgets/dom.js";
import { createDocument } from "../../dom.js";

const { messages } = JSON.parse(readFileSync(new URL("../../../../static/messages/en.json", import.meta.url), "utf8"));

let root;
let sheet;

beforeEach(() => {
  root = createDocument();
  root.documentElement = root;
  globalThis.HTMLLinkElement = HTMLElement;
  globalThis.matchMedia = () => ({ matches: false, addEventListener() {} });
  sheet = make("link");
  sheet.dataset.dark = "";
  root.append(sheet, ...["theme", "palette", "lang"].map((testid) => make("button", { testid })));
});

const LANGUAGES = ["en"];
const place = { pathname: "/", search: "", hash: "" };
const history = { replaceState: (_state, _title, address) => Object.assign(place, { search: address.slice(1) }) };
const lookAt = (search) => new Looks(Object.assign(place, { search }), history, LANGUAGES);

test("the dark sheet follows the system unless the reader has chosen", () => {
  const media = ["", "?theme=light", "?theme=dark&palette=purple_green"].map((search) => {
    lookAt(search);
    return sheet.media;
  });
  assert.deepEqual(media, ["(prefers-color-scheme: dark)", "not all", "all"]);
  assert.equal(root.dataset.palette, "purple_green");
});

test("a button says what is chosen and asks for what comes next; the address follows", () => {
  const looks = lookAt("?theme=light&data=xor");
  const changed = [];
  looks.changed = (key) => void changed.push(key);
  const show = createDisplay({ language: new Language("en", messages, {}) }, looks);
  show();
  const button = (name) => root.querySelector(`[data-testid=${name}]`);
  assert.equal(button("theme").getAttribute("aria-label"), "Theme: light");
  assert.equal(button("palette").getAttribute("aria-label"), "Colours: blue and orange");
  for (const name of ["theme", "palette", "lang"]) button(name).fire("click");
  show();
  assert.equal(button("theme").getAttribute("aria-label"), "Theme: dark");
  assert.deepEqual(changed, ["theme", "palette", "lang"]);
  assert.equal(place.search, "?data=xor&theme=dark&palette=purple_green&lang=zh");
});

test("a followed link's looks are obeyed, and what it leaves out stays and is written back", () => {
  const looks = lookAt("?theme=dark");
  Object.assign(place, { search: "?data=xor&palette=purple_green" });
  assert.equal(looks.settle(), null);
  assert.deepEqual(looks.now, { lang: "en", theme: "dark", palette: "purple_green", mode: "desk" });
  assert.equal(place.search, "?data=xor&theme=dark&palette=purple_green");
});

test("what a followed link says and nobody knows is named once, and leaves the address", () => {
  const looks = lookAt("?theme=pink&batch=5");
  assert.equal(looks.settle()?.value, "pink");
  assert.equal(place.search, "?batch=5");
  assert.equal(looks.settle(), null);
});

test("what could not be had leaves the choice and the address as they were, and nothing else happens", () => {
  const looks = lookAt("?data=xor&lang=zh");
  looks.changed = () => assert.fail("nothing is to be done");
  looks.keep("lang", "en");
  assert.deepEqual([looks.now.lang, place.search], ["en", "?data=xor&lang=en"]);
});
