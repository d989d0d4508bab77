/** Messages keep their order while some are inflated, and zlib is told from safetensors. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { runInNewContext } from "node:vm";
import { deflateSync } from "node:zlib";
import { Inbox, inflate, isCompressed, isThisMachine, wire } from "../../../static/js/live/inbox.js";

/** A safetensors message without arrays, as an ArrayBuffer of its own. */
function message(kind) {
  const text = JSON.stringify({ __metadata__: { kind, body: "{}" } });
  const bytes = new TextEncoder().encode(`12345678${text}`);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  return bytes.buffer;
}

function packed(buffer) {
  const zlib = deflateSync(new Uint8Array(buffer), { level: 1 });
  return zlib.buffer.slice(zlib.byteOffset, zlib.byteOffset + zlib.byteLength);
}

function textOf(data) {
  return typeof data === "string" ? data : new TextDecoder().decode(new Uint8Array(data, 8));
}

test("what is compressed is told by the length that its header would have", () => {
  assert.equal(isCompressed(message("frame")), false);
  assert.equal(isCompressed(packed(message("frame"))), true);
  assert.equal(isCompressed(new ArrayBuffer(3)), false);
});

test("inflating gives back the message", async () => {
  assert.deepEqual(textOf(await inflate(packed(message("frame")))), textOf(message("frame")));
});

test("messages are taken in the order in which they came", async () => {
  const taken = [];
  const inbox = new Inbox((data) => taken.push(textOf(data)));
  inbox.put("first");
  inbox.put(packed(message("frame")));
  inbox.put("second");
  assert.deepEqual(taken, ["first"]);
  while (taken.length < 3) await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(taken, ["first", textOf(message("frame")), "second"]);
});

/** An inbox whose inflating ends when the test says so. */
function held() {
  const taken = [];
  const ends = [];
  const inbox = new Inbox(
    (data) => taken.push(textOf(data)),
    () => new Promise((resolve, reject) => ends.push({ resolve, reject })),
  );
  return { taken, ends, inbox };
}

test("what cannot be inflated is left out", async () => {
  const { taken, ends, inbox } = held();
  inbox.put(packed(message("frame")));
  inbox.put("next");
  ends[0].reject(new Error("cut short"));
  await Promise.resolve();
  await Promise.resolve();
  assert.deepEqual(taken, ["next"]);
});

test("a closed inbox gives out nothing more", async () => {
  const { taken, ends, inbox } = held();
  inbox.put(packed(message("frame")));
  inbox.close();
  ends[0].resolve(message("frame"));
  await Promise.resolve();
  await Promise.resolve();
  assert.deepEqual(taken, []);
});

test("frames come compressed unless the server is this machine", () => {
  for (const near of ["localhost", "127.0.0.1", "[::1]"]) {
    assert.deepEqual(wire(near), { unit_pixels: 24, output_pixels: 100 });
  }
  for (const far of ["neurons.example", "10.0.0.5"]) assert.deepEqual(wire(far), { compress: true });
});

/** The view that early.js asks for in a first visit to this host. */
function earlyView(hostname) {
  const location = new URL(`http://${hostname}/`);
  const open = JSON.stringify({ view: {}, play: true });
  const document = {
    baseURI: location.href,
    createElement: () => ({ noModule: false }),
    currentScript: { getAttribute: () => open },
  };
  const window = { matchMedia: () => ({ matches: false }) };
  const names = { window, document, location, URL, DecompressionStream, WebSocket: class {} };
  runInNewContext(readFileSync(new URL("../../../static/js/early.js", import.meta.url), "utf8"), names);
  return JSON.parse(window.early.said).view;
}

test("early.js, which can import nothing, takes the same hosts for this machine", () => {
  const near = ["localhost", "127.0.0.1", "127.8.0.1", "[::1]"];
  const far = ["localhost.example", "my-localhost", "10.127.0.1", "[::2]", "neurons.example", "128.0.0.1"];
  assert.deepEqual(
    near.map(isThisMachine),
    near.map(() => true),
  );
  assert.deepEqual(
    far.map(isThisMachine),
    far.map(() => false),
  );
  for (const host of [...near, ...far]) assert.deepEqual(earlyView(host), wire(host), host);
});
