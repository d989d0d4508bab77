/**
 * A field of numbers as a smooth picture: interpolates the values, then colours them.
 *
 * Values are interpolated, not colours: between a blue and an orange cell the boundary then has the colour of the value
 * halfway, as the ramp says, instead of a grey that stands for nothing. What the picture cannot show is detail finer
 * than the field it is given; a boundary that wiggles between two cells is drawn straight. Not here: three and more classes,
 * and the line where classes meet (borders.js), which come later.
 */

import { clamp } from "./scale.js";

/** @param {Context} context @param {Surface} surface */
export function drawSurface(context, { field, side, colours, image }) {
  upscale(field, side, colours, pixelsOf(image), image.width);
  context.putImageData(image, 0, 0);
}

/**
 * @param {ArrayLike<number>} field places among the colours @param {number} side @param {Uint32Array} colours
 * @param {Uint32Array} out size * size
 * @param {number} size
 */
export function upscale(field, side, colours, out, size) {
  const samples = samplesOf(side, size);
  const row = new Float32Array(side);
  const last = colours.length - 1;
  for (let y = 0; y < size; y++) {
    blendRow(field, side, y, samples, row);
    for (let x = 0; x < size; x++) out[y * size + x] = colours[clamp(0, last, blendCell(row, x, samples) + 0.5) | 0];
  }
}

/**
 * The numbers that 256 bytes stand for where they are read by a sinh between the two ends: fine about 0, coarse far from it.
 *
 * @param {number} low @param {number} high @param {number} [finer] how many times finer near 0
 */
export function scoresOfBytes(low, high, finer = 1) {
  const [from, to] = [Math.asinh(low * finer), Math.asinh(high * finer)];
  return Float32Array.from({ length: 256 }, (_, byte) => Math.sinh((from * (255 - byte) + to * byte) / 255) / finer);
}

/** @type {Record<string, (z: number) => number>} The chance of class 1, by what the output's z goes through. */
const SQUASHES = {
  sigmoid: (z) => 1 / (1 + Math.exp(-z)),
  tanh: (z) => 1 / (1 + Math.exp(-2 * z)),
  margin: (z) => clamp(0, 1, (1 + z) / 2),
};
/** Beyond this, a chance is that of the ramp's end. */
const SURE = 8;
const FINE = 1024;

/**
 * Two classes as a surface that is squashed where it is drawn: between two cells the border then lies where z is 0, and is
 * as sharp as the screen.
 *
 * @param {Field} map bytes that stand for z @param {Uint32Array} ramp 256 packed pixels, by the chance of class 1
 * @param {string} squash
 */
export function squashed({ field, low, high }, ramp, squash) {
  const places = scoresOfBytes(low, high).map((z) => ((z / SURE + 1) / 2) * (FINE - 1));
  // For a moment after a choice, the picture is still of the output before.
  const chance = SQUASHES[squash] ?? SQUASHES.sigmoid;
  return {
    field: Float32Array.from(field, (byte) => places[byte]),
    colours: Uint32Array.from(
      { length: FINE },
      (_, at) => ramp[(chance(((2 * at) / (FINE - 1) - 1) * SURE) * 255 + 0.5) | 0],
    ),
  };
}

/**
 * Colours for bytes that stand for values from `low` to `high`, so that the value 0 always has the middle of the ramp and
 * the larger of the two ends one of its ends. A constant field keeps the colour of its sign.
 *
 * @param {Uint32Array} ramp 256 packed pixels
 * @param {number} low
 * @param {number} high
 * @returns {Uint32Array}
 */
export function centredColours(ramp, low, high) {
  const reach = 127.5 / (Math.max(Math.abs(low), Math.abs(high)) || 1);
  return stretched(ramp, 127.5 + reach * low, 127.5 + reach * high);
}

/**
 * Colours for bytes that stand for shares from `low` to `high`, where the ramp's ends stand for 0 and 1.
 *
 * @param {Uint32Array} ramp 256 packed pixels
 * @param {number} low
 * @param {number} high
 * @returns {Uint32Array}
 */
export function shareColours(ramp, low, high) {
  return stretched(ramp, 255 * low, 255 * high);
}

/**
 * The part of the ramp from one index to another, over 256 bytes. Made anew for every surface of every frame.
 *
 * @param {Uint32Array} ramp @param {number} from @param {number} to
 */
function stretched(ramp, from, to) {
  const colours = new Uint32Array(256);
  const step = (to - from) / 255;
  for (let byte = 0; byte < 256; byte++) colours[byte] = ramp[Math.round(from + step * byte)];
  return colours;
}

/** @param {ImageData} image */
export function pixelsOf(image) {
  return new Uint32Array(image.data.buffer, image.data.byteOffset, image.width * image.height);
}

/** @typedef {{ left: Uint16Array, share: Float32Array }} Samples */

/** @type {Map<string, Samples>} */
const known = new Map();

/**
 * Where each of `size` pixels falls among `side` samples. The samples stand in the centres of their cells, as the server
 * computes them; beyond the outermost centre the picture goes on as straight as it came.
 *
 * @param {number} side
 * @param {number} size
 */
export function samplesOf(side, size) {
  const key = `${side} ${size}`;
  const cached = known.get(key);
  if (cached) return cached;
  const samples = { left: new Uint16Array(size), share: new Float32Array(size) };
  for (let pixel = 0; pixel < size; pixel++) {
    const place = ((pixel + 0.5) / size) * side - 0.5;
    samples.left[pixel] = Math.max(0, Math.min(side - 2, Math.floor(place)));
    samples.share[pixel] = place - samples.left[pixel];
  }
  if (known.size > 50) known.clear();
  known.set(key, samples);
  return samples;
}

/**
 * The field's values along the line of pixels y, one per column of cells.
 *
 * @param {ArrayLike<number>} field @param {number} side @param {number} y @param {Samples} samples
 * @param {Float32Array} row written
 */
export function blendRow(field, side, y, { left, share }, row) {
  const above = left[y] * side;
  const weight = share[y];
  for (let column = 0; column < side; column++) {
    const value = field[above + column];
    row[column] = value + (field[above + side + column] - value) * weight;
  }
}

/** @param {Float32Array} row @param {number} x @param {Samples} samples */
export function blendCell(row, x, { left, share }) {
  const value = row[left[x]];
  return value + (row[left[x] + 1] - value) * share[x];
}
