/**
 * An answer over the plane on a small canvas, whatever the task: its surface, and the line where classes meet.
 *
 * The page's large output does the same in two steps, as its first picture does not wait for the second.
 */

import { borderLine, drawBorders, drawClasses, scoresOf } from "../draw/borders.js";
import { centredColours, drawSurface, squashed } from "../draw/surface.js";
import { planeMap } from "../live/frames.js";
import { contextOf, imageOf } from "./canvas.js";

/**
 * @param {HTMLCanvasElement} canvas as large as it is shown
 * @param {Pick<Frame, "arrays">} frame
 * @param {string} name as `scoresOf` has it
 * @param {{ task: string, squash: string, theme: Theme }} look
 */
export function paintAnswer(canvas, frame, name, { task, squash, theme }) {
  const map = planeMap(
    frame,
    name,
    name.replace(/\.|$/, (dot) => `_range${dot}`),
  );
  if (!map) return;
  const [context, image] = [contextOf(canvas), imageOf(canvas)];
  const scores = scoresOf(frame, name, task);
  if (scores.length > 2) drawClasses(context, { ...map, scores, palettes: theme.confidence, image });
  else if (scores.length === 2) drawSurface(context, { ...map, ...squashed(map, theme.probability, squash), image });
  else drawSurface(context, { ...map, colours: centredColours(theme.ramp, map.low, map.high), image });
  drawBorders(context, scores, canvas.width, { ink: theme.ink, line: borderLine(canvas.width) });
}
