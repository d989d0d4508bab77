/**
 * The moments of a run that the page keeps, so that it can look back: whole frames, oldest first, in bounded memory.
 *
 * When there are too many, the one whose neighbours are closest together goes: what is left stays spread over the whole
 * run, however long it gets. Pure; what is shown of them is state.js' matter.
 */

/** More than a slider can tell apart. */
export const MOST_MOMENTS = 600;
export const MOST_BYTES = 24e6;

/**
 * The moments with one more. A frame of the same epoch as the newest replaces it: the run as it was at its end, or as the
 * page now asks for it.
 *
 * @param {readonly Moment[]} moments @param {Frame} frame newer than all of them
 * @param {{ count: number, bytes: number }} [most]
 * @returns {readonly Moment[]}
 */
export function keepMoment(moments, frame, most = { count: MOST_MOMENTS, bytes: MOST_BYTES }) {
  const { epoch, step } = frame.body;
  // A run that is resumed goes on from a little earlier.
  const kept = moments.filter((moment) => moment.frame.body.step < step);
  // The beginning is worth keeping beside what follows it within its epoch.
  if (kept.length > 1 && epochOf(kept[kept.length - 1]) === epoch) kept.pop();
  kept.push({ frame, bytes: bytesOf(frame) });
  let bytes = kept.reduce((sum, moment) => sum + moment.bytes, 0);
  while (kept.length > 2 && (kept.length > most.count || bytes > most.bytes)) {
    bytes -= kept.splice(mostCrowded(kept), 1)[0].bytes;
  }
  return kept;
}

/**
 * The kept moment that is nearest to an epoch.
 *
 * @param {readonly Moment[]} moments @param {number} epoch @returns {Frame | null}
 */
export function momentAt(moments, epoch) {
  /** @type {Moment | null} */
  let best = null;
  for (const moment of moments) {
    if (!best || Math.abs(epochOf(moment) - epoch) < Math.abs(epochOf(best) - epoch)) best = moment;
  }
  return best?.frame ?? null;
}

/**
 * The moment so many further on, or back; null beyond the newest: that is now.
 *
 * @param {readonly Moment[]} moments @param {Frame | null} from null for now
 * @param {number} steps @returns {Frame | null}
 */
export function momentFrom(moments, from, steps) {
  // The one that is looked at may itself be gone by now: then it counts as the place where it was.
  const later = from ? moments.findIndex((moment) => moment.frame.body.step >= from.body.step) : -1;
  const place = later < 0 ? moments.length - 1 : later;
  const gone = from !== null && later >= 0 && moments[later].frame.body.step !== from.body.step;
  const index = Math.max(0, place + steps - (gone && steps > 0 ? 1 : 0));
  return index < moments.length - 1 ? moments[index].frame : null;
}

/**
 * What a frame holds in memory. Its arrays share the message that they came in, so each buffer counts once.
 *
 * @param {Frame} frame
 */
export function bytesOf({ arrays, lens }) {
  const all = [...Object.values(arrays), ...Object.values(lens?.arrays ?? {})];
  const buffers = new Set(all.map(({ data }) => data.buffer));
  return [...buffers].reduce((sum, buffer) => sum + buffer.byteLength, 0);
}

/**
 * Never the first or the last.
 *
 * @param {readonly Moment[]} moments at least three
 */
function mostCrowded(moments) {
  let [best, closest] = [1, Infinity];
  for (let index = 1; index < moments.length - 1; index++) {
    const apart = epochOf(moments[index + 1]) - epochOf(moments[index - 1]);
    if (apart < closest) [best, closest] = [index, apart];
  }
  return best;
}

/** @param {Moment} moment */
function epochOf({ frame }) {
  return frame.body.epoch;
}

/**
 * The record that is nearest to an epoch.
 *
 * @param {readonly Row[]} history @param {number} epoch @returns {Row | null}
 */
export function recordAt(history, epoch) {
  return history[recordIndex(history, epoch)] ?? null;
}

/**
 * The record so many further on than the one at `epoch`; null for the end's.
 *
 * @param {readonly Row[]} history @param {number | null} epoch @param {number} steps @returns {Row | null}
 */
export function recordFrom(history, epoch, steps) {
  const last = history.length - 1;
  const from = epoch === null ? last : recordIndex(history, epoch);
  return history[Math.min(last, Math.max(0, from + steps))] ?? null;
}

/** @param {readonly Row[]} history ascending @param {number} epoch */
function recordIndex(history, epoch) {
  let [low, high] = [0, history.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    // The first record past the middle between two is nearer to the later one.
    if (history[middle][0] + history[middle + 1][0] < 2 * epoch) low = middle + 1;
    else high = middle;
  }
  return low;
}
