/**
 * A place of the plane as the reader types and reads it: in the numbers of the data where it has any of its own, else in
 * those of the axes. Pure; the units themselves are model/own_units.js' matter.
 */

import { hasUnits, ownNumber, scalingsOf } from "../../model/own_units.js";
import { formatSetting } from "../../text/format.js";

/** Arrow keys go by fortieths of the data's square. */
const STEPS = 40;

/**
 * @typedef {{ number: (place: number) => number, place: (number: number) => number, range: [number, number],
 *   step: number, decimals: number }} Axis a place of the plane to the reader's number and back, and the numbers of the drawn plane
 */

/** @param {Pick<State, "config" | "layout">} state @param {number} axis 0 for x, 1 for y @returns {Axis} */
export function axisOf({ config: { data }, layout }, axis) {
  const { extent, reach } = layout ?? { extent: 1, reach: 1 };
  const [scaling, unit] = hasUnits(data)
    ? [scalingsOf(data)[axis], extent]
    : [{ offset: 0, factor: 1, decimals: 17 }, 1];
  const number = (/** @type {number} */ place) => ownNumber(scaling, place / unit);
  const size = number(extent) - number(-extent);
  return {
    number,
    place: (value) => scaling.factor * (value - scaling.offset) * unit,
    range: [number(-reach), number(reach)],
    step: Number((size / STEPS).toPrecision(1)),
    // As under the pointer.
    decimals: Math.min(12, Math.max(0, 2 - Math.floor(Math.log10(size)))),
  };
}

/** @param {Axis} axis @param {number} number */
export function formatPlace({ decimals }, number) {
  return formatSetting(Number(number.toFixed(decimals)));
}
