/** A connection that is kept: what its owner hears of it, and when it is given up. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Lifeline } from "../../../static/js/live/lifeline.js";

let transport;
let watches;
let told;
let ended;
let retries;
let line;

beforeEach(() => {
  [watches, told, ended, retries] = [[], [], [], []];
  line = new Lifeline(
    "ws://here/live",
    { became: (state) => told.push(state), hear: (message) => told.push(message) },
    {
      connect: (address) => {
        transport = { address, readyState: 0, sent: [], send: (data) => transport.sent.push(data), close: () => {} };
        return transport;
      },
      ended: (heard, retry) => ended.push({ heard, retry }),
      wait: (run, milliseconds) => retries.push({ run, milliseconds }),
      watch: (run, milliseconds) => {
        const watch = { run, milliseconds, stopped: false };
        watches.push(watch);
        return () => {
          watch.stopped = true;
        };
      },
      limits: { first_message_seconds: 7 },
      random: () => 1,
    },
  );
  line.start();
});

const look = () => watches[0].run();

function accept() {
  transport.readyState = 1;
  transport.onopen();
}

test("its owner hears what becomes of it, and every message", () => {
  assert.equal(transport.address, "ws://here/live");
  accept();
  transport.onmessage({ data: "one" });
  transport.onclose();
  assert.deepEqual(told, ["connecting", "open", "one", "waiting"]);
});

test("nothing is sent before it is open", () => {
  assert.equal(line.send("early"), false);
  accept();
  assert.equal(line.send("now"), true);
  assert.deepEqual(transport.sent, ["now"]);
});

test("a frame is current when all that was said of playing on this connection had come", () => {
  accept();
  assert.equal(line.isCurrent({ steered: 0 }), true);
  for (const type of ["open", "ack", "play", "view", "change"]) line.say({ type });
  assert.deepEqual(
    [1, 2, 3].map((steered) => line.isCurrent({ steered })),
    [false, true, true],
  );
  transport.onclose();
  ended[0].retry();
  retries[0].run();
  // Nothing is counted that was not sent.
  assert.equal(line.say({ type: "pause" }), false);
  accept();
  assert.equal(line.isCurrent({ steered: 0 }), true);
});

test("what was said on a connection before it was taken is counted", () => {
  line.environment.connect = () => ({ readyState: 1, send() {}, close() {}, steered: 1 });
  line.start();
  line.say({ type: "open" });
  assert.deepEqual(
    [1, 2].map((steered) => line.isCurrent({ steered })),
    [false, true],
  );
});

test("one that has not opened by the first look is given up, and its goodbye is not waited for", () => {
  const hung = transport;
  look();
  assert.deepEqual(told, ["connecting", "waiting"]);
  assert.equal(hung.onclose, null);
  assert.deepEqual(
    watches.map((watch) => watch.stopped),
    [true],
  );
  assert.deepEqual(
    ended.map(({ heard }) => heard),
    [false],
  );
});

test("one that may take longer to open is given up no sooner", () => {
  line.environment.connect = () => ({ readyState: 0, close() {}, opensWithinSeconds: 15 });
  line.start();
  const lookAtIt = watches.at(-1).run;
  for (const said of ["connecting", "connecting", "waiting"]) {
    lookAtIt();
    assert.equal(told.at(-1), said);
  }
});

test("an open one that says nothing for one look is not", () => {
  accept();
  look();
  assert.deepEqual(told, ["connecting", "open"]);
});

test("one that opened, and on which nothing has come within the server's bound, is given up", () => {
  accept();
  const [, expecting] = watches;
  assert.equal(expecting.milliseconds, 7000);
  expecting.run();
  assert.deepEqual(told, ["connecting", "open", "waiting"]);
  assert.deepEqual([ended.map(({ heard }) => heard), watches.map((watch) => watch.stopped)], [[false], [true, true]]);
});

test("the first message ends that bound, and silence is borne for longer", () => {
  accept();
  transport.onmessage({ data: "one" });
  assert.deepEqual(
    watches.map((watch) => watch.stopped),
    [false, true],
  );
  for (let time = 0; time < 4; time++) look();
  assert.deepEqual(transport.sent, ['{"type":"ping"}']);
  assert.deepEqual(told, ["connecting", "open", "one"]);
  look();
  assert.equal(told.at(-1), "waiting");
  assert.equal(ended[0].heard, true);
});

test("whether anything came on it is told, and another is tried only when that is allowed", () => {
  accept();
  transport.onmessage({ data: "one" });
  transport.onclose();
  assert.equal(ended[0].heard, true);
  assert.deepEqual(retries, []);
  ended[0].retry();
  retries[0].run();
  accept();
  transport.onclose();
  assert.equal(ended[1].heard, false);
});
