/**
 * Points drawn by hand: what a stroke adds and takes away, and the table they make. Pure: every function returns new
 * points and leaves the old ones alone, so that a step back is the list of before.
 *
 * Places are in the square from -1 to 1, as a Config has them. Not here: pointers and keys (panels/data/draw_points.js).
 */

import { SHAPES } from "../draw/points.js";
import { clamp } from "../draw/scale.js";

/** As many as the server sends back, so that a drawn point is found again among those it tells of. */
const DECIMALS = 1e4;
/** How far a spray reaches. */
const SPREAD = 0.07;
/** How far the eraser reaches. */
const ERASER = 0.08;

const rounded = (/** @type {number} */ number) => Math.round(number * DECIMALS) / DECIMALS;

/** @param {Place} place @param {number} label @returns {Point} */
export function pointAt({ x, y }, label) {
  return [rounded(clamp(-1, 1, x)), rounded(clamp(-1, 1, y)), label];
}

/**
 * A place near this one, even in area.
 *
 * @param {Place} place @param {() => number} random from 0 to 1 @returns {Place}
 */
export function sprayed({ x, y }, random) {
  const [far, turn] = [SPREAD * Math.sqrt(random()), 2 * Math.PI * random()];
  return { x: x + far * Math.cos(turn), y: y + far * Math.sin(turn) };
}

/** @param {readonly Point[]} points @param {Place} place @returns {Point[]} */
export function erased(points, place) {
  return points.filter((point) => distance(point, place) > ERASER);
}

/** @param {readonly Point[]} points @param {Place} place @returns {Point[]} */
export function withoutNearest(points, place) {
  const far = points.map((point) => distance(point, place));
  const nearest = far.indexOf(Math.min(...far));
  return points.filter((_, index) => index !== nearest);
}

/**
 * What is shown of a run as points of one's own: in the square again, values from -1 to 1.
 *
 * @param {Points} shown @param {Layout} layout @returns {Point[]}
 */
export function copied({ train, test }, { extent, task }) {
  const label = (/** @type {number} */ target) => (task === "regression" ? rounded(clamp(-1, 1, target)) : target);
  return [...train, ...test].map(([x, y, target]) => pointAt({ x: x / extent, y: y / extent }, label(target)));
}

/**
 * Labels of another kind: classes become values from -1 to 1 in equal steps. Values become a class each, in order, where
 * there are no more different ones than classes may be; else two classes by their sign.
 *
 * @param {readonly Point[]} points @param {Task} task @param {number} classes @returns {Point[]}
 */
export function relabelled(points, task, classes) {
  const values = [...new Set(points.map(([, , old]) => old))].sort((a, b) => a - b);
  const ofValue = (/** @type {number} */ old) =>
    values.length <= SHAPES.length ? values.indexOf(old) : Number(old > 0);
  const label = (/** @type {number} */ old) =>
    task === "regression" ? rounded((2 * old) / Math.max(1, classes - 1) - 1) : ofValue(old);
  return points.map(([x, y, old]) => [x, y, label(old)]);
}

/**
 * Drawn points as they are shown until the server has told which are for testing: those that were, and all others as
 * training points.
 *
 * @param {readonly Point[]} points @param {Points | null} shown @param {number} extent @returns {Points}
 */
export function splitAs(points, shown, extent) {
  const name = (/** @type {Point} */ point) => point.join(" ");
  const tested = new Set(shown?.test.map(name));
  /** @type {Points} */
  const split = { train: [], test: [] };
  for (const [x, y, label] of points) {
    /** @type {Point} */
    const point = [rounded(x * extent), rounded(y * extent), label];
    split[tested.has(name(point)) ? "test" : "train"].push(point);
  }
  return split;
}

/**
 * The points as a table that is read back as it is: places in the square, the number of each class beside its name, or
 * values, which always have a point and so are none (nncore/tables/making.py).
 *
 * @param {readonly Point[]} points @param {readonly string[]} names of the classes, empty for those that have none; no
 * names at all for values
 */
export function tableOf(points, names) {
  const quoted = (/** @type {string} */ text) => (/[",;\t\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const value = (/** @type {number} */ label) => (Number.isInteger(label) ? label.toFixed(1) : String(label));
  const name = (/** @type {number} */ label) => quoted(asText(names[label] || String(label)));
  const named = names.some(Boolean);
  const cells = (/** @type {number} */ label) => {
    if (names.length === 0) return [value(label)];
    return named ? [name(label), label] : [label];
  };
  const rows = points.map(([x, y, label]) => [x, y, ...cells(label)].join(","));
  return `${[named ? "x,y,label,target" : "x,y,target", ...rows].join("\n")}\n`;
}

/**
 * A cell that no spreadsheet takes for a formula: what begins like one gets an apostrophe before it, which is taken off
 * again where tables are read (nncore/points.py). Numbers are none.
 *
 * @param {string} text
 */
function asText(text) {
  return /^'*[=+@-]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
}

/** @param {Point} point @param {Place} place */
function distance([x, y], place) {
  return Math.hypot(x - place.x, y - place.y);
}
