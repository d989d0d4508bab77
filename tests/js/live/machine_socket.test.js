/** A machine beside the session on the wire, here a race: opened, lost, gone on with. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { MachineSocket } from "../../../static/js/live/machine_socket.js";
import { binary } from "../binary.js";

const KIND = { command: "race", opened: "lined_up" };
const USUAL = { link: "?b.neuron=quadratic" };

/** @param {any} [first] @param {object} [more] of what the page says of itself */
function stage(first = { link: "?data=xor&b.neuron=kan" }, more = {}) {
  /** @type {any[]} */
  const sent = [];
  const transports = /** @type {any[]} */ ([]);
  /** @type {any[]} */
  const heard = [];
  const environment = /** @type {any} */ ({
    connect: () => {
      const transport = {
        readyState: 1,
        send: (/** @type {any} */ data) => sent.push(typeof data === "string" ? JSON.parse(data) : data),
        close() {},
      };
      transports.push(transport);
      return transport;
    },
    ended: (/** @type {boolean} */ _, /** @type {() => void} */ retry) => retry(),
    wait: (/** @type {() => void} */ run) => run(),
    watch: () => () => {},
    random: () => 0,
    limits: { message_bytes: 1000, first_message_seconds: 5 },
  });
  const listener = {
    hello: () => ({ play: true, speed: 10, view: {}, ...more }),
    message: (/** @type {any} */ message) => heard.push(message),
    frame: (/** @type {any} */ frame, /** @type {boolean} */ current) => heard.push({ ...frame, current }),
    other: (/** @type {any} */ message) => heard.push(message),
    connection: () => {},
  };
  const socket = new MachineSocket("ws://here/live", KIND, listener, environment, first, USUAL);
  socket.start();
  const last = () => transports[transports.length - 1];
  last().onopen({});
  const tell = (/** @type {any} */ message) => socket.hear(JSON.stringify(message));
  return { socket, sent, heard, last, tell };
}

test("the first race is the link's, at the page's speed unless it names one", () => {
  assert.deepEqual(stage().sent, [{ type: "race", link: "?data=xor&b.neuron=kan", speed: 10, view: {} }]);
  assert.equal("speed" in stage({ link: "?b.neuron=kan&speed=2" }).sent[0], false);
});

test("a link that is refused leaves the page with the usual race", () => {
  const { sent, heard, tell } = stage();
  tell({ type: "refused", command: "race" });
  assert.equal(sent.at(-1).link, USUAL.link);
  assert.equal(heard.length, 1);
});

test("after a loss it goes on from its checkpoint, playing if it was", () => {
  const { socket, sent, last, tell } = stage();
  tell({ type: "lined_up" });
  const saved = binary("race", { epoch: 3 });
  socket.hear(saved);
  last().onclose({});
  last().onopen({});
  assert.ok(sent.includes(saved) || sent.some((one) => one instanceof ArrayBuffer));
  assert.deepEqual(sent.at(-1), { type: "race", uploaded: saved.byteLength, play: true, speed: 10, view: {} });
});

test("after a loss on the way to an epoch it goes on to there, and to none that its link alone names", () => {
  const { socket, sent, last, tell } = stage({ link: "?at=87&b.neuron=kan" }, { target: 87 });
  assert.equal("target" in sent[0], false);
  tell({ type: "lined_up" });
  socket.hear(binary("race", { epoch: 3 }));
  last().onclose({});
  last().onopen({});
  assert.equal(sent.at(-1).target, 87);
});

test("a checkpoint that is refused begins the race again", () => {
  const { socket, sent, last, tell } = stage();
  tell({ type: "lined_up" });
  socket.hear(binary("race", {}));
  last().onclose({});
  last().onopen({});
  tell({ type: "refused", command: "race" });
  assert.equal(sent.at(-1).link, "?data=xor&b.neuron=kan");
});

test("of races wanted meanwhile, the newest is lined up once the one before is answered", () => {
  const { socket, sent, tell } = stage();
  const wanted = /** @type {any} */ ({ lanes: [], epochs: 5 });
  socket.ask(/** @type {any} */ ({ lanes: [], epochs: 4 }));
  socket.ask(wanted);
  assert.equal(sent.length, 1);
  tell({ type: "lined_up" });
  assert.deepEqual(sent.slice(1), [{ type: "race", ...wanted, speed: 10, view: {} }]);
});

test("a link is on its way until it is answered, and what is no link is none", () => {
  const { socket, tell } = stage();
  assert.equal(socket.opening, true);
  tell({ type: "lined_up" });
  assert.equal(socket.opening, false);
  socket.ask(/** @type {any} */ ({ machine: "hopfield" }));
  assert.equal(socket.opening, false);
});

test("what is said of a race that waits is said after it", () => {
  const { socket, sent, tell } = stage();
  socket.ask({ link: "?b.neuron=product" });
  socket.send({ type: "step", epochs: 1 });
  socket.ask({ link: "?b.neuron=square" });
  socket.send({ type: "play" });
  socket.send({ type: "speed", epochs_per_second: 3 });
  tell({ type: "lined_up" });
  assert.deepEqual(
    sent.slice(1).map((one) => one.link ?? one.type),
    ["speed", "?b.neuron=square", "play"],
  );
});

test("one word acknowledges all frames that were drawn", () => {
  const { socket, sent } = stage();
  socket.hear(binary("frame", { frame: 4, lane: "a" }));
  socket.hear(binary("frame", { frame: 5, lane: "b" }));
  socket.acknowledge();
  socket.acknowledge();
  assert.deepEqual(sent.slice(1), [{ type: "ack", frame: 5 }]);
});

test("a frame is current when everything said of playing had come, and no other race is wanted", () => {
  const { socket, heard, tell } = stage();
  const current = (/** @type {number} */ steered) => {
    socket.hear(binary("frame", { frame: 1, lane: "a", steered }));
    return heard.at(-1).current;
  };
  tell({ type: "lined_up" });
  assert.equal(current(1), true);
  socket.send({ type: "pause" });
  assert.deepEqual([1, 2].map(current), [false, true]);
  socket.waits = true;
  assert.equal(current(2), false);
});

test("a race that is wanted is pending until it is answered", () => {
  const { socket, tell } = stage();
  tell({ type: "lined_up" });
  assert.equal(socket.pending, null);
  const wanted = /** @type {any} */ ({ lanes: [], bar: 0.9 });
  socket.ask(wanted);
  assert.equal(socket.pending, wanted);
  tell({ type: "lined_up" });
  assert.equal(socket.pending, null);
});
