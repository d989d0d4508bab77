/**
 * Edges between columns: width and strength of colour are the size of the sensitivity, whatever its sign; the hue is which
 * way it points, and fades to grey where it points up in some places and down in others.
 *
 * Sensitivities are compared within one layer only; the strongest edge of each layer has the full width, if it is more
 * than nothing. What the picture cannot show is their size across layers.
 */

/** Under this share of the layer's strongest edge, an edge is left out: it could not be seen among the others. */
const FAINTEST = 0.02;
/** A layer that reacts less than this to any of its inputs has no edge of the full width: noise is not made large. */
const QUIET = 0.05;
/** Edges are drawn in so many steps of strength and of hue: one stroke for each of them instead of one for each edge. */
const SHADES = 8;
const HUES = 4;

/**
 * @param {Context} context @param {EdgeLayer} layer @param {EdgeLook} look
 * @param {(from: number, to: number) => boolean} [only] which edges, of all
 */
export function drawEdges(context, layer, look, only = () => true) {
  const strongest = layer.size.reduce((most, value) => Math.max(most, value), 0);
  if (!(strongest > 0) || !Number.isFinite(strongest)) return;
  for (const { step, hue, edges } of groupByLook(layer, Math.max(strongest, QUIET), only)) {
    const strength = step / SHADES;
    context.beginPath();
    for (const [from, to] of edges) traceEdge(context, from, to);
    context.strokeStyle = look.hues[hue + HUES];
    context.globalAlpha = (0.12 + 0.78 * strength) * look.shown;
    context.lineWidth = Math.max(0.6, look.thickest * strength);
    context.stroke();
  }
  context.globalAlpha = 1;
}

/**
 * The colours of edges, from those that always lower to those that always raise.
 *
 * @param {(share: number) => string} colourOf from 0 to 1, with the grey of neither in the middle
 */
export function edgeHues(colourOf) {
  return Array.from({ length: 2 * HUES + 1 }, (_, hue) => colourOf(hue / (2 * HUES)));
}

/**
 * How far slopes with this mean and this root mean square have one sign: from -1, all down, to 1, all up.
 *
 * @param {number} mean @param {number} size
 */
export function leaning(mean, size) {
  return size > 0 ? Math.max(-1, Math.min(1, mean / size)) : 0;
}

/** @typedef {{ step: number, hue: number, edges: [Place, Place][] }} Group */

/**
 * @param {EdgeLayer} layer @param {number} full the size of an edge of the full width
 * @param {(from: number, to: number) => boolean} only
 * @returns {Group[]} weak ones first, so that strong ones lie on top
 */
function groupByLook({ mean, size, from, to }, full, only) {
  /** @type {Map<number, Group>} */
  const groups = new Map();
  from.forEach((start, i) => {
    to.forEach((end, j) => {
      const at = i * to.length + j;
      const share = size[at] / full;
      if (!(share >= FAINTEST) || !only(i, j)) return;
      const step = Math.ceil(share * SHADES);
      const hue = Math.round(leaning(mean[at], size[at]) * HUES);
      const key = step * (2 * HUES + 1) + hue + HUES;
      const group = groups.get(key) ?? { step, hue, edges: [] };
      group.edges.push([start, end]);
      groups.set(key, group);
    });
  });
  return [...groups.values()].sort((a, b) => a.step - b.step);
}

/** @param {Context} context @param {Place} from @param {Place} to */
function traceEdge(context, from, to) {
  const middle = (from.x + to.x) / 2;
  context.moveTo(from.x, from.y);
  context.bezierCurveTo(middle, from.y, middle, to.y, to.x, to.y);
}
