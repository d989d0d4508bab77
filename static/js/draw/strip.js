/**
 * The colour scale beside a surface: the same ramp from its low end to its high end.
 */

/**
 * @param {Context} context
 * @param {{ colours: Uint32Array, image: ImageData }} strip 256 packed pixels; as large as the canvas, written and shown
 */
export function drawStrip(context, { colours, image }) {
  const pixels = new Uint32Array(image.data.buffer, image.data.byteOffset, image.width * image.height);
  for (let x = 0; x < image.width; x++) {
    const colour = colours[Math.round((x / Math.max(1, image.width - 1)) * 255)];
    for (let y = 0; y < image.height; y++) pixels[y * image.width + x] = colour;
  }
  context.putImageData(image, 0, 0);
}
