/** Runs are opened one after the other, the newest that is wanted, by its settings or by a link. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { config, heard, live, sent, settle, socket, sockets, waits, want } from "./live_socket.js";

const REFUSED = { type: "refused", command: "open", message: "noise: too much" };

test("many choices between two frames are one open, of the newest", () => {
  settle();
  for (const batch of [1, 2, 3]) {
    want({ batch });
    live.open();
  }
  live.flush();
  assert.deepEqual(
    sent("open").map((open) => open.config.batch),
    [10, 3],
  );
});

test("a second open waits until the first is answered, and then is the newest", () => {
  settle();
  live.open();
  live.flush();
  for (const batch of [5, 6]) {
    want({ batch });
    live.open();
    live.flush();
  }
  assert.equal(sent("open").length, 2);
  socket().say({ type: "opened" });
  assert.deepEqual(heard.messages.at(-1), ["opened", false]);
  live.flush();
  assert.equal(sent("open").at(-1).config.batch, 6);
});

test("an open that is refused is told, and a checkpoint of the run that goes on is asked for", () => {
  settle();
  live.open();
  live.flush();
  socket().say({ type: "refused", command: "open", message: "no" });
  assert.deepEqual(heard.messages.at(-1), ["refused", true]);
  assert.equal(sent("checkpoint").length, 1);
});

test("a link is on its way until it is answered", () => {
  settle();
  assert.equal(live.opening, false);
  live.follow("?data=xor");
  live.flush();
  assert.equal(live.opening, true);
  socket().say({ type: "opened" });
  assert.equal(live.opening, false);
});

test("a link is opened instead of the Config, and its answer is told as one", () => {
  live.follow("?data=moons");
  sockets[0].accept();
  assert.deepEqual(sockets[0].sent, [{ type: "open", link: "?data=moons", play: true, view: { visible: true } }]);
  sockets[0].say({ type: "opened" });
  assert.deepEqual(heard.messages, [["opened", true, "followed"]]);
  live.open();
  live.flush();
  assert.deepEqual(sockets[0].sent.at(-1).config, config);
});

test("a bad link on a page without a run is followed by the default run, once", () => {
  live.follow("?noise=9");
  sockets[0].accept();
  sockets[0].say(REFUSED);
  assert.deepEqual(heard.messages, [["refused", false, "followed"]]);
  assert.deepEqual(sockets[0].sent.at(-1).config, config);
  sockets[0].say(REFUSED);
  assert.equal(sockets[0].sent.filter(({ type }) => type === "open").length, 2);
});

test("a bad link later leaves the run as it is", () => {
  sockets[0].accept();
  sockets[0].say({ type: "opened" });
  live.follow("?noise=9");
  live.flush();
  sockets[0].say(REFUSED);
  assert.equal(sockets[0].sent.filter(({ type }) => type === "open").length, 2);
  assert.deepEqual(heard.messages.at(-1), ["refused", true, "followed"]);
});

test("a choice made while a link is on its way is not mistaken for it", () => {
  sockets[0].accept();
  sockets[0].say({ type: "opened" });
  live.follow("?data=moons");
  live.flush();
  live.open();
  sockets[0].say({ type: "opened" });
  assert.deepEqual(heard.messages.at(-1), ["opened", false]);
});

test("a link that was lost on its way is asked for again", () => {
  live.follow("?data=moons");
  sockets[0].accept();
  sockets[0].drop();
  waits[0].run();
  sockets[1].accept();
  assert.equal(sockets[1].sent[0].link, "?data=moons");
});
