/** The address follows the run: one entry of the history a gesture, and what stands beside the run stays. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Address, linkIn } from "../../../static/js/page/address.js";

let place;
let written;
let waits;
let address;
let beside;
let kept;
let now;

beforeEach(() => {
  place = { origin: "http://here", pathname: "/", search: "", hash: "" };
  written = [];
  waits = new Map();
  [beside, kept, now] = [{}, [], 0];
  const write = (way) => (_state, _title, url) => {
    written.push([way, url]);
    const [search, behind] = url.slice(1).split("#");
    Object.assign(place, { search, hash: behind ? `#${behind}` : "" });
  };
  address = new Address(
    place,
    { pushState: write("push"), replaceState: write("replace") },
    (run) => {
      waits.set(waits.size + 1, run);
      return waits.size;
    },
    (timer) => waits.delete(timer),
    { beside: () => beside, keep: (name) => kept.push(name), now: () => now, random: () => 0.5 + kept.length / 10 },
  );
});

test("an address without a link asks for nothing", () => {
  assert.equal(address.query, null);
  place.hash = "#top";
  assert.equal(address.query, null);
  Object.assign(place, { search: "?lang=zh", hash: "#dataset=xor" });
  assert.equal(address.query, "?lang=zh#dataset=xor");
});

test("the default run leaves a bare address bare", () => {
  address.changed("");
  assert.deepEqual(written, []);
});

test("a link that was followed stands as the server writes it, its epochs with it", () => {
  place.hash = "#dataset=xor";
  address.followed("data=classic", { epochs: "20", hide: "play,step" });
  assert.deepEqual(written, [["replace", "/?data=classic&epochs=20&hide=play,step"]]);
});

test("each gesture is one entry, and a drag rewrites its own", () => {
  address.changed("");
  address.begin(null);
  address.changed("noise=0.1");
  address.changed("noise=0.2");
  address.changed("noise=0.3");
  assert.deepEqual(written, [["push", "/?noise=0.1"]]);
  assert.equal(waits.size, 1);
  for (const run of waits.values()) run();
  assert.deepEqual(written.at(-1), ["replace", "/?noise=0.3"]);
  address.begin(null);
  address.changed("noise=0.4");
  assert.deepEqual(written.at(-1), ["push", "/?noise=0.4"]);
});

test("arrow keys on one slider are one gesture", () => {
  const [slider, other] = [{}, {}];
  address.changed("");
  address.begin(slider, "Tab");
  address.changed("batch=11");
  address.begin(slider, "ArrowRight");
  address.changed("batch=12");
  assert.equal(written.length, 1);
  address.begin(other, "ArrowRight");
  address.changed("batch=13");
  assert.equal(written.at(-1)[0], "push");
});

test("the same run again, as after a lost connection, writes nothing", () => {
  address.changed("noise=0.1");
  address.begin(null);
  address.changed("noise=0.1");
  assert.equal(written.length, 1);
});

test("a change keeps language and looks and drops what was of a moment", () => {
  place.search = "?noise=0.1&epochs=50&play=on&lang=zh&hide=play,step";
  address.followed("noise=0.1", { epochs: "50", play: "on", lang: "zh", hide: "play,step" });
  address.begin(null);
  address.changed("noise=0.2");
  assert.deepEqual(written.at(-1), ["push", "/?noise=0.2&lang=zh&hide=play,step"]);
});

test("the whole link says the epoch where one is asked for", () => {
  address.changed("noise=0.1");
  assert.equal(address.href(0), "http://here/?noise=0.1");
  assert.equal(address.href(30), "http://here/?noise=0.1&epochs=30");
  address.changed("");
  for (const run of waits.values()) run();
  assert.equal(address.href(0), "http://here/");
});

test("a run that no link holds has a name in the address, under which the tab keeps it", () => {
  address.changed("noise=0.1");
  address.begin(null);
  address.changed(null);
  assert.equal(address.href(0), null);
  assert.equal(kept.length, 1);
  assert.deepEqual(written, [
    ["replace", "/?noise=0.1"],
    ["push", `/?kept=${kept[0]}`],
  ]);
  address.changed(null);
  for (const run of waits.values()) run();
  // What goes on in one gesture goes on under one name, and is kept anew.
  assert.deepEqual(kept, [kept[0], kept[0]]);
  address.begin(null);
  address.changed(null);
  assert.notEqual(kept.at(-1), kept[0]);
  address.begin(null);
  address.changed("noise=0.1");
  assert.deepEqual(written.at(-1), ["push", "/?noise=0.1"]);
});

test("an address with a name keeps it when the tab opens what it stands for", () => {
  place.search = "?kept=abc&lang=zh";
  address.changed(null);
  assert.deepEqual(written, []);
});

test("back in the history, a drawing that goes on is an entry of its own", () => {
  address.changed("");
  address.begin(null);
  address.changed("noise=0.1");
  place.search = "?kept=abc";
  address.arrived();
  address.changed(null);
  for (const run of waits.values()) run();
  assert.deepEqual(kept, ["abc"]);
  address.begin(null);
  address.changed(null);
  assert.equal(written.at(-1)[0], "push");
  assert.notEqual(kept.at(-1), "abc");
});

test("who leaves takes along what waited to be written", () => {
  address.changed("");
  address.begin(null);
  address.changed("noise=0.1");
  address.changed("noise=0.2");
  address.flush();
  assert.deepEqual(written.at(-1), ["replace", "/?noise=0.2"]);
  address.flush();
  assert.equal(written.length, 2);
});

test("presses of one button that follow soon are one entry, of two buttons two", () => {
  const [more, other] = [{}, {}];
  address.changed("");
  for (const units of [9, 10, 11]) {
    address.begin(more, " ");
    address.changed(`layers=${units}`);
    now += 1000;
  }
  for (const run of waits.values()) run();
  assert.deepEqual(written, [
    ["push", "/?layers=9"],
    ["replace", "/?layers=11"],
  ]);
  address.begin(other);
  address.changed("layers=10");
  assert.deepEqual(written.at(-1), ["push", "/?layers=10"]);
  now += 2000;
  address.begin(other);
  address.changed("layers=9");
  assert.deepEqual(written.at(-1), ["push", "/?layers=9"]);
});

test("speed and lens stand in the address as they are, and in what is shared", () => {
  place.search = "?noise=0.1&epochs=50&play=on&speed=10&lens=on&lang=zh";
  beside = { speed: "10", lens: "on" };
  address.followed("noise=0.1", { epochs: "50", play: "on", speed: "10", lens: "on", lang: "zh" });
  address.begin(null);
  address.changed("noise=0.2");
  assert.deepEqual(written.at(-1), ["push", "/?noise=0.2&speed=10&lens=on&lang=zh"]);
  beside = { lens: "on" };
  address.refresh();
  assert.deepEqual(written.at(-1), ["replace", "/?noise=0.2&lang=zh&lens=on"]);
  assert.equal(address.href(0), "http://here/?noise=0.2&lens=on&lang=zh");
});

test("a bare address stays bare until the reader does something", () => {
  beside = { speed: "30" };
  address.changed("");
  address.refresh();
  assert.deepEqual(written, []);
});

test("a link is found in what is pasted, other text is left alone", () => {
  const found = (text) => linkIn(text, "http://here");
  assert.equal(found(" http://here/?data=moons \n"), "?data=moons");
  assert.equal(
    found("https://playground.tensorflow.org/#activation=tanh&networkShape=4,2"),
    "#activation=tanh&networkShape=4,2",
  );
  assert.equal(found("#dataset=xor&noise=25"), "#dataset=xor&noise=25");
  for (const text of [
    "",
    "1,2,0",
    "# a title",
    "#top",
    "http://here/",
    "https://example.org/?a=1#b=2",
    "http://",
    "a\n#b=1",
  ]) {
    assert.equal(found(text), null, text);
  }
});

test("what stands beside the experiment goes before the points behind its #", () => {
  place.search = "?lang=zh";
  address.changed("points=fragment#points=Ad");
  assert.equal(written.at(-1)[1], "/?points=fragment&lang=zh#points=Ad");
  assert.equal(address.query, "?points=fragment&lang=zh#points=Ad");
  assert.equal(address.href(7), "http://here/?points=fragment&lang=zh&epochs=7#points=Ad");
  address.begin({});
  beside = { speed: "10" };
  address.refresh();
  assert.equal(written.at(-1)[1], "/?points=fragment&lang=zh&speed=10#points=Ad");
  const count = written.length;
  address.refresh();
  assert.equal(written.length, count);
  address.begin({});
  address.changed("data=xor");
  assert.equal(written.at(-1)[1], "/?data=xor&speed=10&lang=zh");
});
