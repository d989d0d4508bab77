/** A run goes on from its newest checkpoint, or from one that the reader brings, and never from another run's. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { binary } from "../binary.js";
import { config, heard, live, sent, settle, socket, sockets, uploaded, waits } from "./live_socket.js";

test("after a loss it connects again and opens with the newest checkpoint", () => {
  settle();
  socket().sayBinary("checkpoint", { n: 1 });
  socket().sayBinary("checkpoint", { n: 2 });
  socket().drop();
  assert.equal(heard.connections.at(-1), "waiting");
  waits[0].run();
  socket().accept();
  assert.equal(sockets.length, 2);
  const [open] = sent("open");
  assert.equal(uploaded().includes('\\"n\\":2'), true);
  assert.equal(open.uploaded, uploaded().length);
  assert.deepEqual(open.config, config);
});

test("a new run does not begin from the old one's checkpoint", () => {
  settle();
  socket().sayBinary("checkpoint");
  live.open();
  socket().sayBinary("checkpoint");
  live.flush();
  socket().sayBinary("checkpoint");
  assert.equal("uploaded" in sent("open")[1], false);
  socket().drop();
  waits[0].run();
  socket().accept();
  assert.equal("uploaded" in sent("open")[0], false);
  assert.equal(uploaded(), "");
});

test("a checkpoint longer than a message goes up in parts, before the open that announces it", () => {
  settle();
  socket().sayBinary("checkpoint", { text: "x".repeat(600) });
  const whole = Buffer.from(live.checkpoint).toString("latin1");
  socket().drop();
  waits[0].run();
  socket().accept();
  assert.deepEqual(
    socket().parts.map(({ byteLength }) => byteLength),
    [200, 200, 200, whole.length - 600],
  );
  assert.equal(uploaded(), whole);
  assert.equal(sent("open")[0].uploaded, whole.length);
  assert.deepEqual(
    socket().sent.map(({ type }) => type),
    ["ping", "open"],
    "the server can answer something before all of it is there",
  );
});

test("a checkpoint that is refused is dropped, and the run starts over with a word to the reader", () => {
  settle();
  socket().sayBinary("checkpoint");
  socket().drop();
  waits[0].run();
  socket().accept();
  socket().say({ type: "refused", command: "open", code: "checkpoint", message: "damaged" });
  assert.deepEqual(
    sent("open").map((open) => "uploaded" in open),
    [true, false],
  );
  assert.deepEqual(heard.startedOver, ["damaged"]);
  assert.equal(
    heard.messages.some(([type]) => type === "refused"),
    false,
  );
});

test("reset forgets the checkpoint and asks for one of the new beginning", () => {
  settle();
  socket().sayBinary("checkpoint");
  live.reset();
  assert.equal(live.checkpoint, null);
  assert.deepEqual(socket().sent.slice(-2), [{ type: "reset" }, { type: "checkpoint" }]);
});

test("a saved model opens with the settings inside it, not with the page's", () => {
  settle();
  live.restore(binary("checkpoint", { n: 7 }));
  live.flush();
  const open = sent("open").at(-1);
  assert.equal(uploaded().includes('\\"n\\":7'), true);
  assert.equal("config" in open, false);
  assert.equal(open.speed, 30);
});

test("a saved model survives a lost connection, before the answer and after it", () => {
  settle();
  live.restore(binary("checkpoint", { n: 7 }));
  live.flush();
  for (const answered of [false, true]) {
    if (answered) socket().say({ type: "opened" });
    socket().drop();
    waits.at(-1).run();
    socket().accept();
    const [open] = sent("open");
    assert.equal(uploaded().includes('\\"n\\":7'), true);
    assert.equal("config" in open, answered);
  }
});

test("a saved model that is refused is told of, and the run goes on", () => {
  settle();
  live.restore(binary("checkpoint", { n: 7 }));
  live.flush();
  socket().say({ type: "refused", command: "open", message: "no" });
  assert.equal(heard.messages.at(-1)[0], "refused");
  assert.equal(sent("open").length, 2);
  assert.equal(sent("checkpoint").length, 1);
  live.open();
  live.flush();
  assert.deepEqual(sent("open").at(-1).config, config);
  assert.equal("uploaded" in sent("open").at(-1), false);
});

test("a choice made after dropping a model wins", () => {
  settle();
  live.restore(binary("checkpoint", { n: 7 }));
  live.open();
  live.flush();
  assert.equal("uploaded" in sent("open").at(-1), false);
});

test("a fresh checkpoint is asked for, and the next one that comes is it", async () => {
  settle();
  const fresh = live.fresh();
  assert.equal(sent("checkpoint").length, 1);
  socket().sayBinary("checkpoint", { n: 3 });
  assert.equal(await fresh, live.checkpoint);
  assert.notEqual(live.checkpoint, null);
});

test("where no fresh checkpoint comes the newest is given, lost connection or not", async () => {
  settle();
  socket().sayBinary("checkpoint", { n: 1 });
  const late = live.fresh();
  assert.equal(waits.at(-1).milliseconds, 2000);
  waits.at(-1).run();
  assert.equal(await late, live.checkpoint);
  socket().drop();
  const offline = live.fresh();
  assert.equal(waits.at(-1).milliseconds, 0);
  waits.at(-1).run();
  assert.equal(await offline, live.checkpoint);
});
