/**
 * A typical unit of a kind of neuron, small: its surface and, as a line of even width, the set where it is 0.
 *
 * The line is where a pixel's value, divided by how quickly the values change there, says that 0 is near. What the
 * picture cannot show is a set finer than the field's cells.
 */

/** The field's byte for 0: between the last one below and the first one above. */
const ZERO = 127.5;

/**
 * @param {Context} context
 * @param {{ field: Uint8Array, side: number, colours: Uint32Array, image: ImageData, line: Rgb, width: number }} portrait
 *   `width` of the line in pixels
 */
export function drawPortrait(context, { field, side, colours, image, line, width }) {
  const size = image.width;
  const pixels = new Uint32Array(image.data.buffer, image.data.byteOffset, size * size);
  const values = blend(field, side, size);
  for (let at = 0; at < values.length; at++) {
    pixels[at] = colours[(values[at] + ZERO + 0.5) | 0];
    const cover = coverAt(values, size, at, width);
    for (let byte = at * 4; cover > 0 && byte < at * 4 + 3; byte++) {
      image.data[byte] += (line[byte % 4] - image.data[byte]) * cover;
    }
  }
  context.putImageData(image, 0, 0);
}

/**
 * How much of a pixel the line covers, from 0 to 1.
 *
 * @param {Float32Array} values @param {number} size @param {number} at @param {number} width
 */
export function coverAt(values, size, at, width) {
  const [column, row] = [at % size, Math.floor(at / size)];
  const [left, right] = [column > 0 ? at - 1 : at, column < size - 1 ? at + 1 : at];
  const [above, below] = [row > 0 ? at - size : at, row < size - 1 ? at + size : at];
  const across = (values[right] - values[left]) / (right - left);
  const down = ((values[below] - values[above]) * size) / (below - above);
  const slope = Math.hypot(across, down);
  return slope === 0 ? 0 : Math.min(1, Math.max(0, width / 2 + 0.5 - Math.abs(values[at]) / slope));
}

/**
 * The field less its zero, blended between the centres of its cells.
 *
 * @param {Uint8Array} field @param {number} side @param {number} size
 */
export function blend(field, side, size) {
  const places = Array.from({ length: size }, (_, pixel) => {
    const place = Math.min(side - 1, Math.max(0, ((pixel + 0.5) / size) * side - 0.5));
    const cell = Math.min(side - 2, Math.floor(place));
    return { cell, share: place - cell };
  });
  return Float32Array.from({ length: size * size }, (_, pixel) => {
    const { cell: row, share: down } = places[Math.floor(pixel / size)];
    const { cell: column, share: across } = places[pixel % size];
    const at = row * side + column;
    const top = field[at] + (field[at + 1] - field[at]) * across;
    const bottom = field[at + side] + (field[at + side + 1] - field[at + side]) * across;
    return top + (bottom - top) * down - ZERO;
  });
}
