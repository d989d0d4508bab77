/**
 * The reader's own numbers and names of points that came from a table: what stands in the square is
 * factor · (number − offset), rounded. Points that nobody has measured keep the square's own numbers and no names.
 *
 * Pure. The server's side of it is nncore/points.py (Scaling).
 */

import { formatCount, formatEnd } from "../text/format.js";

/** @typedef {{ offset: number, factor: number, decimals: number }} Scaling of one axis */

const AS_IT_IS = { offset: 0, factor: 1, decimals: 17 };

/**
 * How the numbers of x, y and a regression's value (axes 0, 1, 2) came into the square.
 *
 * @param {Choice} data of a Config @returns {Scaling[]}
 */
export function scalingsOf({ units }) {
  const numbers = /** @type {number[]} */ (units ?? []);
  return [0, 3, 6].map((at) =>
    at < numbers.length ? { offset: numbers[at], factor: numbers[at + 1], decimals: numbers[at + 2] } : AS_IT_IS,
  );
}

/** @param {Choice} data */
export function hasUnits({ units }) {
  return /** @type {number[]} */ (units ?? []).length > 0;
}

/** @param {Scaling} scaling @param {number} scaled */
export function ownNumber({ offset, factor }, scaled) {
  return scaled / factor + offset;
}

/**
 * What x, y and the label are called; empty where nobody has said.
 *
 * @param {Choice} data @returns {string[]}
 */
export function columnsOf({ columns }) {
  return [.../** @type {string[]} */ (columns ?? []), "", "", ""].slice(0, 3);
}

/**
 * A value of a regression in the reader's own numbers.
 *
 * @param {Scaling} scaling @param {number} value as it is learnt
 * @param {number} span from the lowest number to the highest beside which it is read, as they are learnt
 */
export function ownValueText(scaling, value, span) {
  const own = ownNumber(scaling, value);
  // A reader's prices and years are no powers of ten.
  const plain = scaling.factor !== 1 && Math.abs(own) >= 1000 && Math.abs(own) < 1e7;
  return plain ? formatCount(own) : formatEnd(own, span / Math.abs(scaling.factor));
}

/**
 * The ends of the data's square in the reader's numbers: of x, and of y. Of the plane that is drawn with its `beyond`.
 *
 * @param {Choice} data @param {number} extent half of the square's width
 * @param {number} beyond so many times the square's width is between the ends
 * @returns {[number, number][]}
 */
export function domainsOf(data, extent, beyond = 1) {
  // A plane that was widened, as links of other playgrounds do, is no measure of the reader's.
  const end = beyond * (hasUnits(data) ? 1 : extent);
  return scalingsOf(data)
    .slice(0, 2)
    .map((scaling) => [ownNumber(scaling, -end), ownNumber(scaling, end)]);
}

/**
 * How many times as wide the plane that is drawn is as the data's square.
 *
 * @param {Pick<Layout, "extent" | "reach"> | null} layout
 */
export function beyondOf(layout) {
  return layout ? layout.reach / layout.extent : 1;
}
