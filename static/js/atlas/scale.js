/**
 * The chart's geometry: where a size stands on a logarithmic axis, and how labels that would overlap make room. Pure.
 *
 * Not here: the lines and marks themselves (chart.js).
 */

/**
 * @param {number[]} values above 0 @param {number} start @param {number} end in pixels
 * @returns {(value: number) => number}
 */
export function logScale(values, start, end) {
  const [low, high] = [Math.min(...values) / 1.12, Math.max(...values) * 1.12].map(Math.log);
  return (value) => start + ((Math.log(value) - low) / (high - low)) * (end - start);
}

/**
 * Powers of two within the values: what the budgets are.
 *
 * @param {number[]} values
 */
export function doublings(values) {
  const [low, high] = [Math.min(...values), Math.max(...values)].map((value) => Math.log2(value));
  const powers = [];
  for (let power = Math.ceil(low - 0.1); power <= high + 0.1; power += 1) powers.push(2 ** power);
  return powers;
}

/**
 * The lower end of an axis of shares: a tenth that is below all that is drawn.
 *
 * @param {number[]} values
 */
export function shareFloor(values) {
  return Math.min(0.9, Math.max(0, Math.floor(Math.min(...values) * 10 - 1e-9) / 10));
}

/**
 * Places for labels that want to stand at `wanted`, at least `room` apart and between the ends, each as near as can be.
 *
 * @param {number[]} wanted @param {number} room @param {number} low @param {number} high
 */
export function spread(wanted, room, low, high) {
  const order = wanted.map((_, index) => index).sort((a, b) => wanted[a] - wanted[b]);
  const places = [...wanted];
  let before = low - room;
  for (const index of order) {
    places[index] = Math.max(places[index], before + room);
    before = places[index];
  }
  let after = high + room;
  for (const index of order.toReversed()) {
    places[index] = Math.min(places[index], after - room);
    after = places[index];
  }
  return places;
}
