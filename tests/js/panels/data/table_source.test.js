/** A table's bytes: their size, the text that they are, the line where something is wrong. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { bytesOf, decoded, linePlace } from "../../../../static/js/panels/data/table_source.js";

test("a line is selected from its first letter to its last", () => {
  const text = "x,y,label\n1,2,a\n\n3,4,b";
  const selected = (line) => text.slice(...linePlace(text, line));
  assert.equal(selected(1), "x,y,label");
  assert.equal(selected(2), "1,2,a");
  assert.equal(selected(3), "");
  assert.equal(selected(4), "3,4,b");
  assert.equal(selected(5), "");
});

test("a file that is too large is refused before it is read", async () => {
  const unread = { size: 29_000_000, arrayBuffer: () => assert.fail("read") };
  await assert.rejects(bytesOf(unread, 10_000_000), { message: "csv.too_large" });
  const [one] = await bytesOf({ size: 1, arrayBuffer: async () => new Uint8Array([65]).buffer }, 1);
  assert.equal(one, 65);
});

test("a folder, or a file that is gone, cannot be read", async () => {
  const gone = { size: 4096, arrayBuffer: () => Promise.reject(new Error("NotFoundError")) };
  await assert.rejects(bytesOf(gone, 10_000), { message: "csv.unreadable" });
});

test("bytes are shown in the encoding that the server found, its lines ending in one way", () => {
  assert.equal(decoded(new Uint8Array([0xc3, 0xa8, 13, 10, 65, 13]), "gb18030"), "猫\nA\n");
  assert.equal(decoded(new Uint8Array([0x93, 0xfa]), "cp932"), "日");
  assert.equal(decoded(new Uint8Array([0xe9]), "cp1252"), "é");
  assert.equal(decoded(new Uint8Array([0xef, 0xbb, 0xbf, 65]), "utf-8"), "A");
});

test("what is no text, or more than a box holds, is not shown", () => {
  assert.equal(decoded(new Uint8Array([0xff, 0x00]), "utf-8"), null);
  assert.equal(decoded(new Uint8Array([65, 0, 66, 0]), "utf-8"), null);
  assert.equal(decoded(new Uint8Array([65]), ""), null);
  assert.equal(decoded(new Uint8Array(200_001).fill(65), "utf-8"), null);
});
