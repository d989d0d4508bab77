/**
 * Edges between columns: width and strength of colour are the mean sensitivity, the hue is its sign.
 *
 * Sensitivities are compared within one layer only; the strongest edge of each layer has the full width. What the picture
 * cannot show is their size across layers.
 */

/** Under this share of the layer's strongest edge, an edge is left out: it could not be seen among the others. */
const FAINTEST = 0.02;
/** Edges are drawn in so many steps of strength: one stroke for each step and sign instead of one for each edge. */
const SHADES = 8;

/** @param {Context} context @param {EdgeLayer} layer @param {EdgeLook} look */
export function drawEdges(context, layer, look) {
  const strongest = layer.sensitivity.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (!(strongest > 0) || !Number.isFinite(strongest)) return;
  for (const [step, edges] of groupByStrength(layer, strongest)) {
    const strength = Math.abs(step) / SHADES;
    context.beginPath();
    for (const [from, to] of edges) traceEdge(context, from, to);
    context.strokeStyle = step < 0 ? look.low : look.high;
    context.globalAlpha = 0.12 + 0.78 * strength;
    context.lineWidth = Math.max(0.6, look.thickest * strength);
    context.stroke();
  }
  context.globalAlpha = 1;
}

/**
 * @param {EdgeLayer} layer @param {number} strongest
 * @returns {[number, [Place, Place][]][]} weak ones first, so that strong ones lie on top
 */
function groupByStrength({ sensitivity, from, to }, strongest) {
  /** @type {Map<number, [Place, Place][]>} */
  const groups = new Map();
  from.forEach((start, i) => {
    to.forEach((end, j) => {
      const share = sensitivity[i * to.length + j] / strongest;
      if (!(Math.abs(share) >= FAINTEST)) return;
      const step = Math.sign(share) * Math.ceil(Math.abs(share) * SHADES);
      const group = groups.get(step) ?? [];
      group.push([start, end]);
      groups.set(step, group);
    });
  });
  return [...groups].sort(([a], [b]) => Math.abs(a) - Math.abs(b));
}

/** @param {Context} context @param {Place} from @param {Place} to */
function traceEdge(context, from, to) {
  const middle = (from.x + to.x) / 2;
  context.moveTo(from.x, from.y);
  context.bezierCurveTo(middle, from.y, middle, to.y, to.x, to.y);
}
