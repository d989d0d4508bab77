/** "Copy link" copies at once, shows what it copied, and offers the epoch only where it can be replayed. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { createCopy } from "../../../static/js/panels/copy.js";
import { make } from "../../../static/js/panels/elements.js";
import { createDocument } from "../dom.js";

let parts;
let drawer;
let copied;
let store;
let allowed;
let link;

beforeEach(() => {
  const root = createDocument();
  globalThis.HTMLInputElement = HTMLElement;
  parts = {
    field: make("input", { testid: "link" }),
    tick: make("input", { testid: "link-epochs" }),
    name: make("span", { class: "copy-epoch" }),
    said: make("p", { testid: "link-said" }),
  };
  parts.field.select = () => {
    parts.selected = true;
  };
  drawer = make("details", { class: "copy" }, ...Object.values(parts));
  root.append(drawer);
  copied = [];
  allowed = true;
  link = "http://here/?noise=0.1";
  store = { state: { frame: { body: { epoch: 30 } }, drifted: false } };
  const page = {
    address: { href: (epochs) => link && `${link}${epochs ? `&epochs=${epochs}` : ""}` },
    catalog: { limits: { replay_epochs: 100 } },
    language: {
      tag: "en",
      say: (key, { epoch = "", limit = "" } = {}) => `${key} ${epoch}${key.endsWith("far") ? limit : ""}`.trim(),
    },
    store,
  };
  createCopy(page, async (text) => {
    if (!allowed) throw new Error("not allowed");
    copied.push(text);
  });
});

async function open() {
  drawer.open = true;
  drawer.fire("toggle");
  await Promise.resolve();
  await Promise.resolve();
}

test("opening copies the link and says so", async () => {
  await open();
  assert.deepEqual(copied, ["http://here/?noise=0.1"]);
  assert.equal(parts.field.value, copied[0]);
  assert.equal(parts.said.textContent, "link.copied");
  assert.equal(parts.name.textContent, "link.epoch 30");
});

test("a tick copies it with the epoch of the moment it was opened", async () => {
  await open();
  store.state = { ...store.state, frame: { body: { epoch: 31 } } };
  parts.tick.checked = true;
  parts.tick.fire("change");
  assert.equal(copied.at(-1), "http://here/?noise=0.1&epochs=30");
});

test("where copying is not allowed, the link is selected", async () => {
  allowed = false;
  await open();
  assert.equal(parts.selected, true);
  assert.equal(parts.said.textContent, "link.by_hand");
});

test("an epoch that cannot be replayed is not offered, and why is said", async () => {
  store.state = { frame: { body: { epoch: 101 } }, drifted: false };
  await open();
  assert.deepEqual([parts.tick.disabled, parts.name.textContent], [true, "link.too_far 101100"]);
  store.state = { frame: { body: { epoch: 30 } }, drifted: true };
  await open();
  assert.deepEqual([parts.tick.disabled, parts.name.textContent], [true, "link.drifted"]);
  store.state = { frame: { body: { epoch: 30, edits: 1 } }, drifted: false };
  await open();
  assert.deepEqual([parts.tick.disabled, parts.name.textContent], [true, "link.drifted"]);
  store.state = { frame: null, drifted: false };
  await open();
  assert.equal(parts.tick.disabled, true);
});

test("points that are too many for a link are said to be", async () => {
  link = null;
  await open();
  assert.deepEqual([copied, parts.said.textContent], [[], "link.too_long"]);
});
