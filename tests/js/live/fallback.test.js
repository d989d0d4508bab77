/** When a page goes on without sockets: as soon as it is sure, and never because a server was away. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Fallback } from "../../../static/js/live/fallback.js";

/** What is opened next after each of these ends: whether anything was heard, and whether the server answers requests. */
async function follow(worked, ends) {
  let answers = true;
  const fallback = new Fallback(
    worked,
    async () => answers,
    ({ told }) => (told ? "polling, told" : "polling"),
  );
  const tried = [];
  for (const end of ends) {
    answers = end.includes("answers");
    await fallback.ended(end.includes("heard"));
    tried.push(fallback.connect());
  }
  return tried;
}

test("on a page that was just loaded one failed socket is enough, where the server answers", async () => {
  assert.deepEqual(await follow(false, ["answers"]), ["polling"]);
  assert.deepEqual(await follow(false, ["away"]), [null]);
});

test("once a socket has worked, two that fail while the server answers are needed", async () => {
  assert.deepEqual(await follow(true, ["answers", "answers"]), [null, "polling"]);
});

test("a server that was away for long is no proof", async () => {
  assert.deepEqual(await follow(true, ["away", "away", "away", "answers", "heard"]), [null, null, null, null, null]);
});

test("a socket that works again proves the network open", async () => {
  assert.deepEqual(await follow(true, ["answers", "heard", "answers"]), [null, null, null]);
});

test("who polls goes on polling through losses, and the reader is told once", async () => {
  const ends = ["answers", "heard", "away", "away", "heard"];
  assert.deepEqual(await follow(false, ends), ["polling", ...Array(4).fill("polling, told")]);
});

test("where polling fails, too, a socket is tried again, and so on", async () => {
  assert.deepEqual(await follow(false, ["answers", "answers", "answers"]), ["polling", null, "polling"]);
});
