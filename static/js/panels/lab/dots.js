/**
 * One row a claim, one dot a run: where on a line from none to all of the test points each run came to rest.
 *
 * Equal runs lie side by side, upwards. Pure but for the elements that it makes.
 */

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 240;
const MARGIN = 6;
const RADIUS = 3;
/** Shares this near are one heap. */
const STEP = 0.025;

/**
 * The place of each run's dot, in the units of the picture.
 *
 * @param {readonly number[]} accuracies from 0 to 1
 */
export function dotPlaces(accuracies) {
  /** @type {Map<number, number>} */
  const heaps = new Map();
  return accuracies.map((share) => {
    const heap = Math.round(share / STEP);
    const below = heaps.get(heap) ?? 0;
    heaps.set(heap, below + 1);
    return { x: MARGIN + heap * STEP * (WIDTH - 2 * MARGIN), row: below };
  });
}

/** @param {readonly number[]} accuracies @param {string} label what is said of it */
export function dotRow(accuracies, label) {
  const places = dotPlaces(accuracies);
  const rows = 1 + Math.max(...places.map(({ row }) => row));
  // High heaps are pressed together: every row is as high.
  const apart = Math.min(2 * RADIUS + 0.5, 40 / rows);
  const height = 2 * RADIUS + (rows - 1) * apart + 4;
  const picture = element("svg", { viewBox: `0 0 ${WIDTH} ${height}`, class: "lab-dots", role: "img" });
  picture.setAttribute("aria-label", label);
  picture.append(element("line", { x1: MARGIN, x2: WIDTH - MARGIN, y1: height - 1, y2: height - 1 }));
  for (const share of [0.5, 0.95]) {
    const x = MARGIN + share * (WIDTH - 2 * MARGIN);
    picture.append(element("line", { x1: x, x2: x, y1: 0, y2: height, class: share > 0.9 ? "bar" : "half" }));
  }
  for (const { x, row } of places) {
    picture.append(element("circle", { cx: x, cy: height - 2 - RADIUS - row * apart, r: RADIUS }));
  }
  return picture;
}

/** @param {string} tag @param {Record<string, string | number>} attributes */
function element(tag, attributes) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  return made;
}
