/**
 * What a race's page knows, and what each message makes of it. Pure; docs/reference/protocol.md has the messages.
 */

import { cut } from "../text/link.js";

/** @param {number | null} speed @returns {RaceState} before anything has been lined up */
export function startState(speed) {
  return {
    lanes: [],
    points: null,
    link: null,
    differences: [],
    epochs: 200,
    seeds: 20,
    bar: 0.95,
    fresh: "weights",
    budget: null,
    playing: false,
    target: null,
    speed,
    connection: "connecting",
    remark: null,
    tally: null,
    repeated: {},
    chart: { value: "loss", across: "epochs", over: "run" },
  };
}

/** @param {RaceState} state @param {any} message @returns {RaceState} */
export function linedUp(state, message) {
  const { points, link, differences, epochs, seeds, bar, fresh, budget, playing, speed, resumed } = message;
  // A race that goes on elsewhere is still shown from where its link has it, which may be behind it by now.
  const target = resumed ? state.target : message.target;
  const was = new Map(state.lanes.map((lane) => [lane.lane, lane]));
  const lanes = message.lanes.map((/** @type {RaceLane} */ lane) => ({
    ...lane,
    // What is shown stays until the first frame: a race that goes on elsewhere shows no gap.
    frame: resumed ? (was.get(lane.lane)?.frame ?? null) : null,
    history: [],
  }));
  const tally = resumed ? state.tally : null;
  const repeated = resumed ? state.repeated : {};
  const facts = { points, link, differences, epochs, seeds, bar, fresh, budget, playing, target, speed };
  // The usual race in the place of one that was refused: why, stays to be read.
  const remark = state.lanes.length === 0 && state.remark?.key === "status.refused" ? state.remark : null;
  return { ...state, ...facts, lanes, tally, repeated, remark };
}

/** @param {RaceState} state @param {Frame} frame @param {boolean} current whether it is right about playing @returns {RaceState} */
export function framed(state, frame, current) {
  const { body, arrays } = frame;
  const name = /** @type {any} */ (body).lane;
  const lanes = state.lanes.map((lane) => {
    if (lane.lane !== name) return lane;
    const history = [...lane.history.slice(0, body.history_start ?? 0), ...rowsOf(arrays.history)];
    return { ...lane, frame, history, epoch: body.epoch };
  });
  return { ...state, lanes, playing: current ? body.playing : state.playing };
}

/** @param {RaceState} state @param {{ lane: string, solved: number | null, diverged: LaneFall | null }} message */
export function stood(state, { lane: name, solved, diverged }) {
  return { ...state, lanes: state.lanes.map((lane) => (lane.lane === name ? { ...lane, solved, diverged } : lane)) };
}

/** Every lane from its beginning. @param {RaceState} state @returns {RaceState} */
export function wasReset(state) {
  return {
    ...state,
    target: null,
    remark: null,
    lanes: state.lanes.map((lane) => ({ ...lane, solved: null, diverged: null })),
  };
}

/** @param {RaceState} state @param {any} message @returns {RaceState} */
export function noticed(state, message) {
  const playing = message.stops ? false : state.playing;
  return { ...state, playing, remark: { tone: "calm", said: message } };
}

/** @param {RaceState} state @param {any} message @returns {RaceState} */
export function refused(state, message) {
  return { ...state, remark: { tone: "warn", key: "status.refused", said: message } };
}

/** @param {RaceState} state @param {RaceTally} tally @returns {RaceState} */
export function tallied(state, { seeds, fresh, progress, done, stopped, lanes, a_beats_b }) {
  return { ...state, tally: { seeds, fresh, progress, done, stopped, lanes, a_beats_b } };
}

/** @param {RaceState} state @param {LaneRuns} shown @returns {RaceState} */
export function repeated(state, shown) {
  const chart = /** @type {const} */ ({ ...state.chart, over: "seeds" });
  // What stands behind the # is the same for every seed, and told once, with the lane.
  const [, behind] = cut(state.lanes.find(({ lane }) => lane === shown.lane)?.link ?? "");
  const runs = shown.runs.map((run) => (run.link === null ? run : { ...run, link: run.link + behind }));
  return { ...state, chart, repeated: { ...state.repeated, [shown.lane]: { ...shown, runs } } };
}

/**
 * The order at the finish, by lane; null before it. Who has solved it first is first; of those that have not, who is right
 * on more test points, or has the smaller loss; who has diverged is last. Equals share a place.
 *
 * @param {RaceState} state @returns {Record<string, number> | null}
 */
export function placesOf(state) {
  const { lanes, epochs } = state;
  if (lanes.length === 0 || epochOf(state) < epochs) return null;
  const ranks = lanes.map(({ lane, solved, diverged, frame }) => {
    const { accuracy, loss } = frame?.body ?? {};
    const merit = accuracy?.test ?? -(loss?.test ?? Infinity);
    return { lane, rank: diverged ? [2, 0] : solved !== null ? [0, solved] : [1, -merit] };
  });
  const isBefore = (/** @type {number[]} */ [group, rank], /** @type {number[]} */ [other, mine]) =>
    group < other || (group === other && rank < mine);
  return Object.fromEntries(
    ranks.map(({ lane, rank }) => [lane, 1 + ranks.filter((one) => isBefore(one.rank, rank)).length]),
  );
}

/** Epochs that all lanes have trained that still run; where none does, the farthest. @param {RaceState} state */
export function epochOf({ lanes }) {
  const running = lanes.filter(({ diverged }) => !diverged);
  const epochs = (running.length > 0 ? running : lanes).map(({ epoch }) => epoch);
  if (epochs.length === 0) return 0;
  return running.length > 0 ? Math.min(...epochs) : Math.max(...epochs);
}

/** The race at hand, to be lined up with some of it changed. @param {RaceState} state @returns {Exclude<WantedRace, { link: string }>} */
export function wanted({ lanes, epochs, seeds, bar, fresh, budget }) {
  return {
    lanes: lanes.map(({ config }) => config),
    epochs,
    seeds,
    bar,
    fresh,
    budget: budget && { measure: budget.measure, target: budget.target },
  };
}

/** @param {Tensor} history @returns {Row[]} */
function rowsOf({ data, shape: [count, columns] }) {
  return Array.from(
    { length: count },
    (_, row) => /** @type {Row} */ ([...data.subarray(row * columns, (row + 1) * columns)]),
  );
}
