/** What happens on a connection before somebody takes it is told then, in order; there is one such connection. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { openEarly } from "../../../static/js/live/early_socket.js";

let made;
let take;
let heard;
let place;

function listen(socket) {
  for (const kind of ["open", "message", "close"]) {
    socket[`on${kind}`] = (event) => heard.push([kind, event?.data]);
  }
}

beforeEach(() => {
  [made, heard, place] = [[], [], {}];
  take = openEarly(
    "ws://here/live",
    (address) => {
      made.push({ address });
      return made.at(-1);
    },
    place,
  );
});

test("it connects at once, and whoever takes it hears what has happened, after saying who listens", async () => {
  assert.deepEqual(
    made.map(({ address, binaryType }) => [address, binaryType]),
    [["ws://here/live", "arraybuffer"]],
  );
  made[0].onopen();
  made[0].onmessage({ data: "busy" });
  made[0].onclose();
  const socket = take("ws://here/live");
  assert.equal(socket, made[0]);
  listen(socket);
  assert.deepEqual(heard, []);
  await null;
  assert.deepEqual(heard, [
    ["open", undefined],
    ["message", "busy"],
    ["close", undefined],
  ]);
});

test("one that is on its way already is taken, with what was heard on it, if it goes to the same place", async () => {
  const early = { address: "ws://here/live", socket: { address: "early" }, heard: [["open", undefined]] };
  take = openEarly("ws://here/live", assert.fail, { early });
  const socket = take("ws://here/live");
  assert.equal(socket, early.socket);
  listen(socket);
  await null;
  assert.deepEqual(heard, [["open", undefined]]);
  const other = { early };
  take = openEarly("ws://there/live", (address) => ({ address }), other);
  assert.deepEqual(take("ws://there/live").address, "ws://there/live");
  // Whoever comes later sees that there is one.
  assert.equal(other.early.address, "ws://there/live");
});

test("one that has closed without a word, since the page was so late, is not taken", () => {
  made[0].onopen({ type: "open" });
  made[0].onclose();
  assert.equal(take("ws://here/live"), made[1]);
});

test("what happens after it was taken is heard once", async () => {
  listen(take("ws://here/live"));
  await null;
  made[0].onopen();
  assert.deepEqual(heard, [["open", undefined]]);
});

test("after that, and for other addresses, connections are new ones", () => {
  assert.equal(take("ws://there/live"), made[1]);
  assert.equal(take("ws://here/live"), made[0]);
  assert.equal(take("ws://here/live"), made[2]);
});

test("what was said before it was taken is not said again, but for that it plays; anything else is said", () => {
  for (const [first, instead] of [
    ["the very words", '{"type":"play"}'],
    ["other words", "other words"],
  ]) {
    const said = [];
    const socket = { send: (data) => said.push(data) };
    const early = { address: "ws://here/live", socket, heard: [["open", undefined]], said: "the very words" };
    const taken = openEarly("ws://here/live", assert.fail, { early })("ws://here/live");
    taken.send(first);
    taken.send("the very words");
    assert.deepEqual(said, [instead, "the very words"]);
    assert.equal(taken.steered, 1);
  }
});

test("a socket that is not open yet when it is taken has been told nothing: the page says it all itself", () => {
  const said = [];
  const socket = { send: (data) => said.push(data) };
  const early = { address: "ws://here/live", socket, heard: [], said: "the very words" };
  const taken = openEarly("ws://here/live", assert.fail, { early })("ws://here/live");
  taken.send("the very words");
  assert.deepEqual(said, ["the very words"]);
  assert.equal(taken.steered, undefined);
});
