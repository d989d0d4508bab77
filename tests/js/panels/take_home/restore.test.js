/** A saved model opens again; anything else gets one sentence and changes nothing. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { createRestore } from "../../../../static/js/panels/take_home/restore.js";

let restored;
let store;
let restore;

beforeEach(() => {
  restored = [];
  store = {
    state: { remark: null },
    set(next) {
      this.state = next;
    },
  };
  restore = createRestore({
    actions: { restore: (data) => restored.push(data) },
    catalog: { limits: { checkpoint_bytes: 1500 } },
    language: { tag: "en" },
    store,
  });
});

function file(name, data) {
  return { name, size: data.byteLength, arrayBuffer: async () => data };
}

function safetensors(kind) {
  const text = JSON.stringify({ __metadata__: { kind, body: "{}" } });
  const bytes = new TextEncoder().encode(`12345678${text}`);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  return bytes.buffer;
}

test("a checkpoint is handed on as it is", async () => {
  const data = safetensors("checkpoint");
  await restore(file("a.safetensors", data));
  assert.deepEqual(restored, [data]);
  assert.equal(store.state.remark, null);
});

test("what only looks like one is refused by name", async () => {
  for (const data of [safetensors("frame"), new Uint8Array(3).buffer, new Uint8Array(100).fill(255).buffer]) {
    await restore(file("a.safetensors", data));
    assert.deepEqual(store.state.remark, { tone: "warn", key: "export.no_model", values: { name: "a.safetensors" } });
  }
  assert.deepEqual(restored, []);
});

test("what is longer than a checkpoint may be is refused before it is read", async () => {
  await restore({ name: "big.safetensors", size: 1501 });
  assert.deepEqual(store.state.remark, {
    tone: "warn",
    key: "export.too_large",
    values: { name: "big.safetensors", limit: "1" },
  });
});
