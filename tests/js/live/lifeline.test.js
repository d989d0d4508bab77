/** A connection that is kept: what its owner hears of it, and when it is given up. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Lifeline } from "../../../static/js/live/lifeline.js";

let transport;
let look;
let stopped;
let told;
let ended;
let retries;
let line;

beforeEach(() => {
  [stopped, told, ended, retries] = [0, [], [], []];
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
      watch: (run) => {
        look = run;
        return () => {
          stopped += 1;
        };
      },
      random: () => 1,
    },
  );
  line.start();
});

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

test("one that has not opened by the first look is given up, and its goodbye is not waited for", () => {
  const hung = transport;
  look();
  assert.deepEqual(told, ["connecting", "waiting"]);
  assert.equal(hung.onclose, null);
  assert.equal(stopped, 1);
  assert.deepEqual(
    ended.map(({ heard }) => heard),
    [false],
  );
});

test("an open one that says nothing for one look is not", () => {
  accept();
  look();
  assert.deepEqual(told, ["connecting", "open"]);
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
