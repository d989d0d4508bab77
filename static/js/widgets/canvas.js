/**
 * Canvases that are exactly as many device pixels as they cover on the screen, so that nothing is blurred.
 */

/** @typedef {{ context: CanvasRenderingContext2D, image: ImageData | null }} Buffer */

/** @type {WeakMap<HTMLCanvasElement, Buffer>} */
const buffers = new WeakMap();

/** @param {HTMLCanvasElement} canvas @returns {CanvasRenderingContext2D} */
export function contextOf(canvas) {
  return bufferOf(canvas).context;
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
  bufferOf(canvas).image = null;
  return true;
}

/**
 * An image as large as the canvas, the same one until the canvas changes its size.
 *
 * @param {HTMLCanvasElement} canvas
 */
export function imageOf(canvas) {
  const entry = bufferOf(canvas);
  entry.image ??= entry.context.createImageData(canvas.width, canvas.height);
  return entry.image;
}

/** @param {HTMLCanvasElement} canvas */
function bufferOf(canvas) {
  const known = buffers.get(canvas);
  if (known) return known;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("this browser gives no 2d context");
  const entry = { context, image: null };
  buffers.set(canvas, entry);
  return entry;
}
