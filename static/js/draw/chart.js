/**
 * The loss chart: train and test loss by epoch, loss on a logarithmic axis.
 *
 * Each curve is a list of [epoch, loss]; losses that are not finite or not over 0 leave a gap, for a log axis has no place
 * for them.
 */

import { clamp, decades, linearScale, logScale, logTicks, niceTicks } from "../scale.js";

const EMPTY_DOMAIN = /** @type {const} */ ([0.01, 1]);
/** Losses under this share of the largest are drawn at the bottom, so that one tiny value does not flatten the rest. */
const DEEPEST = 1e-7;

/** @param {Context} context @param {Chart} chart */
export function drawChart(context, chart) {
  const { width, height, margin, curves } = chart;
  context.clearRect(0, 0, width, height);
  const epochs = /** @type {const} */ ([0, lastEpoch(curves)]);
  const losses = lossDomain(curves);
  const x = linearScale(epochs, [margin.left, width - margin.right]);
  const y = logScale(losses, [height - margin.bottom, margin.top]);
  drawAxes(context, chart, { x, y, epochs, losses });
  context.lineJoin = "round";
  for (const curve of curves)
    drawCurve(context, curve, x, (loss) => y(clamp(losses[0], losses[1], loss)), chart.look.line);
  context.setLineDash([]);
}

/**
 * Whole decades around every loss.
 *
 * @param {readonly Curve[]} curves @returns {readonly [number, number]}
 */
export function lossDomain(curves) {
  let low = Infinity;
  let high = 0;
  for (const { samples } of curves) {
    for (const [, loss] of samples) {
      if (!drawable(loss)) continue;
      low = Math.min(low, loss);
      high = Math.max(high, loss);
    }
  }
  return high > 0 ? decades(Math.max(low, high * DEEPEST), high) : EMPTY_DOMAIN;
}

/** @param {readonly Curve[]} curves */
function lastEpoch(curves) {
  return Math.max(10, ...curves.map(({ samples }) => samples.at(-1)?.[0] ?? 0));
}

/** @param {Context} context @param {Chart} chart @param {Axes} axes */
function drawAxes(context, { width, height, margin, look, formatEpoch }, { x, y, epochs, losses }) {
  context.font = look.font;
  context.fillStyle = look.ink;
  context.strokeStyle = look.grid;
  context.lineWidth = 1;
  context.setLineDash([]);
  context.textBaseline = "middle";
  context.textAlign = "right";
  for (const tick of logTicks(losses[0], losses[1], 4)) {
    const place = Math.round(y(tick)) + 0.5;
    context.beginPath();
    context.moveTo(margin.left, place);
    context.lineTo(width - margin.right, place);
    context.stroke();
    const text = tick >= 0.001 && tick <= 1000 ? String(tick) : tick.toExponential(0).replace("e+", "e");
    context.fillText(text, margin.left - 6, place);
  }
  context.textBaseline = "alphabetic";
  for (const tick of niceTicks(epochs[0], epochs[1], 3)) {
    // Centred text at either end would leave the canvas.
    const place = x(tick);
    context.textAlign = tick === 0 ? "left" : place > width - 30 ? "right" : "center";
    context.fillText(formatEpoch(tick), place, height - 3);
  }
}

/**
 * @param {Context} context @param {Curve} curve @param {(epoch: number) => number} x
 * @param {(loss: number) => number} y @param {number} line
 */
function drawCurve(context, { samples, colour, dash }, x, y, line) {
  context.beginPath();
  let pen = false;
  for (const [epoch, loss] of samples) {
    if (!drawable(loss)) pen = false;
    else if (pen) context.lineTo(x(epoch), y(loss));
    else {
      context.moveTo(x(epoch), y(loss));
      pen = true;
    }
  }
  context.setLineDash(dash);
  context.strokeStyle = colour;
  context.lineWidth = line;
  context.stroke();
}

/** @param {number} loss */
function drawable(loss) {
  return Number.isFinite(loss) && loss > 0;
}
