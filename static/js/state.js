/**
 * What the page knows, and how each message changes it. Pure: every transition takes a state and returns a new one.
 *
 * `config` is what the reader has chosen and the controls show; `good` is the last one the server has taken. They
 * differ only while an answer is due. Sending, timing and drawing happen elsewhere.
 */

/** @param {Config} config @param {number | null} speed @returns {State} */
export function startState(config, speed) {
  return {
    config,
    good: null,
    playing: false,
    speed,
    link: "connecting",
    recovering: false,
    layout: null,
    points: null,
    parameters: 0,
    frame: null,
    history: [],
    inspect: null,
    remark: null,
  };
}

/**
 * A message of the server. `settled` is true when no newer choice of the reader's is on its way: only then may the
 * server's Config replace what the controls show, else a slider would jump back under the hand that drags it.
 *
 * @param {State} state @param {any} message @param {boolean} settled @returns {State}
 */
export function received(state, message, settled) {
  switch (message.type) {
    case "opened":
      return opened(state, message, settled);
    case "changed":
      return { ...state, good: message.config, config: settled ? message.config : state.config };
    case "refused":
      return refused(state, message, settled);
    case "diverged":
      return { ...state, playing: false, remark: { tone: "warn", text: `${message.message} ${message.advice}` } };
    case "notice":
      return { ...state, remark: { tone: "calm", text: message.message } };
    case "busy":
      return { ...state, remark: { tone: "warn", text: message.message } };
    default:
      return state;
  }
}

/**
 * A frame. It brings the records made since the one before it; where they begin at or before an epoch that is already
 * known (after a reset, or after resuming), they replace what was known from there on.
 *
 * `trusted` is false for a moment after the reader pressed play or pause: frames painted before that still say otherwise.
 *
 * @param {State} state
 * @param {Frame} frame
 * @param {boolean} trusted
 * @returns {State}
 */
export function framed(state, frame, trusted) {
  const news = recordsOf(frame);
  const kept = news.length > 0 ? state.history.filter((record) => record[0] < news[0][0]) : state.history;
  const history = news.length > 0 ? [...kept, ...news] : state.history;
  return { ...state, frame, history, playing: trusted ? frame.body.playing : state.playing, recovering: false };
}

/** @param {State} state @param {Link} link @returns {State} */
export function linked(state, link) {
  const lost = link === "waiting" && state.good !== null;
  return { ...state, link, recovering: state.recovering || lost };
}

/**
 * The reader's own choice of settings: shown at once.
 *
 * @param {State} state @param {Config} config @returns {State}
 */
export function chose(state, config) {
  const stale = state.inspect !== null && state.inspect.unit >= (config.layers[state.inspect.layer]?.units ?? 0);
  return { ...state, config, inspect: stale ? null : state.inspect, remark: null };
}

/** @param {State} state @param {boolean} playing @returns {State} */
export function played(state, playing) {
  return { ...state, playing, remark: null };
}

/** @param {State} state @param {any} message @param {boolean} settled */
function opened(state, message, settled) {
  return {
    ...state,
    good: message.config,
    config: settled ? message.config : state.config,
    layout: message.layout,
    points: message.points,
    parameters: message.parameters,
    history: [],
    remark: settled ? null : state.remark,
  };
}

/** @param {State} state @param {any} message @param {boolean} settled @returns {State} */
function refused(state, message, settled) {
  // A unit may vanish between the pointer reaching it and the server hearing of it: nothing a reader has to know.
  if (message.command === "view") return state;
  const config = settled && state.good !== null ? state.good : state.config;
  return { ...state, config, remark: { tone: "warn", key: "status.refused", values: { sentence: message.message } } };
}

/** @param {Frame} frame */
function recordsOf(frame) {
  const table = frame.arrays.history;
  if (!table) return [];
  const { data } = table;
  return Array.from({ length: table.shape[0] }, (_, row) => /** @type {Row} */ ([...data.slice(row * 5, row * 5 + 5)]));
}
