/**
 * Where everything in the network picture stands: one size for all units, one column for each layer.
 *
 * Pure arithmetic in CSS pixels. The panel places canvases by it and the edges are drawn by it, so they always meet.
 */

const GAP_SHARE = 0.16;
const SMALLEST = 12;
/** Columns with room to spare still hold together: no further apart than this many sizes. */
const WIDEST_SPREAD = 1.6;

/**
 * One size for the whole network, so that units can be compared: what fits the widest layer and the narrowest column.
 *
 * @param {Room} room @returns {Geometry}
 */
export function placeUnits({ columns, height, largest }) {
  const most = Math.max(1, ...columns.map((column) => column.units));
  const narrowest = Math.min(...columns.map((column) => column.width));
  const pitch = height / most;
  const size = Math.max(SMALLEST, Math.floor(Math.min(largest, pitch * (1 - GAP_SHARE), narrowest * 0.66)));
  const centres = columns.map(({ left, width, units }) => {
    const apart = Math.min(height / units, size * WIDEST_SPREAD);
    const x = left + width / 2;
    return Array.from({ length: units }, (_, unit) => ({ x, y: height / 2 + (unit - (units - 1) / 2) * apart }));
  });
  return { size, centres };
}

/** @typedef {{ left: number, top: number, width: number, height: number }} Box */

/**
 * Among boxes that stand in rows and columns of any kind, the one that an arrow key leads to; where there is none that
 * way, the next or the previous one, round and round.
 *
 * @param {readonly Box[]} boxes @param {number} from @param {string} key
 * @returns {number} -1 for a key that leads nowhere
 */
export function nearestBox(boxes, from, key) {
  const way = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[key];
  if (!way || from < 0) return -1;
  const middle = (/** @type {Box} */ { left, top, width, height }) => ({ x: left + width / 2, y: top + height / 2 });
  const start = middle(boxes[from]);
  const best = { index: -1, cost: Infinity };
  for (const [index, box] of boxes.entries()) {
    const { x, y } = middle(box);
    const along = (x - start.x) * way[0] + (y - start.y) * way[1];
    const aside = Math.abs((x - start.x) * way[1]) + Math.abs((y - start.y) * way[0]);
    // What stands in the same row or column comes before all that does not.
    const cost = along + 4 * aside;
    if (along > 1 && aside < along * 2 && cost < best.cost) Object.assign(best, { index, cost });
  }
  const step = way[0] + way[1];
  return best.index >= 0 ? best.index : (from + step + boxes.length) % boxes.length;
}

/**
 * Where the edges of a column leave and arrive: the middle of its units' sides.
 *
 * @param {readonly Place[]} centres @param {number} size @param {"left" | "right"} side @returns {Place[]}
 */
export function portsOf(centres, size, side) {
  const shift = side === "left" ? -size / 2 : size / 2;
  return centres.map(({ x, y }) => ({ x: x + shift, y }));
}

/**
 * The ports of the output units: at the edge of the output, close together around its middle.
 *
 * @param {number} count @param {Place} end @param {number} apart @returns {Place[]}
 */
export function outputPorts(count, { x, y }, apart) {
  return Array.from({ length: count }, (_, unit) => ({ x, y: y + (unit - (count - 1) / 2) * apart }));
}

/**
 * The unit that an arrow key leads to, in the same column or the nearest of the next one.
 *
 * @param {readonly number[]} widths units of each hidden layer
 * @param {Unit} from @param {string} key
 * @returns {Unit | null} null where the key leads nowhere
 */
export function neighbour(widths, { layer, unit }, key) {
  const [along, across] = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[key] ?? [
    0, 0,
  ];
  const width = widths[layer + along];
  if ((along === 0 && across === 0) || width === undefined) return null;
  if (along !== 0) return { layer: layer + along, unit: Math.floor(((unit + 0.5) / widths[layer]) * width) };
  const next = unit + across;
  return next >= 0 && next < width ? { layer, unit: next } : null;
}
