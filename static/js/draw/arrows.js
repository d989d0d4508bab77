/**
 * Points of a plane, their axes, and arrows from its middle with the way that they have come.
 */

import { linearScale } from "./scale.js";

/**
 * @param {Context} context of CSS pixels
 * @param {{ side: number, reach: number, points: ArrayLike<number>, axes: ArrayLike<number>, trail: ArrayLike<number>,
 *   arrows: ArrayLike<number>, colours: readonly string[], ink: string, soft: string, line: number }} scene pairs of x and y;
 *   of the trail, one for each arrow and moment
 */
export function drawArrows(context, scene) {
  const { side, reach, points, axes, trail, arrows, colours, ink, soft, line } = scene;
  const x = linearScale([-reach, reach], [0, side]);
  const y = linearScale([-reach, reach], [side, 0]);
  context.clearRect(0, 0, side, side);
  context.fillStyle = soft;
  for (let at = 0; at < points.length; at += 2) dot(context, x(points[at]), y(points[at + 1]), line * 1.4);
  context.strokeStyle = ink;
  context.lineWidth = 1;
  context.setLineDash([5, 5]);
  for (let at = 0; at < axes.length; at += 2) {
    const [dx, dy] = [axes[at], axes[at + 1]];
    const length = Math.hypot(dx, dy) || 1;
    const far = (reach * 2) / length;
    segment(context, x(-dx * far), y(-dy * far), x(dx * far), y(dy * far));
  }
  context.setLineDash([]);
  const count = arrows.length / 2;
  for (let unit = 0; unit < count; unit++) {
    const colour = colours[unit % colours.length];
    context.strokeStyle = context.fillStyle = colour;
    context.lineWidth = line / 2;
    context.beginPath();
    for (let at = unit * 2; at < trail.length; at += count * 2) context.lineTo(x(trail[at]), y(trail[at + 1]));
    context.stroke();
    drawArrow(context, x(0), y(0), x(arrows[unit * 2]), y(arrows[unit * 2 + 1]), line);
  }
}

/** @param {Context} context @param {number} x0 @param {number} y0 @param {number} x1 @param {number} y1 @param {number} line */
function drawArrow(context, x0, y0, x1, y1, line) {
  const length = Math.hypot(x1 - x0, y1 - y0);
  if (!Number.isFinite(length) || length < 1) return;
  const [ux, uy] = [(x1 - x0) / length, (y1 - y0) / length];
  const head = Math.min(length, line * 5);
  context.lineWidth = line * 1.6;
  segment(context, x0, y0, x1 - ux * head * 0.7, y1 - uy * head * 0.7);
  context.beginPath();
  context.moveTo(x1, y1);
  for (const way of [1, -1]) {
    context.lineTo(x1 - ux * head + way * uy * head * 0.5, y1 - uy * head - way * ux * head * 0.5);
  }
  context.closePath();
  context.fill();
}

/** @param {Context} context @param {number} x @param {number} y @param {number} radius */
function dot(context, x, y, radius) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
}

/** @param {Context} context @param {number} x0 @param {number} y0 @param {number} x1 @param {number} y1 */
function segment(context, x0, y0, x1, y1) {
  context.beginPath();
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
  context.stroke();
}
