/**
 * Points drawn by hand: what a stroke adds and takes away. Pure: every function returns new
 * points and leaves the old ones alone, so that a step back is the list of before.
 *
 * Places are in the square from -1 to 1, as a Config has them. Not here: pointers and keys (panels/data/draw_points.js).
 */

import { clamp } from "../draw/scale.js";
import { rounded } from "./own_split.js";

/** How far a spray reaches. */
const SPREAD = 0.07;
/** How far the eraser reaches. */
const ERASER = 0.08;

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

/** @param {Point} point @param {Place} place */
function distance([x, y], place) {
  return Math.hypot(x - place.x, y - place.y);
}
