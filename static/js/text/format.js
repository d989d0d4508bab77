/**
 * Numbers as text, the same everywhere on the page: a point before decimals, commas between the thousands of a count, a
 * true minus sign; with a steady width where they change, so that nothing moves.
 *
 * Only digits and signs; words belong to messages/. How people type them is number.js' matter.
 */

const NOTHING = "–";
/** The least that four decimals can say. */
const LEAST_LOSS = 0.0001;

/**
 * A loss: four decimals, and that it is less than they can say; a large one with fewer, so that the text keeps its width.
 *
 * @param {number | null | undefined} value
 */
export function formatLoss(value) {
  if (value == null || !Number.isFinite(value)) return NOTHING;
  return value > 0 && value < LEAST_LOSS ? `< ${LEAST_LOSS}` : formatExact(value);
}

/**
 * A loss by its size, however small: for who points at it.
 *
 * @param {number | null | undefined} value
 */
export function formatExact(value) {
  if (value == null || !Number.isFinite(value)) return NOTHING;
  const size = Math.abs(value);
  if (size >= 1000 || (size > 0 && size < LEAST_LOSS)) return shortExponential(value);
  return signed(value.toFixed(size < 10 ? 4 : size < 100 ? 3 : 2));
}

/**
 * A share from 0 to 1 as a percentage with one decimal.
 *
 * @param {number | null | undefined} value
 */
export function formatPercent(value) {
  if (value == null || !Number.isFinite(value)) return NOTHING;
  return `${(value * 100).toFixed(1)}%`;
}

/**
 * A count with its thousands set apart, as both languages of the page do it. By hand, because the browser's own way
 * takes a tenth of a second on a slow phone when it is first asked.
 *
 * @param {number} value
 */
export function formatCount(value) {
  return signed(String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ","));
}

/**
 * A setting's value as a person would write it: no trailing zeros, no 0.30000000000000004. Its thousands are not set
 * apart: in a field that is typed into, a comma may stand before decimals.
 *
 * @param {number} value
 */
export function formatSetting(value) {
  return signed(String(Number(value.toPrecision(6))));
}

/**
 * A value on a colour scale: three significant digits, a true minus sign. What is nothing beside the scale's span is 0.
 *
 * @param {number} value
 * @param {number} span from the scale's low end to its high end
 */
export function formatEnd(value, span) {
  if (!Number.isFinite(value)) return NOTHING;
  const size = Math.abs(value);
  if (size === 0 || size < span * 0.005) return "0";
  return size >= 1000 || size < 0.01 ? shortExponential(value) : significant(value);
}

/**
 * So many decimals whatever the size, up to a thousand: text that keeps its width while the number changes.
 *
 * @param {number | null | undefined} value @param {number} decimals
 */
export function formatFixed(value, decimals) {
  if (value == null || !Number.isFinite(value)) return NOTHING;
  return Math.abs(value) < 1000 ? signed(value.toFixed(decimals)) : shortExponential(value);
}

/** @param {number} value */
function significant(value) {
  return signed(String(Number(value.toFixed(Math.abs(value) >= 100 ? 0 : 2))));
}

/** @param {number} value @param {number} [decimals] */
export function shortExponential(value, decimals = 1) {
  return signed(value.toExponential(decimals).replace("e+", "e"));
}

/** With true minus signs, and none before nothing. @param {string} text of ASCII */
function signed(text) {
  return (Number(text) === 0 ? text.replace("-", "") : text).replaceAll("-", "−");
}
