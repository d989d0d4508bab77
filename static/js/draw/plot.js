/**
 * Curves over a straight axis, with bands around them and upright lines that are named: what a memory is measured by.
 *
 * Not here: the chart of a run, whose axes go by epochs (chart.js).
 */

import { clamp, linearScale, niceTicks } from "./scale.js";

const BAND_STRENGTH = 0.18;

/** @param {Context} context of CSS pixels @param {Plot} plot */
export function drawPlot(context, plot) {
  const { width, height, margin, x: across, y: up, look } = plot;
  context.clearRect(0, 0, width, height);
  const x = linearScale(across, [margin.left, width - margin.right]);
  const straight = linearScale(up, [height - margin.bottom, margin.top]);
  const y = (/** @type {number} */ value) => straight(clamp(up[0], up[1], value));
  context.font = look.font;
  drawAxes(context, plot, x, y);
  for (const { at, text } of plot.lines) drawLine(context, plot, x(at), text);
  for (const { colour, points, band, dash = [] } of plot.curves) {
    if (band)
      drawBand(
        context,
        band.map(([value, low, high]) => [x(value), y(low), y(high)]),
        colour,
      );
    context.setLineDash(dash);
    drawCurve(
      context,
      points.map(([value, height]) => [x(value), y(height)]),
      colour,
      look.line,
      plot.dots ?? false,
    );
    context.setLineDash([]);
  }
}

/** @param {Context} context @param {Plot} plot @param {(value: number) => number} x @param {(value: number) => number} y */
function drawAxes(context, { width, height, margin, x: across, y: up, look, names, formatX, formatY }, x, y) {
  context.lineWidth = 1;
  context.strokeStyle = look.grid;
  context.fillStyle = look.ink;
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const tick of niceTicks(up[0], up[1], 4)) {
    const place = Math.round(y(tick)) + 0.5;
    stroke(context, [margin.left, place], [width - margin.right, place]);
    context.fillText(formatY(tick), margin.left - 6, place);
  }
  context.textBaseline = "bottom";
  context.fillText(names.x, width - margin.right, height);
  const room = width - margin.right - (names.x.length + 2) * look.em * 0.55;
  context.textAlign = "center";
  for (const tick of niceTicks(across[0], across[1], 6)) {
    if (x(tick) < room) context.fillText(formatX(tick), x(tick), height);
  }
  context.textAlign = "left";
  context.textBaseline = "top";
  context.fillText(names.y, margin.left + 4, 1);
}

/** @param {Context} context @param {Plot} plot @param {number} place @param {string} text */
function drawLine(context, { height, width, margin, look }, place, text) {
  context.strokeStyle = look.ink;
  context.setLineDash([4, 4]);
  stroke(context, [Math.round(place) + 0.5, margin.top], [Math.round(place) + 0.5, height - margin.bottom]);
  context.setLineDash([]);
  const fits = place + text.length * look.em * 0.6 < width - margin.right;
  context.textAlign = fits ? "left" : "right";
  context.textBaseline = "bottom";
  context.fillStyle = look.ink;
  context.fillText(text, place + (fits ? 5 : -5), height - margin.bottom - 3);
}

/** @param {Context} context @param {number[][]} rows place, low and high each @param {string} colour */
function drawBand(context, rows, colour) {
  if (rows.length === 0) return;
  context.beginPath();
  for (const [place, , high] of rows) context.lineTo(place, high);
  for (const [place, low] of rows.toReversed()) context.lineTo(place, low);
  context.closePath();
  context.globalAlpha = BAND_STRENGTH;
  context.fillStyle = colour;
  context.fill();
  context.globalAlpha = 1;
}

/** @param {Context} context @param {number[][]} places @param {string} colour @param {number} line @param {boolean} dots */
function drawCurve(context, places, colour, line, dots) {
  context.strokeStyle = context.fillStyle = colour;
  context.lineWidth = line;
  context.lineJoin = "round";
  context.beginPath();
  for (const [x, y] of places) context.lineTo(x, y);
  context.stroke();
  // Without dots on all of them, on the last: where it is now.
  for (const [x, y] of dots ? places : places.slice(-1)) {
    context.beginPath();
    context.arc(x, y, line * 1.7, 0, 2 * Math.PI);
    context.fill();
  }
}

/** @param {Context} context @param {number[]} from @param {number[]} to */
function stroke(context, [x0, y0], [x1, y1]) {
  context.beginPath();
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
  context.stroke();
}
