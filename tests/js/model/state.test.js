/** Each message changes what it must and nothing else. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  axisEnd,
  chose,
  drawn,
  framed,
  lensView,
  lookedBack,
  looksBack,
  played,
  startedOver,
  startState,
  TRANSITIONS,
  welcomed,
  withConnection,
} from "../../../static/js/model/state.js";
import { createConfig } from "../catalog.js";

const start = () => startState(createConfig(), null);
const wider = () => ({ ...createConfig(), batch: 20 });

const OPENED = {
  type: "opened",
  config: createConfig(),
  layout: { classes: 2 },
  points: { train: [], test: [] },
  parameters: 105,
};

function frameOf(rows, body = {}) {
  const data = Float64Array.from(rows.flat());
  return { body: { playing: false, ...body }, arrays: { history: { shape: [rows.length, 5], data } } };
}

const row = (epoch) => [epoch, 0.5, 0.6, 0.9, 0.8];
const epochs = (state) => state.history.map(([epoch]) => epoch);

const received = (state, message, settled, followed = false) =>
  TRANSITIONS[message.type](state, message, { settled, followed });

test("opened brings the layout, the points and a Config that is good", () => {
  const state = received(start(), OPENED, true);
  assert.deepEqual([state.layout, state.points, state.parameters], [OPENED.layout, OPENED.points, 105]);
  assert.equal(state.good, OPENED.config);
  assert.deepEqual(state.history, []);
});

test("an answer does not undo a newer choice", () => {
  const chosen = chose(start(), wider());
  assert.equal(received(chosen, OPENED, false).config.batch, 20);
  assert.equal(received(chosen, { type: "changed", config: createConfig() }, false).config.batch, 20);
  assert.equal(received(chosen, { type: "changed", config: createConfig() }, true).config.batch, 10);
});

test("a refused choice leaves the last good Config and says why", () => {
  const good = received(start(), OPENED, true);
  const refused = { type: "refused", command: "open", message: "too many" };
  const state = received(chose(good, wider()), refused, true);
  assert.equal(state.config, good.good);
  assert.deepEqual(state.remark, { tone: "warn", key: "status.refused", said: refused });
});

test("a refused look at a unit that is gone is no news", () => {
  const state = start();
  assert.equal(received(state, { type: "refused", command: "view", message: "no unit" }, true), state);
});

test("divergence stops the play and gives the advice", () => {
  const diverged = { type: "diverged", message: "It blew up.", remedies: [] };
  const state = received(played(start(), true), diverged, true);
  assert.equal(state.playing, false);
  assert.deepEqual(state.remark, { tone: "warn", said: diverged });
});

test("a run that has stopped by itself rests, even right after the press that began it", () => {
  const began = { ...start(), playing: true };
  assert.equal(received(began, { type: "notice", message: "Solved.", stops: true }, true).playing, false);
  assert.equal(received(began, { type: "notice", message: "hello", stops: false }, true).playing, true);
});

test("notices and a busy server are remarks", () => {
  assert.equal(received(start(), { type: "notice", message: "hello" }, true).remark.said.message, "hello");
  assert.equal(received(start(), { type: "busy", message: "later" }, true).remark.tone, "warn");
});

test("frames lengthen the history", () => {
  const first = framed(start(), frameOf([row(0), row(1)]), true);
  assert.deepEqual(epochs(framed(first, frameOf([row(2), row(3)]), true)), [0, 1, 2, 3]);
  assert.equal(framed(first, frameOf([]), true).history, first.history);
});

test("after a reset the history begins afresh, and a resumed run replaces what overlaps", () => {
  const long = framed(start(), frameOf([row(0), row(1), row(2), row(3)]), true);
  assert.deepEqual(epochs(framed(long, frameOf([row(0)]), true)), [0]);
  assert.deepEqual(epochs(framed(long, frameOf([row(2), row(4)]), true)), [0, 1, 2, 4]);
});

test("a frame from before the last command does not undo it", () => {
  const playing = played(start(), true);
  assert.equal(framed(playing, frameOf([], { playing: false }), false).playing, true);
  assert.equal(framed(playing, frameOf([], { playing: false }), true).playing, false);
});

test("a lost connection is being recovered until the next frame", () => {
  const lost = withConnection(received(start(), OPENED, true), "waiting");
  assert.equal(lost.recovering, true);
  const back = withConnection(withConnection(lost, "connecting"), "open");
  assert.equal(back.recovering, true);
  assert.equal(framed(back, frameOf([]), true).recovering, false);
});

test("a replay is remembered until the reader decides otherwise, or it blows up", () => {
  const state = received(start(), { ...OPENED, target: 500 }, true);
  assert.equal(withConnection(state, "waiting").target, 500);
  assert.equal(chose(state, { ...state.config, batch: 5 }).target, 500);
  assert.equal(played(state, false).target, null);
  assert.equal(received(state, { type: "diverged", message: "It blew up.", remedies: [] }, true).target, null);
});

test("a run that goes on under another link is no longer the one that its settings describe", () => {
  const state = framed(start(), frameOf([row(0), row(1)], { epoch: 1 }), true);
  assert.equal(received(state, { ...OPENED, resumed: true }, true, true).drifted, true);
  assert.equal(received(state, { ...OPENED, resumed: false }, true, true).drifted, false);
  assert.equal(received(state, { ...OPENED, resumed: true }, true).drifted, false);
});

test("a busy server lags from under half of the pace until it nearly keeps it", () => {
  let state = { ...start(), speed: 30 };
  const lags = (rate, load) => {
    state = framed(state, frameOf([], { epochs_per_second: rate, load }), true);
    return state.lags;
  };
  assert.equal(lags(0, 1), false, "nothing has been measured");
  assert.equal(lags(12, 0.5), false, "it is not busy");
  assert.equal(lags(20, 1), false, "more than half");
  assert.equal(lags(12, 0.98), true);
  assert.equal(lags(20, 0.5), true, "said until it is well again");
  assert.equal(lags(25, 1), false);
  state = { ...state, speed: null };
  assert.equal(lags(1, 1), false, "all it can get is what was asked for");
});

test("a first connection that fails is not a recovery", () => {
  assert.equal(withConnection(start(), "waiting").recovering, false);
});

test("a choice forgets remarks, and a unit that it removes", () => {
  const looking = { ...start(), inspect: { layer: 1, unit: 7 }, remark: { tone: "warn", key: "old" } };
  assert.deepEqual(chose(looking, wider()).inspect, { layer: 1, unit: 7 });
  assert.equal(chose(looking, wider()).remark, null);
  const shallow = { ...createConfig(), layers: createConfig().layers.slice(0, 1) };
  assert.equal(chose(looking, shallow).inspect, null);
});

const moment = (epoch, body = {}) => frameOf([row(epoch)], { epoch, step: epoch * 25, history_start: epoch, ...body });
const trained = (...upTo) => upTo.reduce((state, epoch) => framed(state, moment(epoch), true), start());
const shown = ({ frame, newest }) => [frame.body.epoch, newest.body.epoch];

test("the newest frame is shown, until the reader looks back, while training goes on", () => {
  const now = trained(0, 10, 20);
  assert.deepEqual(shown(now), [20, 20]);
  const back = framed(lookedBack(now, now.moments[1].frame), moment(30), true);
  assert.deepEqual(shown(back), [10, 30]);
  assert.ok(looksBack(back));
  assert.deepEqual(epochs(back), [0, 10, 20, 30]);
  const returned = lookedBack(back, null);
  assert.deepEqual(shown(returned), [30, 30]);
  assert.ok(!looksBack(returned));
});

test("the newest moment is now", () => {
  const now = trained(0, 10);
  assert.ok(!looksBack(lookedBack(now, now.moments[1].frame)));
});

test("a unit that was inspected then is not taken for the one that is inspected now", () => {
  const now = trained(0, 10);
  const old = now.moments[0].frame;
  old.arrays.inspected = old.arrays.inspected_range = old.arrays.history;
  assert.deepEqual(Object.keys(lookedBack(now, old).frame.arrays), ["history"]);
});

test("a reset forgets the moments and returns to now", () => {
  const now = trained(0, 10, 20);
  const reset = framed(lookedBack(now, now.moments[1].frame), moment(0, { step: 3, history_start: 0 }), true);
  assert.equal(reset.moments.length, 1);
  assert.deepEqual(shown(reset), [0, 0]);
});

test("a new run forgets the moments, a resumed one keeps those before it", () => {
  const now = trained(0, 10, 20, 30);
  const back = lookedBack(now, now.moments[1].frame);
  const other = received(back, OPENED, true);
  assert.deepEqual([other.moments, looksBack(other)], [[], false]);
  const lost = withConnection({ ...back, good: OPENED.config }, "waiting");
  const resumed = framed(received(lost, { ...OPENED, resumed: true }, true), moment(15, { history_start: 0 }), true);
  assert.deepEqual(
    resumed.moments.map(({ frame }) => frame.body.epoch),
    [0, 10, 15],
  );
  assert.deepEqual(shown(resumed), [10, 15]);
});

test("a saved model that is opened is another run", () => {
  const now = trained(0, 10, 20);
  const opened = received(lookedBack(now, now.moments[1].frame), { ...OPENED, resumed: true }, true);
  assert.deepEqual([opened.moments, looksBack(opened)], [[], false]);
  assert.equal(framed(opened, moment(500, { history_start: 0 }), true).moments.length, 1);
});

test("a moment after the checkpoint that a run is resumed from has not happened", () => {
  const now = trained(0, 10, 20, 30);
  const lost = withConnection({ ...lookedBack(now, now.moments[2].frame), good: OPENED.config }, "waiting");
  const resumed = framed(received(lost, { ...OPENED, resumed: true }, true), moment(15, { history_start: 0 }), true);
  assert.deepEqual(shown(resumed), [15, 15]);
});

test("the axis has room ahead at first, and ends at the newest epoch, wherever the reader looks", () => {
  assert.equal(axisEnd(start()), 10);
  const now = trained(0, 10, 20);
  assert.equal(axisEnd(lookedBack(now, now.moments[0].frame)), 20);
});

test("what a link says of playing and speed is taken over, and what it could not carry over is said", () => {
  const notices = ["One.", "Two."].map((message) => ({ message, key: "say.some", values: {} }));
  const message = { ...OPENED, playing: true, speed: 10, notices };
  const state = received(start(), message, true, true);
  assert.deepEqual([state.playing, state.speed], [true, 10]);
  assert.deepEqual(state.remark, { tone: "calm", said: notices[0], all: notices });
  assert.deepEqual([received(start(), message, true).playing, received(start(), message, true).speed], [false, null]);
});

test("why a link was refused is still there when the default run has opened in its place", () => {
  const bad = received(start(), { type: "refused", command: "open", message: "noise: too much" }, false, true);
  assert.equal(bad.remark.key, "link.refused");
  const opened = received(bad, OPENED, true);
  assert.equal(opened.remark.said.message, "noise: too much");
  assert.equal(received(opened, OPENED, true).remark, null);
});

test("a run that has to begin again says why until the reader does something", () => {
  const why = { type: "refused", command: "open", message: "must be 1, not 2", key: "refused.other_version" };
  const state = received(startedOver(received(start(), OPENED, true), why), { ...OPENED, resumed: false }, true);
  assert.deepEqual(state.remark, { tone: "warn", key: "status.started_over", said: why });
  assert.equal(framed(state, frameOf([row(1)]), true).remark, state.remark);
  assert.equal(played(state, true).remark, null);
  assert.equal(chose(state, wider()).remark, null);
});

test("a part of a checkpoint that is refused is told with the open behind it", () => {
  const state = received(start(), OPENED, true);
  assert.equal(received(state, { type: "refused", command: "upload", message: "too long" }, true), state);
});

test("a link refused later leaves the run and says why", () => {
  const good = received(start(), OPENED, true);
  const state = received(good, { type: "refused", command: "open", message: "no" }, true, true);
  assert.equal(state.remark.key, "status.refused");
});

test("a setting changed in mid-run can not be replayed, until the run begins again", () => {
  const changed = { type: "changed", config: wider(), path: "batch", value: 20 };
  const fresh = received(start(), OPENED, true);
  assert.equal(received(fresh, changed, true).drifted, false);
  const under = framed(fresh, frameOf([row(1)], { step: 25 }), true);
  const drifted = received(under, changed, true);
  assert.equal(drifted.drifted, true);
  const back = withConnection(drifted, "waiting");
  assert.equal(received(back, { ...OPENED, resumed: true }, true).drifted, true);
  assert.equal(received(drifted, OPENED, true).drifted, false);
});

test("what happened to a run is known by its epoch, until the run begins again", () => {
  const changed = { type: "changed", config: wider(), path: "batch", value: 20 };
  const under = framed(
    received(start(), OPENED, true),
    frameOf([row(7)], { step: 25, epoch: 7, history_start: 7 }),
    true,
  );
  const wrong = received(received(under, changed, true), { type: "diverged", epoch: 9 }, true);
  assert.deepEqual(wrong.events, [
    { epoch: 7, path: "batch", value: 20 },
    { epoch: 9, path: null },
  ]);
  const next = framed(wrong, frameOf([row(9)], { step: 30, epoch: 9, history_start: 8 }), true);
  assert.deepEqual(next.events, wrong.events);
  const reset = framed(played(next, true), frameOf([row(0)], { step: 0, epoch: 0, history_start: 0 }), true);
  assert.deepEqual(reset.events, []);
  assert.deepEqual(received(wrong, OPENED, true).events, []);
  const resumed = received(withConnection(wrong, "waiting"), { ...OPENED, resumed: true }, true);
  assert.deepEqual(resumed.events, wrong.events);
});

test("a frame without the lens stands beside the last that had it, until a new run begins", () => {
  const facts = { measure: "accuracy", layers: ["input"], train: [1], test: [1], shown: [1] };
  let state = framed(start(), frameOf([row(0)], { step: 0, epoch: 0, history_start: 0, lens: facts }), true);
  state = framed(state, frameOf([], { step: 5, epoch: 1, history_start: 1 }), true);
  assert.equal(state.frame.lens.facts, facts);
  state = framed(state, frameOf([row(0)], { step: 0, epoch: 0, history_start: 0 }), true);
  assert.equal(state.frame.lens, undefined);
});

test("looking back shows the lens of that moment", () => {
  const facts = (train) => ({ measure: "accuracy", layers: ["input"], train: [train], test: [1], shown: [1] });
  let state = start();
  for (const epoch of [0, 1, 2]) {
    state = framed(
      state,
      frameOf([row(epoch)], { step: epoch, epoch, history_start: epoch, lens: facts(epoch) }),
      true,
    );
  }
  assert.deepEqual(lookedBack(state, state.moments[1].frame).frame.lens.facts.train, [1]);
});

test("pairs of units that a choice takes away are forgotten, and the server is told the rest", () => {
  const lens = {
    open: true,
    picture: "space",
    pairs: [
      { layer: 0, x: 1, y: 7 },
      { layer: 1, x: 0, y: 1 },
    ],
  };
  const config = createConfig();
  config.layers[0].units = 7;
  const state = chose({ ...start(), lens }, config);
  assert.deepEqual(lensView(state.lens), { pairs: [{ layer: 1, x: 0, y: 1 }] });
  assert.equal(lensView({ ...lens, open: false }), null);
  assert.equal(chose({ ...start(), lens }, createConfig()).lens, lens);
});

const own = (points) => {
  const data = { ...createConfig().data, name: "own", points, count: points.length };
  return { ...createConfig(), data };
};
const four = [
  [0, 0, 0],
  [0.1, 0, 1],
  [0, 0.1, 1],
  [0.2, 0.2, 0],
];
const more = [...four, [0.5, 0.5, 1]];
const drawing = () => ({
  ...startState(own(four), null),
  layout: { classes: 2, extent: 1 },
  points: { train: four.slice(0, 2), test: four.slice(2) },
});

test("a stroke is shown at once, before the server has told which points are for testing", () => {
  const state = drawn(drawing(), more, true);
  assert.deepEqual([state.config.data.points, state.config.data.count], [more, 5]);
  assert.deepEqual(state.points, { train: [four[0], four[1], more[4]], test: four.slice(2) });
  assert.equal(state.draft, null);
});

test("too few points are a draft: shown, while the run stays on those before, whatever it answers", () => {
  const state = drawn(drawing(), four.slice(3), false);
  assert.deepEqual([state.draft, state.config.data.points], [four.slice(3), four]);
  const answered = received(state, { type: "changed", config: own(four), points: { train: four, test: [] } }, true);
  assert.deepEqual(answered.points, { train: [], test: four.slice(3) });
  // Which of them a new run tests is for its answer to say.
  const run = { ...OPENED, layout: { ...OPENED.layout, extent: 1 }, points: { train: [], test: four.slice(2) } };
  assert.deepEqual(received(state, run, true).points, { train: [], test: four.slice(3) });
  assert.equal(chose(state, createConfig()).draft, null);
  assert.deepEqual(chose(state, { ...own(four), data: { ...state.config.data, noise: 0.1 } }).draft, four.slice(3));
});

test("the server's split is shown once the stroke is answered, not while it goes on", () => {
  const state = drawn(drawing(), more, true);
  const message = { type: "changed", config: own(more), points: { train: more, test: [] }, layout: { classes: 2 } };
  assert.equal(received(state, message, false).points, state.points);
  assert.equal(received(state, message, true).points, message.points);
  assert.equal(received(state, message, true).layout, message.layout);
  assert.equal(received(state, { type: "changed", config: own(four), points: null }, true).points, state.points);
});

test("a first visit plays and says what to try, until the reader does anything", () => {
  const remedies = [{ key: "advice.quadratic", path: "layers", value: [] }];
  const state = welcomed(start(), { speed: 100, remedies });
  assert.deepEqual([state.playing, state.speed, state.first.remedies], [true, 100, remedies]);
  assert.equal(played(state, false).first, null);
  assert.equal(chose(state, createConfig()).first, null);
});

test("what the page itself has said outlives the answer to an earlier choice", () => {
  const own = { tone: "warn", key: "data.last_feature" };
  assert.equal(received({ ...start(), remark: own }, OPENED, true).remark, own);
  const busy = { tone: "warn", key: "status.busy", said: { message: "Full." } };
  assert.equal(received({ ...start(), remark: busy }, OPENED, true).remark, null);
});

test("a new run leaves the one before it to compare with; a resumed one, and points that are drawn over, do not", () => {
  const long = framed(
    received(start(), OPENED, true),
    frameOf(Array.from({ length: 20 }, (_, epoch) => row(epoch))),
    true,
  );
  const next = received(long, { ...OPENED, config: wider() }, true);
  assert.deepEqual(next.past.history, long.history);
  assert.deepEqual([next.past.config, next.history], [OPENED.config, []]);
  assert.equal(chose({ ...next, compared: { key: "runs.both", values: {}, message: "" } }, wider()).compared, null);
  const lost = withConnection(next, "waiting");
  assert.equal(received(lost, { ...OPENED, config: wider(), resumed: true }, true).past, next.past);
  const points = { train: [], test: [] };
  assert.equal(received(next, { type: "changed", config: wider(), points, layout: {} }, true).past, null);
});
