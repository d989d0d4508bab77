/**
 * The run before the present one, which the chart keeps as a faint curve to compare with. Pure.
 *
 * Not here: what is said of the two (runs.js).
 */

/** What is over sooner is a step on the way to the next, not a run to compare with. */
const LEAST_EPOCHS = 10;

/**
 * The run that another Config now ends, or the one before it where that was too short to tell anything; null where it was
 * of other points.
 *
 * @param {Pick<State, "good" | "history" | "parameters" | "drifted" | "past">} state @param {Config} next
 * @returns {Run | null}
 */
export function pastOf({ good, history, parameters, drifted, past }, next) {
  const long = good !== null && (history.at(-1)?.[0] ?? 0) >= LEAST_EPOCHS;
  const run = long ? { config: good, history, parameters, drifted } : past;
  return run && pointsOf(run.config) === pointsOf(next) ? run : null;
}

/** What a Config's points, and their split, depend on. @param {Config} config */
function pointsOf({ data, seeds }) {
  return JSON.stringify([data, seeds.data]);
}
