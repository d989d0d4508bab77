/** Theme, palette and language come from the address and go back to it; nothing else in it is touched. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { findUnknown, nextOf, readDisplay, withDisplay } from "../../../static/js/page/display.js";

test("an address that says nothing is the default, in the browser's language", () => {
  assert.deepEqual(readDisplay("", ["zh-CN", "en"]), {
    lang: "zh",
    theme: "auto",
    palette: "blue_orange",
    mode: "desk",
  });
});

test("what the address says wins, and what it cannot mean is the default", () => {
  const search = "?lang=en&theme=dark&palette=purple_green&mode=present";
  assert.deepEqual(readDisplay(search, ["zh"]), {
    lang: "en",
    theme: "dark",
    palette: "purple_green",
    mode: "present",
  });
  assert.equal(readDisplay("?theme=pink", []).theme, "auto");
});

test("what it cannot mean is named, with what is known", () => {
  assert.deepEqual(findUnknown("?data=xor&theme=pink"), { key: "theme", value: "pink", known: "auto, light, dark" });
  assert.equal(findUnknown("?lang=fr")?.key, "lang");
  assert.equal(findUnknown("?lang=zh-CN&theme=light&data=nonsense"), null);
});

test("a choice changes its own key; the others stay letter for letter", () => {
  const search = "?neuron=kan:grid:8,linear&theme=dark&points=.5,-.25,0_1";
  assert.equal(withDisplay(search, "palette", "purple_green"), `${search}&palette=purple_green`);
  assert.equal(withDisplay(search, "theme", "light"), "?neuron=kan:grid:8,linear&points=.5,-.25,0_1&theme=light");
});

test("a default is left out, but a language once chosen stays", () => {
  assert.equal(withDisplay("?theme=dark", "theme", "auto"), "");
  assert.equal(withDisplay("?theme=dark&batch=5", "theme", "auto"), "?batch=5");
  assert.equal(withDisplay("?lang=zh", "lang", "en"), "?lang=en");
});

test("choices follow each other round and round", () => {
  assert.deepEqual(
    ["auto", "light", "dark"].map((theme) => nextOf("theme", theme)),
    ["light", "dark", "auto"],
  );
});
