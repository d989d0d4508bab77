/** The status line says the most urgent thing, in one sentence. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { startState, welcomed } from "../../../../static/js/model/state.js";
import {
  createStatus,
  fetchWordsOf,
  sentenceOf,
  waitsForWords,
  wordsOf,
} from "../../../../static/js/panels/toolbar/status.js";
import { Language } from "../../../../static/js/text/language.js";
import { make } from "../../../../static/js/widgets/dom.js";
import { createCatalog, createConfig } from "../../catalog.js";
import { createDocument } from "../../dom.js";

const open = (more = {}) => ({
  ...startState(createConfig(), null),
  good: createConfig(),
  connection: "open",
  ...more,
});
const key = (state) => sentenceOf(state).key;

test("before the first connection it connects, after a lost one it reconnects", () => {
  assert.equal(key(startState(createConfig(), null)), "status.connecting");
  assert.equal(key(open({ connection: "waiting" })), "status.reconnecting");
  assert.equal(key(open({ connection: "connecting" })), "status.reconnecting");
});

test("a server that said it is busy is quoted while the page waits", () => {
  const remark = { tone: "warn", said: { message: "Come back in 15 seconds." } };
  assert.equal(sentenceOf(open({ connection: "waiting", remark })), remark);
});

test("a remark comes before what the run does", () => {
  const remark = { tone: "warn", said: { message: "It diverged." } };
  assert.equal(sentenceOf(open({ playing: true, remark })), remark);
});

test("what is of the beginning is not said later", () => {
  const remark = { tone: "calm", key: "dice.run", values: { seed: 1 }, until: 30 };
  assert.equal(key(open({ remark, newest: { body: { epoch: 30 } } })), "dice.run");
  assert.equal(key(open({ remark, newest: { body: { epoch: 31 } } })), "status.paused");
});

test("a run that was lost says so when it goes on", () => {
  assert.equal(key(open({ recovering: true, playing: true })), "status.recovering");
});

test("the run is ready, playing or paused at an epoch", () => {
  assert.equal(key(open()), "status.ready");
  assert.equal(key(open({ playing: true })), "status.playing");
  const paused = sentenceOf(open({ newest: { body: { epoch: 1200 } } }));
  assert.deepEqual([paused.key, paused.values], ["status.paused", { epoch: "1,200" }]);
});

test("a sentence of the server's stands alone or within one of the page's", () => {
  const language = new Language("en", { "status.refused": "No: {sentence}", "say.full": "All {n} taken." }, {});
  const page = { language, catalog: createCatalog() };
  const said = { key: "say.full", values: { n: 3 }, message: "" };
  assert.equal(wordsOf(page, { tone: "warn", said }), "All 3 taken.");
  assert.equal(wordsOf(page, { tone: "warn", key: "status.refused", said }), "No: All 3 taken.");
  assert.equal(wordsOf(page, { tone: "calm", key: "say.full", values: { n: 4 } }), "All 4 taken.");
});

const HAPPENED = { key: "say.stuck", values: { epoch: 64 }, message: "Stuck.", remedies: [] };
const ran = (body, more = {}) => open({ playing: true, newest: { body: { epoch: 70, ...body } }, ...more });

test("what happened in the run is said, playing or paused, but not of an old run's last frame", () => {
  assert.deepEqual(sentenceOf(ran({ remark: HAPPENED })), { tone: "calm", said: HAPPENED });
  assert.equal(sentenceOf(ran({ remark: HAPPENED }, { playing: false })).said, HAPPENED);
  assert.equal(key(ran({ remark: HAPPENED, epoch: 0 })), "status.playing");
});

test("a first visit says what to try until something happens", () => {
  const first = { key: "", values: {}, message: "", remedies: [HAPPENED] };
  assert.deepEqual(sentenceOf(ran({}, { first })), { tone: "calm", key: "status.first", said: first });
  assert.equal(sentenceOf(ran({ remark: HAPPENED }, { first })).said, HAPPENED);
});

const COMPARED = { key: "runs.both", values: {}, message: "", remedies: [] };

test("what two runs say beside each other comes before that all is right, after what went wrong", () => {
  const right = { ...HAPPENED, key: "say.right" };
  assert.equal(sentenceOf(ran({ remark: right }, { compared: COMPARED })).said, COMPARED);
  const advice = { ...HAPPENED, remedies: [{ key: "advice.rate" }] };
  assert.equal(sentenceOf(ran({ remark: advice }, { compared: COMPARED })).said, advice);
});

test("a run that stopped when it was solved says that, and the comparison", () => {
  const said = { key: "say.stopped_solved", values: {}, message: "Solved." };
  const remark = { tone: "calm", said };
  assert.deepEqual(sentenceOf(open({ remark, compared: COMPARED })).all, [said, COMPARED]);
  assert.equal(sentenceOf(open({ remark })), remark);
});

test("a server that cannot keep the pace takes no word from the run's own story: that stands beside the rate", () => {
  const said = { key: "say.found", values: {}, message: "" };
  assert.equal(key(ran({}, { speed: 30, lags: true })), "status.playing");
  assert.equal(sentenceOf(ran({}, { speed: 30, lags: true, first: said })).said, said);
});

test("a refusal waits for its words, unless they have come or cannot be had", async () => {
  const refused = { tone: "warn", key: "status.refused", said: { key: "refused.between", values: {}, message: "" } };
  const first = { "status.refused": "Not possible: {sentence}", "status.ready": "Ready.", "say.known": "Known." };
  const complete = new Language("en", { ...first }, {}, async () => ({ messages: { "refused.between": "words" } }));
  const cut = new Language("en", { ...first }, {}, () => Promise.reject(new Error("no network")));
  for (const language of [complete, cut]) {
    assert.equal(waitsForWords(language, refused), true);
    assert.equal(waitsForWords(language, { tone: "calm", said: { ...refused.said, key: "foreign.seed" } }), true);
    assert.equal(waitsForWords(language, { tone: "calm", all: [refused.said, { key: "say.known" }] }), true);
    assert.equal(waitsForWords(language, { tone: "calm", said: { key: "say.known" } }), false);
    assert.equal(waitsForWords(language, { tone: "calm", key: "status.ready" }), false);
    const { first: welcome } = welcomed(startState(createCatalog().default, 10), { speed: 10, remedies: [] });
    assert.equal(waitsForWords(language, { tone: "calm", key: "status.ready", said: welcome }), false);
    await language.complete().catch(() => {});
    assert.equal(waitsForWords(language, refused), false);
  }
});

test("who tells a sentence to somebody else has its words first, and the server's own where they cannot be had", async () => {
  const sentence = { tone: "warn", said: { key: "refused.late", values: {}, message: "The server's own." } };
  const catalog = createCatalog();
  const late = new Language("zh", {}, {}, async () => ({ messages: { "refused.late": "不行。" } }));
  const cut = new Language("zh", {}, {}, () => Promise.reject(new Error("no network")));
  assert.equal(await fetchWordsOf({ language: late, catalog }, sentence), "不行。");
  assert.equal(await fetchWordsOf({ language: cut, catalog }, sentence), "The server's own.");
});

test("several sentences of the server's stand one after the other", () => {
  const language = new Language("zh", { "say.one": "一。" }, {});
  const said = { key: "say.one", values: {}, message: "One." };
  const all = [said, { key: "say.newer", values: {}, message: "Two." }];
  assert.equal(wordsOf({ language, catalog: createCatalog() }, { tone: "calm", said, all }), "一。 Two.");
});

test("it reads no field of the state that it does not say it needs, and each that it says", () => {
  const root = createDocument();
  const box = make("div", { class: "status" });
  for (const name of ["status-parameters", "status-rate", "remedies"]) box.append(make("span", { class: name }));
  root.append(box, make("p", { testid: "status" }));
  const language = { say: (key) => key, whole: true };
  const status = createStatus({ language, catalog: createCatalog(), actions: {}, redraw: () => {} });
  const read = new Set();
  const states = [startState(createConfig(), null), open(), ran({}, { speed: 30, lags: true, layout: {} })];
  for (const state of states) {
    status.show(new Proxy(state, { get: (target, field) => read.add(field) && target[field] }));
  }
  assert.deepEqual([...read].sort(), [...status.needs.status].sort());
});

test("the line is marked while all training points are right", () => {
  const root = createDocument();
  const box = make("div", { class: "status" });
  for (const name of ["status-parameters", "status-rate", "remedies"]) box.append(make("span", { class: name }));
  root.append(box, make("p", { testid: "status" }));
  const language = { say: (key) => key, table: {}, whole: true };
  const status = createStatus({ language, catalog: createCatalog(), actions: {}, redraw: () => {} });
  const marked = (remark) => {
    status.show(ran({ remark }));
    return box.className.split(" ").includes("solved");
  };
  const right = { key: "say.right", values: { epoch: 3 }, message: "Solved." };
  assert.deepEqual([marked(HAPPENED), marked(right), marked(null)], [false, true, false]);
});
