/** The page in a frame: commands of its host, events to it, and resting while it is out of sight. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Embed, solved } from "../../../static/js/embed/frame.js";

const settle = () => new Promise((done) => setTimeout(done));
const FROM = { from: "neuron-playground" };
let did;
let told;
let timers;
let store;
let address;
let embed;

const frame = (epoch, train = 0.5, test = train) => ({
  body: { epoch, loss: { train: 0.3, test: 0.4 }, accuracy: { train, test } },
  arrays: {},
});
const show = (change) => store.set({ ...store.state, ...change });
const say = (command, more = {}) => embed.hear({ to: "neuron-playground", command, ...more });
const events = () => told.map(({ event }) => event);

beforeEach(() => {
  [did, told, timers] = [[], [], []];
  store = {
    state: { playing: false, newest: null, remark: null, history: [], parameters: 33 },
    set: (next) => {
      store.state = next;
    },
  };
  const did_ =
    (name) =>
    (...values) =>
      did.push(values[0] === undefined ? name : [name, ...values]);
  const actions = { reset: did_("reset"), step: did_("step"), follow: did_("follow"), show: did_("show") };
  actions.toggle = () => {
    did.push(store.state.playing ? "pause" : "play");
    show({ playing: !store.state.playing });
  };
  address = { link: "data=circles&rate=0.1" };
  const host = {
    post: (message) => told.push(message),
    begin: did_("begin"),
    wait: (run, milliseconds) => timers.push([run, milliseconds]),
    words: ({ key, values, said }) => said?.message ?? `${key} ${JSON.stringify(values)}`,
  };
  embed = new Embed({ store, actions, address, catalog: { solved_share: 0.97 } }, host, false);
});

const arrive = () => embed.hide("offscreen", false);
const seen = () => {
  arrive();
  embed.trust();
  show({ newest: frame(0) });
};

test("nothing is connected before it is first seen, and only once", () => {
  embed.hide("hidden", true);
  arrive();
  assert.deepEqual(did, []);
  embed.hide("hidden", false);
  assert.deepEqual(did, ["begin"]);
  embed.hide("offscreen", true);
  arrive();
  assert.deepEqual(did, ["begin", ["show", false], ["show", true]]);
});

test("a link that plays does so once it is ready and somebody is sure to look", () => {
  embed.plays = true;
  arrive();
  show({ newest: frame(0) });
  assert.deepEqual(did, ["begin"]);
  embed.trust();
  assert.deepEqual(did, ["begin", "play"]);
  embed.trust();
  assert.equal(did.length, 2);
});

test("a slide that starts before its network is ready plays it when it is", () => {
  embed.plays = true;
  embed.hear("slide:start");
  arrive();
  assert.equal(store.state.playing, false);
  show({ newest: frame(0) });
  assert.equal(store.state.playing, true);
});

test("out of sight it pauses, seen again it goes on", () => {
  seen();
  show({ playing: true });
  embed.hear("slide:stop");
  assert.deepEqual(did.slice(1), ["pause", ["show", false]]);
  embed.hear("slide:start");
  assert.deepEqual(did.slice(3), [["show", true], "play"]);
});

test("what was paused stays paused", () => {
  seen();
  embed.hear("slide:stop");
  embed.hear("slide:start");
  assert.deepEqual(did, ["begin", ["show", false], ["show", true]]);
});

test("every reason has to be gone", () => {
  seen();
  embed.hear("slide:stop");
  embed.hide("hidden", true);
  embed.hear("slide:start");
  assert.equal(embed.seen, false);
  embed.hide("hidden", false);
  assert.equal(embed.seen, true);
});

test("a link that plays, opened behind the curtain, waits for it to rise", () => {
  seen();
  embed.hear("slide:stop");
  show({ playing: true });
  assert.equal(store.state.playing, false);
  embed.hear("slide:start");
  assert.equal(store.state.playing, true);
});

test("play and pause say what is to be, not what is to change", () => {
  seen();
  say("pause");
  say("play");
  say("play");
  assert.deepEqual(did, ["begin", "play"]);
});

test("play behind the curtain plays when it rises", () => {
  seen();
  embed.hear("slide:stop");
  say("play");
  assert.equal(store.state.playing, false);
  embed.hear("slide:start");
  assert.equal(store.state.playing, true);
});

test("reset and step are done", () => {
  say("reset");
  say("step", { epochs: 5 });
  assert.deepEqual(did, ["reset", ["step", 5]]);
});

test("set changes what it names and keeps the rest of the link", () => {
  say("set", { query: "?rate=0.3&noise=0.1" });
  assert.deepEqual(did, [["follow", "?data=circles&rate=0.3&noise=0.1", true]]);
});

test("set says what it cannot do", async () => {
  say("set", { query: "lang=zh" });
  address.link = null;
  say("set", { query: "rate=0.3" });
  assert.deepEqual(did, []);
  await settle();
  assert.deepEqual(told, [
    { ...FROM, event: "error", message: 'embed.lasting {"key":"lang"}' },
    { ...FROM, event: "error", message: "embed.not_ready undefined" },
  ]);
});

test("get answers with the number of its question", () => {
  show({ newest: frame(7) });
  say("get", { id: 3 });
  const { event, id, epoch, playing, loss, accuracy, link, parameters, ...rest } = told.at(-1);
  assert.deepEqual([event, id, epoch, playing, parameters], ["state", 3, 7, false, 33]);
  assert.deepEqual([loss.test, accuracy.train, link], [0.4, 0.5, "data=circles&rate=0.1"]);
  assert.deepEqual(rest, { ...FROM, solved: false });
});

test("an unknown command is answered with those that are known", async () => {
  say("jump");
  await settle();
  assert.equal(told[0].event, "error");
  assert.match(told[0].message, /embed\.no_command .*jump.*play, pause, reset, step, set, get/);
});

test("what is for somebody else is left to them", () => {
  for (const message of [null, 3, "hello", {}, { to: "other", command: "play" }]) embed.hear(message);
  assert.deepEqual([did, told], [[], []]);
});

test("ready comes once, with the first frame", () => {
  arrive();
  show({ newest: frame(0) });
  show({ newest: frame(0) });
  assert.deepEqual(events(), ["ready"]);
});

test("epochs are told four times a second at most, the newest of them", () => {
  for (const epoch of [0, 1, 2, 3]) show({ newest: frame(epoch) });
  assert.equal(timers.length, 1);
  assert.equal(timers[0][1], 250);
  timers[0][0]();
  assert.deepEqual([told.at(-1).event, told.at(-1).epoch], ["epoch", 3]);
  show({ newest: frame(4) });
  assert.equal(timers.length, 2);
});

test("solved is told once for a run, and again after a reset", () => {
  const history = [[0], [1]];
  show({ newest: frame(5, 0.99), history });
  show({ newest: frame(6, 0.6), history });
  show({ newest: frame(7, 0.99), history });
  assert.deepEqual(events().filter((event) => event === "solved").length, 1);
  show({ newest: frame(0, 0.5), history });
  show({ newest: frame(4, 0.99), history });
  assert.deepEqual(events().filter((event) => event === "solved").length, 2);
});

test("both halves have to be answered rightly; a regression by its variance", () => {
  assert.equal(solved(frame(1, 0.9), 0.9), true);
  assert.equal(solved(frame(1, 1, 0.89), 0.9), false);
  const fit = (train, test) => ({ body: { accuracy: null, fit: { train: { r2: train }, test: { r2: test } } } });
  assert.equal(solved(fit(0.99, 0.96), 0.95), true);
  assert.equal(solved(fit(0.99, null), 0.95), false);
  assert.equal(solved({ body: { accuracy: null } }, 0.95), false);
});

test("what the server refuses is told in its sentence, what is calm is not", async () => {
  show({ remark: { tone: "warn", said: { message: "no such key" } } });
  show({ remark: { tone: "calm", said: { message: "by the way" } } });
  await settle();
  assert.deepEqual(told, [{ ...FROM, event: "error", message: "no such key" }]);
});
