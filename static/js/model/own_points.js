/**
 * Points drawn by hand: what a stroke adds and takes away, and the table they make. Pure: every function returns new
 * points and leaves the old ones alone, so that a step back is the list of before.
 *
 * Places are in the square from -1 to 1, as a Config has them. Not here: pointers and keys (panels/data/draw_points.js).
 */

import { clamp } from "../draw/scale.js";
import { columnsOf, exactNumber, scalingsOf } from "./own_units.js";

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
 * Labels of another kind, and the names and units that go with them. Classes become values from -1 to 1 in equal steps;
 * values become classes: each a class of its own, named by its number, where there are no more than `most`, else two by
 * their sign.
 *
 * @param {Choice} data the points' own @param {readonly Point[]} points @param {Task} task @param {number} classes
 * @param {number} most
 */
export function relabelled(data, points, task, classes, most) {
  const units = /** @type {number[]} */ (data.units ?? []).slice(0, 6);
  const taking = (/** @type {(old: number) => number} */ label) =>
    points.map(([x, y, old]) => /** @type {Point} */ ([x, y, label(old)]));
  if (task === "regression") {
    return { points: taking((old) => rounded((2 * old) / Math.max(1, classes - 1) - 1)), names: [], units };
  }
  const values = [...new Set(points.map(([, , value]) => value))].sort((a, b) => a - b);
  if (values.length > most) return { points: taking((old) => Number(old > 0)), names: [], units };
  const names = values.map((value) => String(exactNumber(scalingsOf(data)[2], value)));
  return { points: taking((old) => values.indexOf(old)), names, units };
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
    const point = [rounded(x * extent), rounded(y * extent), rounded(label)];
    split[tested.has(name(point)) ? "test" : "train"].push(point);
  }
  return split;
}

/**
 * The points as a table that is read back as it is: in the reader's own numbers and names, classes in their order, and
 * which are for testing.
 *
 * @param {Choice} data the points' own @param {readonly Point[]} points
 * @param {readonly string[]} names of the classes; none for values
 * @param {Points | null} shown those of the run @param {number} extent
 */
export function tableOf(data, points, names, shown, extent) {
  const scalings = scalingsOf(data);
  const classes = data.task !== "regression";
  const named = classes && names.some(Boolean);
  const columns = columnsOf(data);
  const head = [columns[0] || "x", columns[1] || "y", columns[2] || (named ? "label" : "target")];
  if (named) head.push(head.includes("target") ? "class" : "target");
  // A value is written with a point, so that it is no class.
  const value = (/** @type {number} */ own) => (Number.isInteger(own) ? own.toFixed(1) : String(own));
  const rows = halvesOf(points, shown, extent).map(([[x, y, label], half]) => [
    exactNumber(scalings[0], x),
    exactNumber(scalings[1], y),
    ...(named ? [asText(names[label] || String(label))] : []),
    classes ? label : value(exactNumber(scalings[2], label)),
    half,
  ]);
  const quoted = (/** @type {string | number} */ cell) =>
    /[",;\t\n]/.test(String(cell)) ? `"${String(cell).replaceAll('"', '""')}"` : String(cell);
  const lines = [[...head.map(asText), "split"], ...rows].map((cells) => cells.map(quoted).join(","));
  return `${lines.join("\n")}\n`;
}

/**
 * Each point with its half: as many copies of a test point are for testing as the run has.
 *
 * @param {readonly Point[]} points @param {Points | null} shown @param {number} extent
 * @returns {[Point, "train" | "test"][]}
 */
function halvesOf(points, shown, extent) {
  /** @type {Map<string, number>} */
  const tested = new Map();
  for (const point of shown?.test ?? []) tested.set(point.join(" "), (tested.get(point.join(" ")) ?? 0) + 1);
  return points.map((point) => {
    const [x, y, label] = point;
    const name = [x * extent, y * extent, label].map(rounded).join(" ");
    const left = tested.get(name) ?? 0;
    tested.set(name, left - 1);
    return [point, left > 0 ? "test" : "train"];
  });
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
