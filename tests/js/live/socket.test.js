/** The connection comes back by itself, goes on from its checkpoint, and never queues what the reader wants. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Dispatch } from "../../../static/js/live/dispatch.js";
import { waitSeconds } from "../../../static/js/live/lifeline.js";
import { LiveSocket } from "../../../static/js/live/socket.js";

class FakeSocket {
  onopen = () => {};
  onclose = () => {};
  onmessage = (_) => {};
  constructor(address) {
    this.address = address;
    this.readyState = 0;
    this.sent = [];
    this.parts = [];
  }
  send(data) {
    if (typeof data === "string") this.sent.push(JSON.parse(data));
    else this.parts.push(data);
  }
  accept() {
    this.readyState = 1;
    this.onopen();
  }
  say(message) {
    this.onmessage({ data: JSON.stringify(message) });
  }
  sayBinary(kind, body = {}) {
    this.onmessage({ data: binary(kind, body) });
  }
  drop() {
    this.readyState = 3;
    this.onclose();
  }
  close() {
    this.closed = true;
  }
}

function binary(kind, body) {
  const text = JSON.stringify({ __metadata__: { kind, body: JSON.stringify(body) } });
  const bytes = new TextEncoder().encode(`12345678${text}`);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  return bytes.buffer;
}

let sockets;
let waits;
let watches;
let heard;
let config;
let live;

beforeEach(() => {
  sockets = [];
  waits = [];
  watches = [];
  heard = { messages: [], frames: [], connections: [], wanted: 0, startedOver: [] };
  config = { batch: 10 };
  const messages = new Dispatch();
  live = new LiveSocket(
    "ws://here/live",
    messages,
    {
      hello: () => ({ config, play: true, speed: 30, until: 9, view: { visible: true } }),
      frame: ({ body }, current) => {
        heard.frames.push(body.frame);
        heard.current = current;
      },
      connection: (state) => heard.connections.push(state),
      wanted: () => {
        heard.wanted += 1;
      },
      startsOver: (refused) => heard.startedOver.push(refused.message),
    },
    {
      ended: (_, retry) => retry(),
      connect: (address) => {
        sockets.push(new FakeSocket(address));
        return sockets.at(-1);
      },
      wait: (run, milliseconds) => waits.push({ run, milliseconds }),
      watch: (run, milliseconds) => {
        const watch = { run, milliseconds, stopped: false };
        watches.push(watch);
        return () => {
          watch.stopped = true;
        };
      },
      random: () => 1,
      limits: { message_bytes: 200, first_message_seconds: 10 },
    },
  );
  live.start();
  // Whoever else a message concerns hears it after the connection.
  for (const type of ["opened", "changed", "refused", "busy", "notice", "answer", "diverged", "pong"]) {
    messages.on(type, (_, { settled, followed }) => {
      heard.messages.push([type, settled, ...(followed ? ["followed"] : [])]);
    });
  }
});

const socket = () => sockets.at(-1);
const sent = (type) => socket().sent.filter((message) => message.type === type);

/** What was said since this was last asked, by its type. */
const said = () =>
  socket()
    .sent.splice(0)
    .map(({ type }) => type);

/** What has gone up on this connection, as text of a letter for each byte. */
const uploaded = () => Buffer.concat(socket().parts.map((part) => Buffer.from(part))).toString("latin1");

/** Connected, and the first `open` answered. */
function settle() {
  socket().accept();
  socket().say({ type: "opened" });
}

test("the first thing said is open, with config, play, speed, where to stop and view", () => {
  socket().accept();
  assert.deepEqual(socket().sent, [{ type: "open", config, play: true, speed: 30, until: 9, view: { visible: true } }]);
  assert.deepEqual(heard.connections, ["connecting", "open"]);
});

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

test("many choices between two frames are one open, of the newest", () => {
  settle();
  for (const batch of [1, 2, 3]) {
    config = { batch };
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
    config = { batch };
    live.open();
    live.flush();
  }
  assert.equal(sent("open").length, 2);
  socket().say({ type: "opened" });
  assert.deepEqual(heard.messages.at(-1), ["opened", false]);
  live.flush();
  assert.equal(sent("open").at(-1).config.batch, 6);
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

test("an open that is refused is told, and a checkpoint of the run that goes on is asked for", () => {
  settle();
  live.open();
  live.flush();
  socket().say({ type: "refused", command: "open", message: "no" });
  assert.deepEqual(heard.messages.at(-1), ["refused", true]);
  assert.equal(sent("checkpoint").length, 1);
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

test("a link is on its way until it is answered", () => {
  settle();
  assert.equal(live.opening, false);
  live.follow("?data=xor");
  live.flush();
  assert.equal(live.opening, true);
  socket().say({ type: "opened" });
  assert.equal(live.opening, false);
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

test("a frame of a lost connection is not acknowledged on the next", () => {
  settle();
  socket().sayBinary("frame", { frame: 900 });
  socket().drop();
  waits[0].run();
  settle();
  live.acknowledge();
  assert.equal(sent("ack").length, 0);
});

test("reset forgets the checkpoint and asks for one of the new beginning", () => {
  settle();
  socket().sayBinary("checkpoint");
  live.reset();
  assert.equal(live.checkpoint, null);
  assert.deepEqual(socket().sent.slice(-2), [{ type: "reset" }, { type: "checkpoint" }]);
});

test("nothing is sent into a closed connection", () => {
  assert.equal(live.send({ type: "play" }), false);
  live.open();
  live.flush();
  assert.deepEqual(socket().sent, []);
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

const REFUSED = { type: "refused", command: "open", message: "noise: too much" };

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
