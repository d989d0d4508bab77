/** A message reaches everyone it concerns, in their order, unless one has dealt with it; an unknown one reaches nobody. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Dispatch } from "../../../static/js/live/dispatch.js";

const TURN = { settled: true, followed: false };

function listening(...types) {
  const [messages, heard] = [new Dispatch(), []];
  for (const [index, type] of types.entries()) {
    messages.on(type, (message, turn) => void heard.push([index, message.type, turn]));
  }
  return { messages, heard };
}

test("everyone whom a type concerns hears it, in the order in which they came, and nobody else", () => {
  const { messages, heard } = listening("opened", "changed", "opened");
  messages.dispatch({ type: "opened" }, TURN);
  assert.deepEqual(heard, [
    [0, "opened", TURN],
    [2, "opened", TURN],
  ]);
});

test("who says false has dealt with it for all", () => {
  const { messages, heard } = listening("refused");
  messages.on("refused", () => false);
  messages.on("refused", () => assert.fail("it was dealt with"));
  messages.dispatch({ type: "refused" }, TURN);
  assert.equal(heard.length, 1);
});

test("a type that nobody knows does nothing", () => {
  const { messages, heard } = listening("opened");
  messages.dispatch({ type: "invented" }, TURN);
  assert.deepEqual(heard, []);
});
