/**
 * Places and points in the reader's own numbers and names, written out: as they were typed, and in words. Pure.
 *
 * Not here: what these numbers are of the square (own_units.js), on which the page begins.
 */

import { columnsOf, domainsOf, ownNumber } from "./own_units.js";

/**
 * The number that a point was made of: the shortest that comes to the same place, so 5.1 and not 5.1000000001.
 *
 * @param {import("./own_units.js").Scaling} scaling @param {number} scaled
 */
export function exactNumber(scaling, scaled) {
  const { offset, factor, decimals } = scaling;
  if (factor === 1 && offset === 0) return scaled;
  const number = ownNumber(scaling, scaled);
  const grain = 0.5 * 10 ** -Math.min(decimals, 15);
  // No number of digits makes what rounding has left of 0 a 0.
  for (let digits = 0; digits < 17; digits++) {
    const short = digits === 0 ? 0 : Number(number.toPrecision(digits));
    if (Math.abs(factor * (short - offset) - scaled) <= grain) return short;
  }
  return number;
}

/**
 * A place in words, by the names and in the numbers of the data: "length = 5.10, width = 3.40".
 *
 * @param {Pick<State, "config" | "layout">} state @param {number} x of the data's square, from -1 to 1 @param {number} y
 */
export function placeText({ config: { data }, layout }, x, y) {
  const names = columnsOf(data);
  const parts = domainsOf(data, layout?.extent ?? 1).map(([low, high], axis) => {
    const decimals = Math.min(12, Math.max(0, 2 - Math.floor(Math.log10(high - low))));
    const number = low + ((high - low) * ([x, y][axis] + 1)) / 2;
    return `${names[axis] || "xy"[axis]} = ${number.toFixed(decimals).replace("-", "−")}`;
  });
  return parts.join(", ");
}
