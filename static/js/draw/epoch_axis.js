/**
 * The axis of epochs, which the chart and the slider under it share: even steps, and for a long run decades, or all that
 * ever happened would stand in its first pixels.
 *
 * Long axes go by log(1 + epoch), so that epoch 0 has its place. Pure.
 */

import { logTicks, niceTicks } from "./scale.js";

/** From so many epochs on. */
const LONG_RUN = 5000;
const TICKS = 4;

/** @param {number} end the last epoch of the axis; the first is 0 */
export function epochAxis(end) {
  const long = end >= LONG_RUN;
  const all = Math.log1p(end);
  return {
    long,
    /** @param {number} epoch @returns {number} its place, from 0 to 1 */
    shareOf: (epoch) => (long ? Math.log1p(epoch) / all : epoch / end),
    /** @param {number} share @returns {number} */
    epochAt: (share) => (long ? Math.expm1(share * all) : share * end),
    /** Where a number is written. */
    ticks: long ? [0, ...logTicks(10, end, TICKS)] : niceTicks(0, end, TICKS),
  };
}
