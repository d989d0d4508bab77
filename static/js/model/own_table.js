/**
 * Points of one's own as others take them: labels of another kind, and the table that is read back as it is. Pure.
 *
 * Not here: the file (table_file.js), what a stroke does to points (own_points.js).
 */

import { exactNumber } from "./own_numbers.js";
import { rounded } from "./own_split.js";
import { columnsOf, scalingsOf } from "./own_units.js";

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
