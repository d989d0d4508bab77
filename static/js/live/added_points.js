/**
 * Own points as a change says them: those alone that are added behind what the server has. A stroke is many changes.
 *
 * Pure. The server's side of it is app/live/added_points.py.
 */

/**
 * @param {readonly Point[] | null} told those that the server has, as far as is known @param {readonly Point[]} points
 * @returns {readonly Point[] | { after: number, added: readonly Point[] }} all, where it is not that some are added
 */
export function withoutTold(told, points) {
  const same = (/** @type {Point} */ point, /** @type {number} */ index) =>
    point.every((number, axis) => number === points[index][axis]);
  if (!told || points.length < told.length || !told.every(same)) return points;
  return { after: told.length, added: points.slice(told.length) };
}
