/** The bubble stands by what it explains and within the window; every thing that names a help has its words. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { CONTROLS, placeBubble } from "../../../../static/js/panels/toolbar/help.js";

const ROOM = { clientWidth: 400, clientHeight: 300 };
const SIZE = { width: 100, height: 40 };
const box = (left, top, width = 50, height = 20) => ({ left, top, width, height, bottom: top + height });

test("it stands under the middle of what it explains", () => {
  assert.deepEqual(placeBubble(box(200, 100), SIZE, ROOM), { x: 175, y: 128 });
});

test("where there is no room below it stands above", () => {
  assert.deepEqual(placeBubble(box(200, 260), SIZE, ROOM), { x: 175, y: 212 });
});

test("it never leaves the window", () => {
  assert.equal(placeBubble(box(0, 100), SIZE, ROOM).x, 8);
  assert.equal(placeBubble(box(390, 100), SIZE, ROOM).x, 292);
  assert.equal(placeBubble(box(10, 5, 300, 290), SIZE, ROOM).y, 8);
});

test("every help that is named has its words, and every one that has words is named", () => {
  const root = new URL("../../../../", import.meta.url);
  const files = ["templates", "static"].flatMap((folder) =>
    readdirSync(new URL(folder, root), { recursive: true, encoding: "utf8" })
      .filter((name) => /\.(html|js)$/.test(name))
      .map((name) => readFileSync(new URL(`${folder}/${name}`, root), "utf8")),
  );
  const named = files.flatMap((text) =>
    [...text.matchAll(/data-help="(\w+)"|\bhelp:\s*"(\w+)"/g)].map((m) => m[1] ?? m[2]),
  );
  named.push(...files.flatMap((text) => [...text.matchAll(/dataset\.help\s*=\s*"(\w+)"/g)].map((m) => m[1])));
  const { messages } = JSON.parse(readFileSync(new URL("static/messages/en.json", root), "utf8"));
  const worded = Object.keys(messages).filter((key) => key.startsWith("help."));
  assert.deepEqual(worded.sort(), [...new Set(named.map((name) => `help.${name}`))].sort());
});

test("every control that explains itself has its words in both languages, with something to try", () => {
  for (const [tag, offer] of /** @type {const} */ ([
    ["en", "Try this: "],
    ["zh", "试试看："],
  ])) {
    const file = new URL(`../../../../static/messages/${tag}.json`, import.meta.url);
    const words = Object.entries(JSON.parse(readFileSync(file, "utf8")).messages).filter(([key]) =>
      key.startsWith("control."),
    );
    const named = CONTROLS.map((name) => `control.${name.replaceAll("-", "_")}`);
    assert.deepEqual(words.map(([key]) => key).sort(), named.sort());
    assert.deepEqual(
      words.filter(([, text]) => !text.includes(offer)),
      [],
    );
  }
});
