/**
 * What the page knows, and how each message changes it. Pure: every transition takes a state and returns a new one.
 *
 * `config` is what the reader has chosen and the controls show; `good` is the last one the server has taken. They
 * differ only while an answer is due. Sending, timing and drawing happen elsewhere.
 */

import { withLevels } from "./family.js";
import { keepMoment } from "./moments.js";
import { splitAs } from "./own_split.js";
import { pastOf } from "./past.js";
import { happened } from "./run_events.js";

/** What the page says where a run begins again that should have gone on. */
const STARTED_OVER = "status.started_over";

/** @param {Config} config @param {number | null} speed @returns {State} */
export function startState(config, speed) {
  return {
    config,
    good: null,
    playing: false,
    speed,
    until: null,
    target: null,
    lags: false,
    connection: "connecting",
    recovering: false,
    layout: null,
    points: null,
    draft: null,
    parameters: 0,
    frame: null,
    newest: null,
    moments: [],
    history: [],
    events: [],
    past: null,
    compared: null,
    inspect: null,
    lens: { open: false, picture: "decision", pairs: [] },
    discrete: false,
    tests: true,
    drifted: false,
    first: null,
    remark: null,
    standsIn: null,
  };
}

/**
 * A first visit, without a link: something to watch, and what to try first.
 *
 * @param {State} state @param {Catalog["first_visit"]} visit @returns {State}
 */
export function welcomed(state, { speed, remedies }) {
  return { ...state, playing: true, speed, first: { key: "", values: {}, message: "", remedies } };
}

/**
 * What a message of the server does, by its type. Only when its turn is `settled` may the server's Config replace what the
 * controls show, else a slider would jump back under the hand that drags it. `followed` is the answer to a link: what it
 * says of playing and speed then holds, too.
 *
 * @type {Record<string, (state: State, message: any, turn: Turn) => State>}
 */
export const TRANSITIONS = {
  opened,
  changed,
  refused,
  diverged: (state, message) => ({
    ...state,
    playing: false,
    target: null,
    events: happened(state.events, { epoch: message.epoch, path: null }),
    remark: { tone: "warn", said: message },
  }),
  // A frame that says so may come too soon after "play" to be believed.
  notice: (state, message) => ({
    ...state,
    playing: state.playing && !message.stops,
    remark: { tone: "calm", said: message },
  }),
  busy: (state, message) => ({ ...state, remark: { tone: "warn", key: "status.busy", said: message } }),
};

/**
 * A frame. It brings the records made since the one before it; where they begin at or before an epoch that is already
 * known (after a reset, or after resuming), they replace what was known from there on. It is shown, unless the reader
 * looks back at another.
 *
 * One that is not `current` was begun before the reader's last word on playing, and says nothing of that.
 *
 * @param {State} state
 * @param {Frame} frame
 * @param {boolean} current
 * @returns {State}
 */
export function framed(state, frame, current) {
  const news = recordsOf(frame);
  const kept = news.length > 0 ? state.history.filter((record) => record[0] < news[0][0]) : state.history;
  const history = news.length > 0 ? [...kept, ...news] : state.history;
  const playing = current ? frame.body.playing : state.playing;
  const afresh = frame.body.history_start === 0 && !state.recovering;
  const seen = { ...frame, lens: lensOf(frame) ?? (afresh ? undefined : state.newest?.lens) };
  const moments = keepMoment(afresh ? [] : state.moments, seen);
  // What came after the moment that a run is resumed from has not happened.
  const back = state.frame !== state.newest && !afresh && (state.frame?.body.step ?? 0) < frame.body.step;
  const shown = back ? state.frame : seen;
  const lags = falls(state, frame.body);
  // What is told before the first frame of a run, that it has diverged, is of that run.
  const events = state.events.filter(({ epoch, path }) => epoch <= frame.body.epoch && (!afresh || path === null));
  return { ...state, lags, frame: shown, newest: seen, moments, history, events, playing, recovering: false };
}

/**
 * Whether a busy server has fallen behind the pace that was asked for: from under half of it, until it is nearly kept
 * again. A sentence that came and went with every frame could not be read.
 *
 * @param {State} state @param {Frame["body"]} body
 */
function falls({ speed, lags }, { epochs_per_second: rate = 0, load = 0 }) {
  return speed !== null && rate > 0 && (lags ? rate < speed * 0.8 : load > 0.9 && rate < speed * 0.5);
}

/**
 * Looks back at a moment; training goes on. What was painted for one inspected unit may be of another than now.
 *
 * @param {State} state @param {Frame | null} moment null for now @returns {State}
 */
export function lookedBack(state, moment) {
  if (!moment || moment.body.step === state.newest?.body.step) return { ...state, frame: state.newest };
  const { inspected, inspected_range, ...arrays } = moment.arrays;
  return { ...state, frame: { ...moment, arrays } };
}

/**
 * The last epoch that the chart and the time slider reach to. Early on there is room ahead.
 *
 * @param {State} state
 */
export function axisEnd({ newest }) {
  return Math.max(10, newest?.body.epoch ?? 0);
}

/** @param {State} state */
export function looksBack({ frame, newest }) {
  return frame !== newest;
}

/** @param {State} state @param {ConnectionState} connection @returns {State} */
export function withConnection(state, connection) {
  const lost = connection === "waiting" && state.good !== null;
  return { ...state, connection, recovering: state.recovering || lost };
}

/**
 * What was learnt is lost: never without a word, and the word stays until the reader does something.
 *
 * @param {State} state @param {any} refused why the server did not take the run up @returns {State}
 */
export function startedOver(state, refused) {
  return { ...state, remark: { tone: "warn", key: STARTED_OVER, said: refused } };
}

/**
 * The reader's own choice of settings: shown at once.
 *
 * @param {State} state @param {Config} chosen @returns {State}
 */
export function chose(state, chosen) {
  const config = withLevels(chosen, state.layout?.classes);
  const { inspect } = state;
  const isOutput = inspect?.layer === config.layers.length && config.layers.length === state.config.layers.length;
  const stale = inspect !== null && !isOutput && inspect.unit >= (config.layers[inspect.layer]?.units ?? 0);
  const pairs = state.lens.pairs.filter(({ layer, x, y }) => Math.max(x, y) < (config.layers[layer]?.units ?? 0));
  const lens = pairs.length < state.lens.pairs.length ? { ...state.lens, pairs } : state.lens;
  const draft = config.data.points === state.config.data.points ? state.draft : null;
  const said = { first: null, remark: null, compared: null, standsIn: null };
  return { ...state, config, draft, inspect: stale ? null : inspect, lens, ...said };
}

/**
 * What the server must know of the lens; which picture is shown is the page's own matter.
 *
 * @param {LensState} lens
 */
export function lensView({ open, pairs }) {
  return open ? { pairs } : null;
}

/**
 * The reader's own points after a stroke. Too few for a run are a draft: shown, but not yet learnt.
 *
 * @param {State} state @param {Point[]} points @param {boolean} enough @returns {State}
 */
export function drawn(state, points, enough) {
  const shown = splitAs(points, state.points, state.layout?.extent ?? state.config.data.scale);
  if (!enough) return { ...state, points: shown, draft: points, remark: null };
  const data = { ...state.config.data, points, count: points.length };
  return { ...chose(state, { ...state.config, data }), points: shown, draft: null };
}

/** @param {State} state @param {boolean} playing @returns {State} */
export function played(state, playing) {
  return { ...state, playing, target: null, first: null, remark: null };
}

/** @param {State} state @param {any} message @param {Turn} turn @returns {State} */
function opened(state, message, { settled, followed }) {
  // Who resumes after a loss, or by a link, goes on with the same run; any other checkpoint is of another: a saved model.
  const same = message.resumed === true && (state.recovering || followed);
  const good = withLevels(message.config, message.layout.classes);
  return {
    ...state,
    ...(followed
      ? { playing: message.playing, speed: message.speed, until: message.until, inspect: null, standsIn: null }
      : {}),
    good,
    config: settled ? good : state.config,
    target: message.target,
    layout: message.layout,
    points: state.draft ? splitAs(state.draft, message.points, message.layout.extent) : message.points,
    parameters: message.parameters,
    past: same ? state.past : pastOf(state, good),
    history: [],
    events: same ? state.events : [],
    moments: same ? state.moments : [],
    // Until the first frame of a new run, the last one of the old stands in.
    frame: same ? state.frame : state.newest,
    drifted: same && (followed || state.drifted),
    remark: remarkOf(state, message, settled),
  };
}

/**
 * A new run is an answer to what the server said of the old one; what the page itself has said stays until a choice.
 *
 * @param {State} state @param {any} message @param {boolean} settled @returns {Sentence | null}
 */
function remarkOf({ remark, good }, { notices = [] }, settled) {
  if (notices.length > 0) return { tone: "calm", said: notices[0], all: notices };
  const refusedLink = remark?.key === "link.refused" && good === null;
  const lasts = refusedLink || remark?.key === STARTED_OVER;
  return settled && !lasts && remark?.said ? null : remark;
}

/** @param {State} state @param {any} message @param {Turn} turn @returns {State} */
function changed(state, message, { settled }) {
  const drifted = state.drifted || (state.newest?.body.step ?? 0) > 0;
  const { path, value } = message;
  const events = drifted ? happened(state.events, { epoch: state.newest?.body.epoch ?? 0, path, value }) : state.events;
  const good = withLevels(message.config, (message.layout ?? state.layout)?.classes);
  const next = { ...state, good, config: settled ? good : state.config, drifted, events };
  // While a stroke goes on, what it has drawn is newer.
  if (!message.points || !settled || state.draft) return next;
  return { ...next, past: null, points: message.points, layout: message.layout };
}

/** @param {State} state @param {any} message @param {Turn} turn @returns {State} */
function refused(state, message, { settled, followed }) {
  // A unit may vanish between the pointer reaching it and the server hearing of it: nothing a reader has to know.
  if (message.command === "view" || message.command === "ask") return state;
  // The `open` that follows is refused, too, with the reason.
  if (message.command === "upload") return state;
  // The numbers that were set by hand may be of the network before.
  if (message.command === "edit" && !settled) return state;
  const config = settled && state.good !== null ? state.good : state.config;
  const key = followed && state.good === null ? "link.refused" : "status.refused";
  const standsIn = key === "link.refused" ? message : state.standsIn;
  return { ...state, config, standsIn, remark: { tone: "warn", key, said: message } };
}

/** Only some frames carry the lens: the others stand beside the last that did. @param {Frame} frame @returns {Lensed | undefined} */
function lensOf({ body, arrays }) {
  return body.lens && { facts: body.lens, arrays };
}

/** @param {Frame} frame */
function recordsOf(frame) {
  const table = frame.arrays.history;
  if (!table) return [];
  const { data } = table;
  return Array.from({ length: table.shape[0] }, (_, row) => /** @type {Row} */ ([...data.slice(row * 5, row * 5 + 5)]));
}
