/**
 * Points drawn by hand as the page shows them, before the server has told of them. Pure.
 *
 * Not here: what a stroke adds and takes away (own_points.js).
 */

/** As many as the server sends back, so that a drawn point is found again among those it tells of. */
const DECIMALS = 1e4;

export const rounded = (/** @type {number} */ number) => Math.round(number * DECIMALS) / DECIMALS;

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
