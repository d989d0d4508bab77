/**
 * Numbers as text with a steady width, so that nothing on the page moves while they change.
 *
 * Only digits and signs; words belong to messages/.
 */

const NOTHING = "–";

/**
 * A loss: four decimals where they say something, else its size, so that the text keeps its width.
 *
 * @param {number | null | undefined} value
 */
export function formatLoss(value) {
  if (value == null || !Number.isFinite(value)) return NOTHING;
  if (value > 0 && value < 0.00005) return shortExponential(value);
  if (value < 10) return value.toFixed(4);
  return value < 1000 ? value.toFixed(value < 100 ? 3 : 2) : shortExponential(value);
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
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ",");
}

/**
 * A setting's value as a person would write it: no trailing zeros, no 0.30000000000000004.
 *
 * @param {number} value
 */
export function formatSetting(value) {
  return String(Number(value.toPrecision(6)));
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
  return (size >= 1000 || size < 0.01 ? shortExponential(value) : significant(value)).replace(/-/g, "−");
}

/**
 * So many decimals whatever the size, up to a thousand: text that keeps its width while the number changes.
 *
 * @param {number | null | undefined} value @param {number} decimals @param {string} [minus]
 */
export function formatFixed(value, decimals, minus = "−") {
  if (value == null || !Number.isFinite(value)) return NOTHING;
  const text = Math.abs(value) < 1000 ? value.toFixed(decimals) : shortExponential(value);
  return (Number(text) === 0 ? text.replace("-", "") : text).replace(/-/g, minus);
}

/** @param {number} value */
function significant(value) {
  return String(Number(value.toFixed(Math.abs(value) >= 100 ? 0 : 2)));
}

/** @param {number} value */
function shortExponential(value) {
  return value.toExponential(1).replace("e+", "e");
}
