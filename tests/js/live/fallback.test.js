/** When a page goes on without sockets: as soon as it is sure, and never because a server was away. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Fallback } from "../../../static/js/live/fallback.js";

/**
 * What is opened next after each of these ends: whether anything was heard, and whether the server answers requests.
 * Each connection has lasted for two seconds, unless its end says that it lasted long.
 */
function follow(worked, ends) {
  let seconds = 1000;
  const fallback = new Fallback(
    worked,
    ({ told }) => (told ? "polling, told" : "polling"),
    () => 1000 * seconds,
  );
  const tried = [];
  for (const end of ends) {
    seconds += end.includes("long") ? 3600 : 2;
    fallback.ended(end.includes("heard"), end.includes("answers"));
    tried.push(fallback.connect());
  }
  return tried;
}

test("on a page that was just loaded one failed socket is enough, where the server answers", () => {
  assert.deepEqual(follow(false, ["answers"]), ["polling"]);
  assert.deepEqual(follow(false, ["away"]), [null]);
});

test("once a socket has worked, two that fail while the server answers are needed", () => {
  assert.deepEqual(follow(true, ["answers", "answers"]), [null, "polling"]);
});

test("a server that was away for long is no proof", () => {
  assert.deepEqual(follow(true, ["away", "away", "away", "answers", "heard"]), [null, null, null, null, null]);
});

test("a socket that works again proves the network open", () => {
  assert.deepEqual(follow(true, ["answers", "heard", "answers"]), [null, null, null]);
});

test("a server that was away when the first socket failed is no proof that it was there when the second did", () => {
  assert.deepEqual(follow(false, ["away", "answers", "answers"]), [null, null, "polling"]);
});

test("who has polled for long tries a socket at the next loss, and goes on with it where it works", () => {
  assert.deepEqual(follow(false, ["answers", "heard, long", "heard"]), ["polling", null, null]);
});

test("who has polled for long polls again after one more socket that fails, and the reader is not told again", () => {
  const ends = ["answers", "heard, long", "answers", "heard"];
  assert.deepEqual(follow(false, ends), ["polling", null, "polling, told", "polling, told"]);
});

test("a server that is away while the socket is tried again decides nothing", () => {
  const ends = ["answers", "heard, long", "away", "away", "answers"];
  assert.deepEqual(follow(false, ends), ["polling", null, null, null, "polling, told"]);
});

test("who polls goes on polling through losses that follow soon, and the reader is told once", () => {
  const ends = ["answers", "heard", "away", "away", "heard"];
  assert.deepEqual(follow(false, ends), ["polling", ...Array(4).fill("polling, told")]);
});

test("where polling fails, too, a socket is tried again, and so on", () => {
  assert.deepEqual(follow(false, ["answers", "answers", "answers"]), ["polling", null, "polling"]);
});
