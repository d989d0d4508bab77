/**
 * Where classes meet: the surface of three and more of them, and the line between any two.
 *
 * Scores are interpolated, not classes, and the largest wins at each pixel of the screen: so a border is as sharp on a wall as on
 * a phone. The line is found cell by cell, in four triangles around the cell's middle, in each of which scores are flat and a
 * border is straight: what winds within a cell is drawn straight, as the surface's own interpolation has it.
 * It comes a moment after the first picture.
 */

import { clamp } from "./scale.js";
import { blendCell, blendRow, pixelsOf, samplesOf, scoresOfBytes } from "./surface.js";

/** Ends of pieces are whole numbers up to this, which is the picture's side. */
const SHARES = 65535;
/** How many times finer the server tells how far a class is behind, near 0, than z. */
const FINER = 5;
/** Places each way, and how far from the middle of all bytes, within which z is taken to be flat. */
const AROUND = 2;
const FLAT = 12;
/** The corners of a cell, round from the top left one. */
const CORNERS = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
];

/**
 * The scores of an answer's classes, side * side each: of two classes 0 and z, of more how far each is behind. None of what has
 * no classes.
 *
 * @param {Pick<Frame, "arrays">} frame @param {string} name "output", or "decision.0" with the layer behind the dot
 * @param {string | undefined} task @returns {Float32Array[]}
 */
export function scoresOf({ arrays }, name, task) {
  const at = (/** @type {string} */ what) => arrays[name.replace(/\.|$/, (dot) => `${what}${dot}`)];
  const many = at("_scores");
  const map = many ?? arrays[name];
  if (task !== "classification" || !map) return [];
  const [low, high] = at(many ? "_scores_range" : "_range").data;
  const numbers = scoresOfBytes(low, high, many ? FINER : 1);
  const all = Float32Array.from(/** @type {Uint8Array} */ (map.data), (byte) => numbers[byte]);
  if (!many) return [new Float32Array(all.length), evened(all, /** @type {Uint8Array} */ (map.data), map.shape[1])];
  const [count, side] = many.shape;
  return Array.from({ length: count }, (_, index) => all.subarray(index * side * side, (index + 1) * side * side));
}

/**
 * z without the steps of its bytes where it is so flat that they would show as a trembling border: the mean of the places
 * around, where all of these are about as near to 0. Fewer at the picture's edges, as many on either side.
 *
 * @param {Float32Array} z @param {Uint8Array} bytes @param {number} side
 */
function evened(z, bytes, side) {
  const even = z.slice();
  const reach = (/** @type {number} */ at) => Math.min(AROUND, at, side - 1 - at);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      if (Math.abs(bytes[y * side + x] - 127.5) > FLAT) continue;
      const [high, wide] = [reach(y), reach(x)];
      let [sum, count] = [0, 0];
      for (let down = -high; down <= high; down++) {
        for (let right = -wide; right <= wide; right++) {
          const at = (y + down) * side + x + right;
          if (Math.abs(bytes[at] - 127.5) > FLAT) continue;
          sum += z[at];
          count++;
        }
      }
      if (count === (2 * high + 1) * (2 * wide + 1)) even[y * side + x] = sum / count;
    }
  }
  return even;
}

/**
 * Several classes: the winning class chooses the ramp, and the field (its chance) the place in it.
 *
 * @param {Context} context
 * @param {ClassSurface} surface
 */
export function drawClasses(context, { field, scores, side, palettes, image }) {
  const { width } = image;
  const pixels = pixelsOf(image);
  const samples = samplesOf(side, width);
  const { left } = samples;
  const best = bestOf(scores);
  const [row, ...rows] = Array.from({ length: scores.length + 1 }, () => new Float32Array(side));
  for (let y = 0; y < width; y++) {
    blendRow(field, side, y, samples, row);
    for (let index = 0; index < rows.length; index++) blendRow(scores[index], side, y, samples, rows[index]);
    const above = left[y] * side;
    for (let x = 0; x < width; x++) {
      const cell = above + left[x];
      let winner = best[cell];
      // Where all four corners are one class', so is everything between them.
      if (winner !== best[cell + 1] || winner !== best[cell + side] || winner !== best[cell + side + 1]) {
        winner = 0;
        let most = Number.NEGATIVE_INFINITY;
        for (let index = 0; index < rows.length; index++) {
          const score = blendCell(rows[index], x, samples);
          if (score > most) [most, winner] = [score, index];
        }
      }
      const chance = clamp(0, 255, blendCell(row, x, samples) + 0.5) | 0;
      pixels[y * width + x] = palettes[winner % palettes.length][chance];
    }
  }
  context.putImageData(image, 0, 0);
}

/**
 * The line between classes.
 *
 * @param {Context} context @param {Float32Array[]} scores @param {number} side of the canvas
 * @param {{ ink: string, line: number }} pen
 */
export function drawBorders(context, scores, side, { ink, line }) {
  if (scores.length === 0) return;
  const pieces = borders(scores, Math.sqrt(scores[0].length));
  const scale = side / SHARES;
  context.beginPath();
  for (let at = 0; at < pieces.length; at += 4) {
    context.moveTo(pieces[at] * scale, pieces[at + 1] * scale);
    context.lineTo(pieces[at + 2] * scale, pieces[at + 3] * scale);
  }
  context.lineCap = "round";
  context.strokeStyle = ink;
  context.lineWidth = line;
  context.stroke();
}

/** How wide the line is on a canvas of so many pixels. @param {number} side */
export const borderLine = (side) => Math.max(1, side / 320);

/**
 * The border as straight pieces: x0, y0, x1, y1 of each, in 65535ths of the picture's side.
 *
 * @param {readonly Float32Array[]} scores side * side each @param {number} side
 * @returns {number[]}
 */
export function borders(scores, side) {
  const best = bestOf(scores);
  /** @type {number[]} */
  const pieces = [];
  // Samples stand in the middles of their cells; beyond the outermost, the picture goes on as straight as it came.
  const place = (/** @type {number} */ at) => (Math.min(side, Math.max(0, at + 0.5)) / side) * SHARES;
  for (let y = -1; y < side; y++) {
    for (let x = -1; x < side; x++) {
      const at = y * side + x;
      const inside = Math.min(x, y) >= 0 && Math.max(x, y) < side - 1;
      if (inside && [1, side, side + 1].every((next) => best[at + next] === best[at])) continue;
      const values = scores.map((one) => CORNERS.map(([right, down]) => scoreAt(one, side, x + right, y + down)));
      const corners = CORNERS.map(([right, down]) => [place(x + right), place(y + down)]);
      pieceTogether(values, corners, pieces);
    }
  }
  return pieces;
}

/**
 * The score of a sample, or of the picture's edge, half a cell beyond the outermost of them.
 *
 * @param {Float32Array} one @param {number} side @param {number} x from -1 to side @param {number} y
 */
function scoreAt(one, side, x, y) {
  const [column, row] = [x, y].map((at) => Math.min(side - 1, Math.max(0, at)));
  const at = row * side + column;
  // From the sample before, half a cell further.
  return 1.5 * one[at] - 0.5 * one[at - (x - column) - (y - row) * side];
}

/**
 * @param {number[][]} values of each class, its scores at the corners @param {number[][]} corners @param {number[]} pieces grows
 */
function pieceTogether(values, corners, pieces) {
  const middle = [mean(corners.map(([x]) => x)), mean(corners.map(([, y]) => y))];
  const middles = values.map(mean);
  for (let corner = 0; corner < 4; corner++) {
    const next = (corner + 1) % 4;
    const places = [corners[corner], corners[next], middle];
    const triangle = values.map((one, index) => [one[corner], one[next], middles[index]]);
    for (let a = 0; a < triangle.length; a++) {
      for (let b = a + 1; b < triangle.length; b++) {
        const piece = between(triangle, a, b, places);
        if (piece) pieces.push(...piece);
      }
    }
  }
}

/**
 * Where classes a and b are equal within a triangle, and no other is larger.
 *
 * @param {number[][]} triangle of each class, its scores at the three places @param {number} a @param {number} b
 * @param {number[][]} places
 */
function between(triangle, a, b, places) {
  const ahead = triangle[a].map((score, at) => score - triangle[b][at]);
  /** @type {{ from: number, to: number, share: number }[]} */
  const ends = [];
  for (let from = 0; from < 3; from++) {
    const to = (from + 1) % 3;
    if (ahead[from] >= 0 !== ahead[to] >= 0) ends.push({ from, to, share: ahead[from] / (ahead[from] - ahead[to]) });
  }
  if (ends.length < 2) return null;
  const along = (/** @type {number[]} */ numbers, /** @type {{ from: number, to: number, share: number }} */ end) =>
    numbers[end.from] + (numbers[end.to] - numbers[end.from]) * end.share;
  let [first, last] = [0, 1];
  for (let other = 0; other < triangle.length; other++) {
    if (other === a || other === b) continue;
    const lead = triangle[a].map((score, at) => score - triangle[other][at]);
    const [start, stop] = ends.map((end) => along(lead, end));
    if (start < 0 && stop < 0) return null;
    const crossing = start / (start - stop);
    if (start < 0) first = Math.max(first, crossing);
    if (stop < 0) last = Math.min(last, crossing);
  }
  if (first >= last) return null;
  const [start, stop] = ends.map((end) =>
    [0, 1].map((axis) =>
      along(
        places.map((one) => one[axis]),
        end,
      ),
    ),
  );
  return [first, last].flatMap((share) => start.map((from, axis) => from + (stop[axis] - from) * share));
}

/** The class of the largest score at each place. @param {readonly Float32Array[]} scores */
function bestOf(scores) {
  const best = new Uint8Array(scores[0].length);
  for (let at = 0; at < best.length; at++) {
    for (let index = 1; index < scores.length; index++) {
      if (scores[index][at] > scores[best[at]][at]) best[at] = index;
    }
  }
  return best;
}

/** @param {readonly number[]} numbers */
function mean(numbers) {
  return numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
}
