/**
 * What a memory's page knows, and what each message makes of it. Pure; docs/reference/protocol.md has the messages.
 */

/** @param {number | null} speed @returns {MemoryState} before anything has been opened */
export function startState(speed) {
  return {
    machine: null,
    settings: {},
    knobs: [],
    patterns: [],
    start: null,
    link: null,
    units: [],
    energies: [],
    overlaps: [],
    end: null,
    last: -1,
    weights: null,
    epoch: 0,
    step: 0,
    playing: false,
    speed,
    connection: "connecting",
    remark: null,
    measured: null,
    facts: {},
    seen: {},
    records: [],
    newest: null,
    drawn: null,
  };
}

/** @param {MemoryState} state @param {any} message @returns {MemoryState} */
export function remembered(state, message) {
  const { machine, settings, knobs, patterns, start, link, playing, speed, epoch } = message;
  // The usual memory in the place of one that was refused: why, stays to be read.
  const remark = state.machine === null && state.remark?.key === "status.refused" ? state.remark : null;
  const measured = sameMeasure(state, message) ? state.measured : null;
  const told = { machine, settings, knobs, patterns, start, link, playing, speed, epoch };
  const other = machine === state.machine ? {} : { units: [], energies: [], facts: {}, seen: {}, records: [] };
  const drawn = "side" in settings ? { patterns, side: Number(settings.side) } : state.drawn;
  return { ...state, ...told, ...other, remark, measured, drawn, end: null };
}

/** What a measurement depends on. @param {MemoryState} state @param {{ settings: MemorySettings }} message */
function sameMeasure({ settings }, { settings: next }) {
  return ["rule", "side", "beta", "flip"].every((name) => settings[name] === next[name]);
}

/**
 * @param {MemoryState} state @param {{ body: any, arrays: Record<string, Tensor> }} frame
 * @param {boolean} current whether it is right about playing
 * @param {boolean} drawn whether the board shows what a reader has drawn and the server has not answered yet
 * @returns {MemoryState}
 */
export function framed(state, { body, arrays }, current, drawn) {
  const { epoch, step } = body;
  const playing = current ? body.playing : state.playing;
  const now = { ...state, epoch, step, playing, newest: body };
  // The next unit is drawn beside those that were drawn before: an older picture would take them away.
  if (state.machine === "hopfield") return { ...fallen(now, body, arrays), ...(drawn && { units: state.units }) };
  const { history, ...pictures } = arrays;
  const records = history ? [...state.records.slice(0, body.history_start), ...rowsOf(history)] : [];
  return { ...now, facts: body, records, seen: { ...state.seen, ...pictures } };
}

/** @param {Tensor} table */
function rowsOf({ data, shape: [count, columns] }) {
  return Array.from({ length: count }, (_, row) => [...data.subarray(row * columns, (row + 1) * columns)]);
}

/** @param {MemoryState} state @param {any} body @param {Record<string, Tensor>} arrays @returns {MemoryState} */
function fallen(state, { last, overlaps, end, history_start: from }, arrays) {
  const energies = [...state.energies.slice(0, from), ...arrays.energies.data];
  const field = arrays.weights?.data;
  const weights = field
    ? { field: /** @type {Uint8Array} */ (field), most: arrays.weights_range.data[1] }
    : from === 0
      ? null
      : state.weights;
  return { ...state, last, overlaps, end, energies, weights, units: arrays.state.data };
}

/** @param {MemoryState} state @param {any} message @returns {MemoryState} */
export function noticed(state, message) {
  return { ...state, playing: message.stops ? false : state.playing, remark: { tone: "calm", said: message } };
}

/** @param {MemoryState} state @param {any} message @returns {MemoryState} */
export function refused(state, message) {
  return { ...state, remark: { tone: "warn", key: "status.refused", said: message } };
}

/** @param {MemoryState} state @param {Measured} message @returns {MemoryState} */
export function measured(state, { rule, units, seeds, progress, done, stopped, limit, points }) {
  return { ...state, measured: { rule, units, seeds, progress, done, stopped, limit, points } };
}

/** Units as a 0 or a 1 each. @param {ArrayLike<number>} units */
export function bitsOf(units) {
  return Array.from(units, (unit) => (unit > 0 ? "1" : "0")).join("");
}

/** A 0 or a 1 each as units. @param {string} bits */
export function unitsOf(bits) {
  return Float32Array.from(bits, (bit) => (bit === "1" ? 1 : -1));
}

/** A pattern on a grid of another size: every unit takes what is nearest. @param {string} bits @param {number} side */
export function resized(bits, side) {
  const was = Math.sqrt(bits.length);
  const near = (/** @type {number} */ place) => Math.floor(((place + 0.5) * was) / side);
  return Array.from({ length: side * side }, (_, unit) => {
    return bits[near(Math.floor(unit / side)) * was + near(unit % side)];
  }).join("");
}
