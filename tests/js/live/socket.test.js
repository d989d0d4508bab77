/** What is wanted goes out once per frame, in the order in which it was wanted, and never queues. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { config, heard, live, said, sent, settle, socket, waits } from "./live_socket.js";

test("the first thing said is open, with config, play, speed, where to stop and view", () => {
  socket().accept();
  assert.deepEqual(socket().sent, [{ type: "open", config, play: true, speed: 30, until: 9, view: { visible: true } }]);
  assert.deepEqual(heard.connections, ["connecting", "open"]);
});

test("a frame from before the last word on playing, or of a run that is left, is not current", () => {
  settle();
  const current = (steered) => {
    socket().sayBinary("frame", { frame: 1, steered });
    return heard.current;
  };
  assert.equal(current(1), true);
  live.send({ type: "play" });
  assert.deepEqual([1, 2].map(current), [false, true]);
  live.open();
  assert.equal(current(2), false);
  live.flush();
  assert.deepEqual([2, 3].map(current), [false, true]);
});

test("whoever flushes is called when something is wanted, and again when its turn has come", () => {
  settle();
  const calls = (act) => {
    const before = heard.wanted;
    act();
    return heard.wanted - before;
  };
  assert.equal(calls(() => live.change("batch", 20)) > 0, true);
  assert.equal(calls(() => live.look({ inspect: null })) > 0, true);
  live.flush();
  live.change("batch", 30);
  assert.equal(calls(() => socket().say({ type: "changed" })) > 0, true);
  assert.equal(calls(() => live.open()) > 0, true);
  live.flush();
  live.open();
  assert.equal(calls(() => socket().say({ type: "opened" })) > 0, true);
  assert.equal(
    calls(() => socket().say({ type: "pong" })),
    0,
  );
});

test("changes of one path are one message per frame, and are settled when answered", () => {
  settle();
  live.change("batch", 20);
  live.change("batch", 30);
  live.change("l2", 0.1);
  assert.equal(live.settled, false);
  live.flush();
  assert.deepEqual(sent("change"), [
    { type: "change", path: "batch", value: 30 },
    { type: "change", path: "l2", value: 0.1 },
  ]);
  socket().say({ type: "changed" });
  assert.equal(live.settled, false);
  socket().say({ type: "refused", command: "change" });
  assert.equal(live.settled, true);
});

test("points that are added to what the server has are said alone, and all where it has others", () => {
  const points = [
    [0, 0, 0],
    [0.5, 0.25, 1],
    [-0.5, 0, 1],
    [1, 1, 0],
  ];
  const told = (count) => ({ config: { data: { name: "own", points: structuredClone(points.slice(0, count)) } } });
  const draw = (drawn) => {
    live.change("data.points", drawn);
    live.flush();
    return sent("change").at(-1).value;
  };
  socket().accept();
  socket().say({ type: "opened", ...told(2) });
  assert.deepEqual(draw(points.slice(0, 3)), { after: 2, added: [[-0.5, 0, 1]] });
  // Refused, it has changed nothing.
  socket().say({ type: "refused", command: "change" });
  assert.deepEqual(draw(points), { after: 2, added: points.slice(2) });
  socket().say({ type: "changed", ...told(4) });
  assert.deepEqual(draw(points.slice(1)), points.slice(1));
  socket().say({ type: "changed", config: { data: { name: "moons" } } });
  assert.deepEqual(draw(points), points);
});

test("a question is about the run that is wanted, and runs are counted", () => {
  settle();
  said();
  const first = live.runs;
  live.open();
  live.send({ type: "ask", id: 1, what: "unit" });
  assert.equal(live.runs, first + 1);
  live.flush();
  assert.deepEqual(said(), ["open", "ask"]);
  assert.equal(live.runs, first + 1);
  // One that is gone on with after a loss knows nothing of what was asked before.
  socket().drop();
  waits.at(-1).run();
  socket().accept();
  assert.equal(live.runs, first + 2);
});

test("a step follows the run and the changes that were wanted before it", () => {
  settle();
  said();
  live.send({ type: "step", epochs: 1 });
  assert.deepEqual(said(), ["step"]);
  live.open();
  live.send({ type: "step", epochs: 1 });
  live.send({ type: "step", epochs: 1 });
  assert.deepEqual(said(), []);
  live.flush();
  assert.deepEqual(said(), ["open", "step", "step"]);
  // The next run waits for the answer, and so does its step; of a run that is wanted no longer there is none.
  live.open();
  live.send({ type: "step", epochs: 1 });
  live.open();
  live.send({ type: "step", epochs: 5 });
  live.flush();
  assert.deepEqual(said(), []);
  socket().say({ type: "opened" });
  live.flush();
  assert.deepEqual(said(), ["open", "step"]);
  socket().say({ type: "opened" });
  live.change("batch", 20);
  live.send({ type: "step", epochs: 1 });
  live.flush();
  assert.deepEqual(said(), ["change", "step"]);
});

test("looks are gathered, and what open says already is not said again", () => {
  settle();
  live.look({ inspect: { layer: 0, unit: 1 } });
  live.look({ inspect: { layer: 0, unit: 2 } });
  live.flush();
  assert.deepEqual(sent("view"), [{ type: "view", inspect: { layer: 0, unit: 2 } }]);
  live.look({ inspect: null });
  live.open();
  live.flush();
  assert.equal(sent("view").length, 1);
});

test("the newest frame is acknowledged once, after it was drawn", () => {
  settle();
  socket().sayBinary("frame", { frame: 4 });
  socket().sayBinary("frame", { frame: 5 });
  assert.deepEqual(heard.frames, [4, 5]);
  assert.equal(sent("ack").length, 0);
  live.acknowledge();
  live.acknowledge();
  assert.deepEqual(sent("ack"), [{ type: "ack", frame: 5 }]);
});

test("nothing is sent into a closed connection", () => {
  assert.equal(live.send({ type: "play" }), false);
  live.open();
  live.flush();
  assert.deepEqual(socket().sent, []);
});
