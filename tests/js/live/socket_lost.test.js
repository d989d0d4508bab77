/** A connection that is lost, or whose server is silent, comes back by itself. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { waitSeconds } from "../../../static/js/live/lifeline.js";
import { heard, live, sent, settle, socket, sockets, waits, watches } from "./live_socket.js";

test("waits double up to a limit, with jitter, and begin anew after a success", () => {
  assert.deepEqual(
    [0, 1, 2, 20].map((failures) => waitSeconds(failures, 1)),
    [0.25, 0.5, 1, 8],
  );
  assert.equal(waitSeconds(2, 0), 0.5);
  socket().drop();
  waits.at(-1).run();
  socket().drop();
  assert.deepEqual(
    waits.map(({ milliseconds }) => milliseconds),
    [250, 500],
  );
  waits.at(-1).run();
  settle();
  socket().drop();
  assert.equal(waits.at(-1).milliseconds, 250);
});

test("a server that says nothing is asked, and one that does not answer is left", () => {
  settle();
  const [watch] = watches;
  const look = (times) => {
    for (let time = 0; time < times; time++) watch.run();
  };
  look(2);
  assert.equal(sent("ping").length, 0);
  look(1);
  assert.equal(sent("ping").length, 1);
  socket().say({ type: "pong" });
  look(4);
  assert.equal(sent("ping").length, 2);
  assert.equal(heard.connections.at(-1), "open");
  const silent = socket();
  watch.run();
  assert.equal(silent.closed, true);
  assert.equal(silent.onclose, null);
  assert.equal(watch.stopped, true);
  assert.equal(heard.connections.at(-1), "waiting");
  waits[0].run();
  settle();
  assert.equal(sockets.length, 2);
});

test("a connection that was lost is watched no longer", () => {
  settle();
  socket().drop();
  assert.equal(watches[0].stopped, true);
});

test("a busy server is given the time it asks for, and up to half of it more", () => {
  socket().accept();
  socket().say({ type: "busy", retry_after: 15 });
  socket().drop();
  assert.equal(waits.at(-1).milliseconds, 22_500);
});

test("a frame of a lost connection is not acknowledged on the next", () => {
  settle();
  socket().sayBinary("frame", { frame: 900 });
  socket().drop();
  waits[0].run();
  settle();
  live.acknowledge();
  assert.equal(sent("ack").length, 0);
});
