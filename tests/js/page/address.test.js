/** The address follows the run: one entry of the history a gesture, and what stands beside the run stays. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Address, linkIn } from "../../../static/js/page/address.js";

let place;
let written;
let waits;
let address;

beforeEach(() => {
  place = { origin: "http://here", pathname: "/", search: "", hash: "" };
  written = [];
  waits = new Map();
  const write = (way) => (_state, _title, url) => {
    written.push([way, url]);
    Object.assign(place, { search: url.slice(1), hash: "" });
  };
  address = new Address(
    place,
    { pushState: write("push"), replaceState: write("replace") },
    (run) => {
      waits.set(waits.size + 1, run);
      return waits.size;
    },
    (timer) => waits.delete(timer),
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

test("a run that no link holds has none, and the address stays", () => {
  address.changed("noise=0.1");
  address.begin(null);
  address.changed(null);
  assert.equal(address.href(0), null);
  assert.equal(written.length, 1);
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
