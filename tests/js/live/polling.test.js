/** Messages in the bodies of requests: in order, once, and over when the server says so. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { PollingSocket } from "../../../static/js/live/polling.js";

/** A message as docs/reference/protocol.md has it. */
function record(kind, data) {
  const head = Buffer.alloc(5);
  head[0] = kind;
  head.writeUInt32LE(data.length, 1);
  return Buffer.concat([head, Buffer.from(data)]);
}

let requests;
let waits;
let heard;
let ended;

beforeEach(() => {
  requests = [];
  waits = [];
  heard = [];
  ended = 0;
});

const soon = () => new Promise((resolve) => setTimeout(resolve, 0));

/** Every request waits here until the test answers it. */
function fetch(address, { body, headers, keepalive }) {
  return new Promise((resolve, reject) => {
    const what = address.split("/").at(-1);
    const text = typeof body === "string" ? Promise.resolve(body) : body.text();
    requests.push({
      what,
      headers,
      keepalive,
      text,
      answer: (status, data = Buffer.alloc(0)) => resolve(new Response(status === 204 ? null : data, { status })),
      fail: () => reject(new TypeError("the network is gone")),
    });
  });
}

const last = (what) => requests.filter((request) => request.what === what).at(-1);
const count = (what) => requests.filter((request) => request.what === what).length;

function open(more = {}) {
  const environment = {
    fetch,
    wait: (run) => waits.push(run),
    limits: { message_bytes: 100 },
    own: true,
    told: false,
    ...more,
  };
  const socket = new PollingSocket("https://here/live", environment);
  socket.onopen = () => heard.push("open");
  socket.onmessage = ({ data }) => heard.push(typeof data === "string" ? data : new Uint8Array(data));
  socket.onclose = () => {
    ended += 1;
  };
  return socket;
}

const TOLD = { session: "secret", polls_per_second: 10, notice: { type: "notice", key: "polling.blocked" } };

async function opened(more) {
  const socket = open(more);
  last("session").answer(201, JSON.stringify(TOLD));
  await soon();
  return socket;
}

test("it is open once the server has given it a secret, and asks for messages at once", async () => {
  const socket = open();
  assert.equal(socket.readyState, 0);
  assert.deepEqual(last("session").headers, { "Own-Page": "1" });
  last("session").answer(201, JSON.stringify(TOLD));
  await soon();
  assert.equal(socket.readyState, 1);
  assert.deepEqual(heard, ["open"]);
  assert.equal(await last("receive").text, "secret 1\n");
});

test("a sandboxed frame does not claim to be the server's own page", () => {
  open({ own: false });
  assert.deepEqual(last("session").headers, {});
});

test("what comes down is heard in its order, and then more is asked for", async () => {
  await opened({ told: true });
  last("receive").answer(200, Buffer.concat([record(0, "one"), record(1, [1, 2, 3])]));
  await soon();
  assert.deepEqual(heard, ["open", "one", new Uint8Array([1, 2, 3])]);
  assert.equal(await last("receive").text, "secret 2\n");
});

test("the reader is told once, behind the first that there is to see", async () => {
  await opened();
  last("receive").answer(200, record(0, "one"));
  await soon();
  last("receive").answer(200, record(0, "two"));
  await soon();
  assert.deepEqual(heard, ["open", "one", JSON.stringify(TOLD.notice), "two"]);
});

test("what is said in one go goes up together, and the next once that is taken", async () => {
  const socket = await opened();
  last("send").answer(204);
  await soon();
  socket.send("a");
  socket.send(new Uint8Array([65]).buffer);
  await soon();
  assert.equal(await last("send").text, `secret 2\n${record(0, "a")}${record(1, "A")}`);
  socket.send("b");
  await soon();
  assert.equal(count("send"), 2);
  last("send").answer(204);
  await soon();
  assert.equal(await last("send").text, `secret 3\n${record(0, "b")}`);
});

test("the first thing that goes up is how many frames there may be, behind what was said on opening", async () => {
  const socket = open({ limits: { message_bytes: 1000 } });
  socket.onopen = () => socket.send("open");
  last("session").answer(201, JSON.stringify(TOLD));
  await soon();
  const view = '{"type":"view","frames_per_second":10}';
  assert.equal(await last("send").text, `secret 1\n${record(0, "open")}${record(0, view)}`);
});

test("no request is longer than a message may be, unless one message is", async () => {
  const socket = await opened();
  last("send").answer(204);
  await soon();
  for (const part of ["x".repeat(60), "y".repeat(60), "z"]) socket.send(new Uint8Array(Buffer.from(part)).buffer);
  const sizes = [];
  for (let time = 0; time < 2; time++) {
    await soon();
    sizes.push((await last("send").text).length);
    last("send").answer(204);
  }
  assert.deepEqual(sizes, ["secret 2\n".length + 65, "secret 3\n".length + 65 + 6]);
});

for (const [name, lose] of [
  ["is lost", (request) => request.fail()],
  ["is a proxy's", (request) => request.answer(502)],
]) {
  test(`a request whose answer ${name} is sent once more, the same`, async () => {
    await opened({ told: true });
    lose(last("receive"));
    await soon();
    waits.pop()();
    await soon();
    assert.equal(await last("receive").text, "secret 1\n");
    last("receive").answer(200, record(0, "one"));
    await soon();
    assert.deepEqual(heard, ["open", "one"]);
    lose(last("receive"));
    await soon();
    waits.pop()();
    await soon();
    lose(last("receive"));
    await soon();
    assert.equal(ended, 1);
  });
}

test("where the server no longer knows the session it is over at once", async () => {
  const socket = await opened();
  last("receive").answer(410);
  await soon();
  assert.deepEqual([ended, socket.readyState, waits.length], [1, 3, 0]);
});

test("what goes up too late is lost, and the last words are still heard", async () => {
  const socket = await opened({ told: true });
  last("send").answer(410);
  await soon();
  assert.equal(ended, 0);
  last("receive").answer(200, Buffer.concat([record(0, "bye"), record(2, [244, 3])]));
  await soon();
  assert.deepEqual([heard, ended, socket.readyState], [["open", "bye"], 1, 3]);
});

test("a refusal of what goes up ends it", async () => {
  await opened();
  last("send").answer(422);
  await soon();
  assert.equal(ended, 1);
});

test("a close code ends it", async () => {
  await opened({ told: true });
  last("receive").answer(200, Buffer.concat([record(0, "bye"), record(2, [244, 3])]));
  await soon();
  assert.deepEqual(heard, ["open", "bye"]);
  assert.equal(ended, 1);
  assert.equal(count("receive"), 1);
});

test("a server without room says when to come back", async () => {
  open();
  last("session").answer(503, JSON.stringify({ code: "busy", retry_after: 15, key: "say.busy_full" }));
  await soon();
  assert.deepEqual(JSON.parse(heard[0]), { code: "busy", retry_after: 15, key: "say.busy_full", type: "busy" });
  assert.equal(ended, 1);
});

for (const status of [403, 404, 502]) {
  test(`an answer of ${status} to the opening ends it`, async () => {
    open();
    last("session").answer(status, "{}");
    await soon();
    assert.deepEqual([ended, heard.length], [1, 0]);
  });
}

test("whoever closes it leaves the session, in a request that outlives the page", async () => {
  const socket = await opened();
  socket.close();
  assert.equal(await last("leave").text, "secret 0\n");
  assert.equal(last("leave").keepalive, true);
  assert.equal(ended, 1);
  last("receive").answer(410);
  await soon();
  assert.equal(ended, 1);
});
