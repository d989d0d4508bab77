/**
 * Scales: from values to positions and back, and the round numbers worth writing on an axis or a slider.
 *
 * Pure arithmetic. Nothing here knows of canvases, catalogs or the page.
 */

/** @param {number} low @param {number} high @param {number} value */
export function clamp(low, high, value) {
  return Math.min(high, Math.max(low, value));
}

/**
 * A straight line from the domain to the range; an empty domain maps to the middle of the range.
 *
 * @param {readonly [number, number]} domain @param {readonly [number, number]} range
 * @returns {(value: number) => number}
 */
export function linearScale([d0, d1], [r0, r1]) {
  if (d1 === d0) return () => (r0 + r1) / 2;
  const slope = (r1 - r0) / (d1 - d0);
  return (value) => r0 + (value - d0) * slope;
}

/**
 * As linearScale, on the decimal logarithm. Values under the smallest positive double are drawn at it.
 *
 * @param {readonly [number, number]} domain both ends over 0
 * @param {readonly [number, number]} range @returns {(value: number) => number}
 */
export function logScale([d0, d1], range) {
  const line = linearScale([Math.log10(d0), Math.log10(d1)], range);
  return (value) => line(Math.log10(Math.max(value, Number.MIN_VALUE)));
}

/**
 * Whole powers of ten around [low, high]: the decades that a log axis must cover.
 *
 * @param {number} low over 0
 * @param {number} high @returns {[number, number]}
 */
export function decades(low, high) {
  const first = Math.floor(Math.log10(low) + 1e-9);
  const last = Math.max(first + 1, Math.ceil(Math.log10(high) - 1e-9));
  return [powerOfTen(first), powerOfTen(last)];
}

/**
 * The powers of ten in [low, high], thinned until there are at most `most` of them.
 *
 * @param {number} low @param {number} high @param {number} most
 */
export function logTicks(low, high, most) {
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  const stride = Math.max(1, Math.ceil((last - first + 1) / most));
  /** @type {number[]} */
  const ticks = [];
  for (let exponent = last; exponent >= first; exponent -= stride) ticks.unshift(powerOfTen(exponent));
  return ticks;
}

/**
 * Multiples of 1, 2 or 5 times a power of ten that lie in [low, high], about `count` of them.
 *
 * @param {number} low @param {number} high @param {number} count
 */
export function niceTicks(low, high, count) {
  if (!(high > low)) return [low];
  const rough = (high - low) / Math.max(1, count);
  const power = powerOfTen(Math.floor(Math.log10(rough)));
  const step = power * ([1, 2, 5].find((factor) => rough <= factor * power) ?? 10);
  /** @type {number[]} */
  const ticks = [];
  for (let n = Math.ceil(low / step - 1e-9); n * step <= high + step * 1e-9; n++) ticks.push(tidy(n * step));
  return ticks;
}

/**
 * The values 1, 2, 3 and 5 of every decade in [low, high], both ends included: the stops of a log slider.
 *
 * @param {number} low over 0
 * @param {number} high
 */
export function logSteps(low, high) {
  const steps = new Set([low, high]);
  for (let exponent = Math.floor(Math.log10(low)); powerOfTen(exponent) <= high; exponent++) {
    for (const factor of [1, 2, 3, 5]) {
      const value = tidy(factor * powerOfTen(exponent));
      if (value >= low && value <= high) steps.add(value);
    }
  }
  return [...steps].sort((a, b) => a - b);
}

/**
 * Index of the value that is nearest to `wanted` (on a log slider "near" means the ratio).
 *
 * @param {readonly number[]} values ascending
 * @param {number} wanted
 */
export function nearestIndex(values, wanted) {
  const near = (/** @type {number} */ v) =>
    Math.abs((v > 0 ? Math.log(v) : -99) - (wanted > 0 ? Math.log(wanted) : -99));
  let best = 0;
  values.forEach((value, index) => {
    if (near(value) < near(values[best])) best = index;
  });
  return best;
}

/**
 * Ten to a whole power, from its decimal text: 10 ** -5 is 0.000009999… in some engines.
 *
 * @param {number} exponent
 */
function powerOfTen(exponent) {
  return Number(`1e${exponent}`);
}

/** @param {number} value */
function tidy(value) {
  return Number(value.toPrecision(12));
}
