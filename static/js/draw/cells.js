/**
 * Numbers as a grid of coloured squares with sharp edges: a pattern's units, or the weights between them.
 *
 * Not here: smooth pictures (surface.js).
 */

import { clamp } from "./scale.js";

/** From this many device pixels on, a cell is set off from its neighbours by a line. */
const LINED = 9;

/**
 * Fills the context's canvas.
 *
 * @param {Context} context @param {ArrayLike<number>} values from `low` to `high`, row by row @param {number} columns
 * @param {{ low: number, high: number, ramp: Uint32Array, line: string }} look 256 packed pixels, and the colour between cells
 * @param {ImageData} image as large as the canvas
 */
export function drawCells(context, values, columns, { low, high, ramp, line }, image) {
  const { width, height } = image;
  const rows = values.length / columns;
  const pixels = new Uint32Array(image.data.buffer);
  const colours = Uint32Array.from(values, (value) => ramp[placeOf(value, low, high)]);
  for (let y = 0; y < height; y++) {
    const row = Math.floor((y * rows) / height) * columns;
    for (let x = 0; x < width; x++) pixels[y * width + x] = colours[row + Math.floor((x * columns) / width)];
  }
  context.putImageData(image, 0, 0);
  if (width / columns < LINED) return;
  context.fillStyle = line;
  for (let column = 1; column < columns; column++)
    context.fillRect(Math.round((column * width) / columns), 0, 1, height);
  for (let row = 1; row < rows; row++) context.fillRect(0, Math.round((row * height) / rows), width, 1);
}

/** @param {number} value @param {number} low @param {number} high */
function placeOf(value, low, high) {
  return clamp(0, 255, Math.round(((value - low) / (high - low)) * 255));
}

/**
 * Where a unit's cell is on a canvas of this size.
 *
 * @param {number} unit @param {number} columns @param {number} rows @param {number} width @param {number} height
 */
export function cellBox(unit, columns, rows, width, height) {
  const [column, row] = [unit % columns, Math.floor(unit / columns)];
  const [left, top] = [Math.round((column * width) / columns), Math.round((row * height) / rows)];
  const [right, bottom] = [Math.round(((column + 1) * width) / columns), Math.round(((row + 1) * height) / rows)];
  return { left, top, width: right - left, height: bottom - top };
}
