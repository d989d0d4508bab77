/** What is dirty is drawn once per frame, in order, and one failing region does not stop the others. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Loop, needsOf } from "../../../static/js/page/render_loop.js";

let frames;
let problems;
let drawn;
let loop;

beforeEach(() => {
  frames = [];
  problems = [];
  drawn = [];
  loop = new Loop(
    (draw) => frames.push(draw),
    (problem) => problems.push(problem),
  );
  for (const name of ["first", "second", "third"]) loop.register(name, () => drawn.push(name));
});

const nextFrame = () => frames.shift()();

test("a cleared loop draws nothing, and takes the same names again", () => {
  const drawn = [];
  const loop = new Loop(
    () => {},
    () => {},
  );
  loop.register("page", () => drawn.push("old"));
  loop.markAll();
  loop.clear();
  loop.draw();
  loop.register("page", () => drawn.push("new"));
  loop.markAll();
  loop.draw();
  assert.deepEqual(drawn, ["new"]);
});

test("a region marked many times is drawn once", () => {
  loop.mark("second");
  loop.mark("second", "second");
  assert.equal(frames.length, 1);
  nextFrame();
  assert.deepEqual(drawn, ["second"]);
});

test("parts are drawn in the order of registration, not of marking", () => {
  loop.mark("third");
  loop.mark("first");
  nextFrame();
  assert.deepEqual(drawn, ["first", "third"]);
});

test("nothing marked, nothing asked for", () => {
  loop.mark();
  assert.equal(frames.length, 0);
});

test("what is marked while drawing waits for the next frame", () => {
  loop.register("again", () => loop.mark("first"));
  loop.mark("again");
  nextFrame();
  assert.deepEqual(drawn, []);
  nextFrame();
  assert.deepEqual(drawn, ["first"]);
});

test("a region that throws is reported and the rest is drawn", () => {
  loop.register("broken", () => {
    throw new Error("no");
  });
  loop.register("last", () => drawn.push("last"));
  loop.markAll();
  nextFrame();
  assert.deepEqual(drawn, ["first", "second", "third", "last"]);
  assert.equal(problems[0].message, "no");
});

test("an unknown region is an error that lists the known ones, and a name is given once", () => {
  assert.throws(() => loop.mark("fourth"), /no region "fourth": first, second, third/);
  assert.throws(() => loop.register("first", () => {}), /two regions/);
});

test("a region is dirty when something that it needs is another, and no other region is", () => {
  loop.register("settings", () => drawn.push("settings"), ["config", "lens"]);
  loop.register("status", () => drawn.push("status"), ["frame"]);
  loop.changed(["frame"]);
  nextFrame();
  assert.deepEqual(drawn.splice(0), ["status"]);
  loop.changed(["lens", "frame"]);
  nextFrame();
  assert.deepEqual(drawn.splice(0), ["settings", "status"]);
  loop.changed([]);
  loop.changed(["speed"]);
  assert.equal(frames.length, 0);
});

test("a region needs what the panels need that are drawn in it", () => {
  const panels = [
    { needs: { controls: ["config", "draft"], network: ["frame"] } },
    { needs: { controls: ["config", "lens"], place: ["lens"] } },
  ];
  assert.deepEqual(needsOf("controls", panels), ["config", "draft", "lens"]);
  assert.deepEqual(needsOf("place", panels), ["lens"]);
  assert.deepEqual(needsOf("network", panels), ["frame"]);
  assert.deepEqual(needsOf("points", panels), []);
});
