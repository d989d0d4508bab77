/**
 * A run's points on a canvas of their own, which lies over its answer: they change with the data, not with every frame.
 */

import { drawPoints } from "../draw/points.js";
import { linearScale } from "../draw/scale.js";
import { contextOf, fitCanvas } from "./canvas.js";
import { lookOf } from "./theme.js";

/**
 * @param {HTMLCanvasElement} canvas
 * @param {{ side: number, ratio: number, theme: Theme, layout: Layout, points: Points, tests: boolean, share: number }} run
 *   `share`: a mark's radius against the side, where points are few
 * @param {(context: Context, pixels: number) => void} [under] draws what lies under the points
 */
export function paintScatter(canvas, { side, ratio, theme, layout, points, tests, share }, under) {
  fitCanvas(canvas, side, side, ratio);
  const context = contextOf(canvas);
  const pixels = canvas.width;
  context.clearRect(0, 0, pixels, pixels);
  under?.(context, pixels);
  const { reach } = layout;
  const count = points.train.length + points.test.length;
  const common = {
    lookOf: lookOf(theme, layout, points),
    x: linearScale([-reach, reach], [0, pixels]),
    y: linearScale([-reach, reach], [pixels, 0]),
    radius: pixels * Math.min(0.014, share * Math.max(1, Math.sqrt(500 / count))),
    halo: theme.ground,
  };
  // Test points first: where they meet, the filled ones lie on top.
  if (tests) drawPoints(context, { ...common, points: points.test, hollow: true });
  drawPoints(context, { ...common, points: points.train, hollow: false });
}
