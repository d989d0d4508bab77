/**
 * Steps back and forward through what the reader chose: every gesture that changes the experiment is one step.
 *
 * A step is the Config and the draft of before. What can change in a running run does, and keeps what was learnt; all else
 * begins the run anew, as the choice itself did. Not here: what is drawn, sent or asked.
 */

/** @typedef {import("./steps.js").Step} Step */

/**
 * Takes the step back from where the reader is, which is then the one forward; null where there is none.
 *
 * @param {import("./steps.js").Steps} steps @param {boolean} forward @param {Step} now @returns {Step | null}
 */
export function takeStep(steps, forward, { config, draft }) {
  const [from, to] = forward ? [steps.undone, steps.done] : [steps.done, steps.undone];
  steps.noted = steps.gesture();
  for (let step = from.pop(); step; step = from.pop()) {
    // A choice that was refused has left a step that changes nothing.
    if (same(step.config, config) && same(step.draft, draft)) continue;
    to.push({ config, draft });
    return step;
  }
  return null;
}

/**
 * How one Config becomes another in a running run: the settings to change, by path; null where it is another run.
 *
 * @param {Config} from @param {Config} to @param {readonly string[]} changeable
 * @returns {[path: string, value: any][] | null}
 */
export function changesBetween(from, to, changeable) {
  /** @type {[string, any][]} */
  const changes = [];
  const names = /** @type {(keyof Config)[]} */ (Object.keys(to));
  for (const name of names) {
    if (same(from[name], to[name])) continue;
    if (changeable.includes(name)) changes.push([name, to[name]]);
    else if (name === "data" && fits(from.data, to.data)) changes.push(...pointsOf(from.data, to.data));
    else return null;
  }
  return changes;
}

/** Whether only own points and names differ, and the network has a unit for each class. @param {Config["data"]} a @param {Config["data"]} b */
function fits(a, b) {
  if (a.name !== "own" || b.name !== "own" || classesOf(a) !== classesOf(b)) return false;
  const others = Object.keys(b).filter((key) => !["points", "names", "count"].includes(key));
  return others.every((key) => same(a[key], b[key]));
}

/** @param {Config["data"]} from @param {Config["data"]} to @returns {[string, any][]} */
function pointsOf(from, to) {
  const parts = ["names", "points"].filter((part) => !same(from[part], to[part]));
  return parts.map((part) => [`data.${part}`, to[part]]);
}

/** As nncore/datasets/own.py counts them. @param {Config["data"]} data */
export function classesOf({ points, names, task }) {
  if (task === "regression") return 0;
  const labels = /** @type {Point[]} */ (points).map(([, , label]) => label);
  return Math.max(2, /** @type {string[]} */ (names).length, 1 + labels.reduce((most, one) => Math.max(most, one), 0));
}

/** Whether two plain values are equal all the way down. @param {any} a @param {any} b @returns {boolean} */
export function same(a, b) {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || !a || !b) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => key in b && same(a[key], b[key]));
}
