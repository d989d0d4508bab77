/**
 * How a unit fires as shapes: a bar for each step's membrane, and over the bars a tick for each spike.
 *
 * Paths of an SVG that is as many units wide as there are steps and 1 high; the page's colours come from its classes.
 */

/** Of the height, what is the spikes'. */
export const SPIKES = 0.16;
const [BAR, TICK, ROOM] = [0.7, 0.36, 0.06];

/**
 * @param {Pick<RasterAnswer, "membrane" | "fired" | "threshold">} raster
 * @returns {{ silent: string, fired: string, spikes: string, y: (level: number) => number }} `y` from 0, the top, to 1
 */
export function rasterPaths({ membrane, fired, threshold }) {
  const levels = membrane.map((level) => level ?? 0);
  const [low, high] = [Math.min(0, ...levels), Math.max(threshold, ...levels)];
  // A little room at both ends, so that the dashed line and the lowest bar are not the frame.
  const room = ROOM * (high - low);
  const [floor, top] = [low < 0 ? low - room : 0, high + room];
  const y = (/** @type {number} */ level) => SPIKES + ((1 - SPIKES) * (top - level)) / (top - floor);
  const bars = levels.map((level, step) => box(step + 0.5, BAR, y(Math.max(0, level)), y(Math.min(0, level))));
  const pick = (/** @type {boolean} */ wanted) => bars.filter((_, step) => fired[step] === wanted).join("");
  const ticks = fired.map((fires, step) => (fires ? box(step + 0.5, TICK, 0, SPIKES - 0.03) : ""));
  return { silent: pick(false), fired: pick(true), spikes: ticks.join(""), y };
}

/** @param {number} middle @param {number} width @param {number} top @param {number} bottom */
function box(middle, width, top, bottom) {
  const [left, right] = [middle - width / 2, middle + width / 2].map(short);
  return `M${left} ${short(top)}H${right}V${short(bottom)}H${left}Z`;
}

/** @param {number} value */
function short(value) {
  return Number(value.toFixed(4));
}
