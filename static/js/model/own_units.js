/**
 * The reader's own numbers and names of points that came from a table: what stands in the square is
 * factor · (number − offset), rounded. Points that nobody has measured keep the square's own numbers and no names.
 *
 * Pure. The server's side of it is nncore/points.py (Scaling).
 */

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
 * The number that a point was made of: the shortest that comes to the same place, so 5.1 and not 5.1000000001.
 *
 * @param {Scaling} scaling @param {number} scaled
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
 * What x, y and the label are called; empty where nobody has said.
 *
 * @param {Choice} data @returns {string[]}
 */
export function columnsOf({ columns }) {
  return [.../** @type {string[]} */ (columns ?? []), "", "", ""].slice(0, 3);
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
