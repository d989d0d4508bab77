/**
 * The edge that a pointer means, and which way it points in a word. Fetched with what shows them; edges are drawn by edges.js.
 */

import { leaning } from "./edges.js";

/** Less of one sign than this is of neither. */
const ONE_SIGN = 0.5;

/**
 * What an input does to a unit, in the word of the messages: "up", "down", "both" or, where its size rounds to 0, "none".
 *
 * @param {number} mean @param {number} size
 */
export function directionOf(mean, size) {
  if (!(size >= 0.005)) return "none";
  const share = leaning(mean, size);
  return Math.abs(share) < ONE_SIGN ? "both" : share > 0 ? "up" : "down";
}

/**
 * The edge that runs past a place, as draw/edges.js draws it, or null where none is near.
 *
 * @param {Place} place
 * @param {readonly { from: readonly Place[], to: readonly Place[] }[]} gaps from column to column
 * @param {number} reach
 * @returns {{ gap: number, from: number, to: number } | null}
 */
export function nearestEdge({ x, y }, gaps, reach) {
  const gap = gaps.findIndex(({ from, to }) => from.length > 0 && to.length > 0 && from[0].x <= x && x <= to[0].x);
  if (gap < 0) return null;
  const { from, to } = gaps[gap];
  const rise = riseAt((x - from[0].x) / (to[0].x - from[0].x));
  let best = null;
  let least = reach;
  for (const [i, start] of from.entries()) {
    for (const [j, end] of to.entries()) {
      const away = Math.abs(start.y + (end.y - start.y) * rise - y);
      if (away > least) continue;
      least = away;
      best = { gap, from: i, to: j };
    }
  }
  return best;
}

/**
 * How far up an edge is, as a share, at a share of its way across: both are cubics of one parameter, found by halving.
 *
 * @param {number} across
 */
function riseAt(across) {
  let [low, high] = [0, 1];
  for (let halvings = 0; halvings < 20; halvings++) {
    const t = (low + high) / 2;
    if (1.5 * t * (1 - t) + t ** 3 < across) low = t;
    else high = t;
  }
  return low * low * (3 - 2 * low);
}
