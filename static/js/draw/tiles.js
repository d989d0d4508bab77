/**
 * Small square pictures in rows: what hidden units look for, what a memory mends, what it dreams.
 */

/**
 * Where each picture is, as large as the room bears with a gap of `gap` between two.
 *
 * @param {number} count @param {number} columns @param {number} width @param {number} gap
 */
export function tilePlaces(count, columns, width, gap) {
  const side = Math.floor((width - gap * (columns - 1)) / columns);
  return Array.from({ length: count }, (_, index) => ({
    left: (index % columns) * (side + gap),
    top: Math.floor(index / columns) * (side + gap),
    side,
  }));
}

/**
 * @param {Context} context @param {{ data: ArrayLike<number>, shape: readonly number[] }} tiles (count, pixels of a square), bytes
 * @param {readonly { left: number, top: number, side: number }[]} places in device pixels @param {Uint32Array} ramp 256 packed pixels
 */
export function drawTiles(context, { data, shape }, places, ramp) {
  const [count, pixels] = shape;
  const side = Math.round(Math.sqrt(pixels));
  for (let tile = 0; tile < Math.min(count, places.length); tile++) {
    const { left, top, side: size } = places[tile];
    if (size < 1) continue;
    const image = context.createImageData(size, size);
    const out = new Uint32Array(image.data.buffer);
    for (let y = 0; y < size; y++) {
      const row = tile * pixels + Math.floor((y * side) / size) * side;
      for (let x = 0; x < size; x++) out[y * size + x] = ramp[data[row + Math.floor((x * side) / size)]];
    }
    context.putImageData(image, left, top);
  }
}
