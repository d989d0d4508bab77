/**
 * Canvases that are exactly as many device pixels as they cover on the screen, so that nothing is blurred.
 */

/** @typedef {{ context: CanvasRenderingContext2D, image: ImageData | null }} Kept */

/** @type {WeakMap<HTMLCanvasElement, Kept>} */
const kept = new WeakMap();

/** @param {HTMLCanvasElement} canvas @returns {CanvasRenderingContext2D} */
export function contextOf(canvas) {
  return keep(canvas).context;
}

/**
 * Gives the canvas the backing store that its box needs. Setting the size clears a canvas, so it is set only when it
 * differs.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {number} width CSS pixels
 * @param {number} height CSS pixels
 * @param {number} ratio device pixels per CSS pixel
 * @returns {boolean} true when the canvas was cleared
 */
export function fitCanvas(canvas, width, height, ratio) {
  const [w, h] = [Math.max(1, Math.round(width * ratio)), Math.max(1, Math.round(height * ratio))];
  if (canvas.width === w && canvas.height === h) return false;
  canvas.width = w;
  canvas.height = h;
  keep(canvas).image = null;
  return true;
}

/**
 * An image as large as the canvas, the same one until the canvas changes its size.
 *
 * @param {HTMLCanvasElement} canvas
 */
export function imageOf(canvas) {
  const entry = keep(canvas);
  entry.image ??= entry.context.createImageData(canvas.width, canvas.height);
  return entry.image;
}

/** @param {HTMLCanvasElement} canvas */
function keep(canvas) {
  const found = kept.get(canvas);
  if (found) return found;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("this browser gives no 2d context");
  const entry = { context, image: null };
  kept.set(canvas, entry);
  return entry;
}
