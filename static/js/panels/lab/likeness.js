/**
 * How like a sketched boundary is to the network's: strokes are walls on a grid over the plane, and what they part is regions.
 *
 * A region is taken to be of the class that the network answers in most of its cells; the likeness is the share of cells where
 * the network answers its region's class. A sketch names no classes, so it is given the best ones. And a line that is drawn where
 * the network has none is wrong with all that lies about it, so that lines everywhere are like nothing. Pure but for its arguments.
 */

import { scoresOf } from "../../draw/borders.js";
import { blendCell, blendRow, samplesOf } from "../../draw/surface.js";

/** Along each side of the plane. */
export const CELLS = 100;
/** A stroke's end that is no further off, in cells, from the plane's edge or from a stroke, is joined to it. */
const GAP = 5;
/** Places along a stroke are no further apart, in cells: so its wall has no hole. */
const STEP = 0.5;
/** Of its own stroke, an end is joined only to what lies so many places behind it. */
const BEHIND = 40;
/** A line from which no border of the network is nearer than this, in cells, is wrong, and so is what is nearer to that line. */
const NEAR = 8;
const WALL = -2;
const UNKNOWN = -1;

/** @typedef {readonly (readonly [number, number])[]} Track places in cells, from the top left corner */

/**
 * @param {readonly Stroke[]} strokes in the plane's coordinates @param {number} reach half of the plane's width
 * @returns {Int32Array} of each cell, by rows from the top, the number of its region, or less than 0 for a wall
 */
export function regionsOf(strokes, reach) {
  const regions = new Int32Array(CELLS * CELLS).fill(UNKNOWN);
  const tracks = strokes.filter(({ length }) => length > 0).map((stroke) => trackOf(stroke, reach));
  for (const track of [...tracks, ...joints(tracks)]) {
    for (const [x, y] of track) regions[cellAt(y) * CELLS + cellAt(x)] = WALL;
  }
  let count = 0;
  for (let cell = 0; cell < regions.length; cell++) if (regions[cell] === UNKNOWN) flood(regions, cell, count++);
  return regions;
}

/**
 * @param {Int32Array} regions @param {ArrayLike<number>} classes that the network answers, cell by cell
 * @returns {Likeness} the share of cells alike, and what it would be without any line
 */
export function likenessOf(regions, classes) {
  /** @type {Map<number, number[]>} */
  const counts = new Map();
  /** @type {number[]} */
  const whole = [];
  for (let cell = 0; cell < regions.length; cell++) {
    const answer = classes[cell];
    whole[answer] = (whole[answer] ?? 0) + 1;
    if (regions[cell] === WALL) continue;
    const region = counts.get(regions[cell]) ?? [];
    region[answer] = (region[answer] ?? 0) + 1;
    counts.set(regions[cell], region);
  }
  const best = new Map([...counts].map(([region, answers]) => [region, answers.indexOf(most(answers))]));
  const byBorder = about((cell) => isBorder(classes, cell));
  const astray = about((cell) => regions[cell] === WALL && !byBorder[cell]);
  let [alike, compared] = [0, 0];
  for (let cell = 0; cell < regions.length; cell++) {
    if (regions[cell] === WALL && byBorder[cell]) continue;
    compared += 1;
    if (!astray[cell] && best.get(regions[cell]) === classes[cell]) alike += 1;
  }
  const plain = most(whole) / regions.length;
  return { alike: compared > 0 ? alike / compared : plain, plain };
}

/** Whether the network answers otherwise on the right or below. @param {ArrayLike<number>} classes @param {number} cell */
function isBorder(classes, cell) {
  const right = cell % CELLS < CELLS - 1 ? cell + 1 : cell;
  const below = cell + CELLS < classes.length ? cell + CELLS : cell;
  return classes[right] !== classes[cell] || classes[below] !== classes[cell];
}

/** Which cells are nearer than `NEAR` to one of those. @param {(cell: number) => boolean} isOne */
function about(isOne) {
  const marked = new Uint8Array(CELLS * CELLS);
  for (let cell = 0; cell < marked.length; cell++) {
    if (!isOne(cell)) continue;
    const [column, row] = [cell % CELLS, Math.floor(cell / CELLS)];
    for (let y = Math.max(0, row - NEAR); y <= Math.min(CELLS - 1, row + NEAR); y++) {
      const wide = Math.ceil(Math.sqrt(NEAR ** 2 - (y - row) ** 2)) - 1;
      for (let x = Math.max(0, column - wide); x <= Math.min(CELLS - 1, column + wide); x++) marked[y * CELLS + x] = 1;
    }
  }
  return marked;
}

/**
 * The class that the network answers in each cell; null of what has no classes.
 *
 * @param {Pick<Frame, "arrays">} frame @param {Task | undefined} task @returns {Uint8Array | null}
 */
export function classesOn(frame, task) {
  const scores = scoresOf(frame, "output", task);
  if (scores.length === 0) return null;
  const side = Math.sqrt(scores[0].length);
  const samples = samplesOf(side, CELLS);
  const rows = scores.map(() => new Float32Array(side));
  const classes = new Uint8Array(CELLS * CELLS);
  for (let y = 0; y < CELLS; y++) {
    for (let index = 0; index < rows.length; index++) blendRow(scores[index], side, y, samples, rows[index]);
    for (let x = 0; x < CELLS; x++) {
      let [winner, best] = [0, Number.NEGATIVE_INFINITY];
      for (let index = 0; index < rows.length; index++) {
        const score = blendCell(rows[index], x, samples);
        if (score > best) [winner, best] = [index, score];
      }
      classes[y * CELLS + x] = winner;
    }
  }
  return classes;
}

/** @param {Stroke} stroke @param {number} reach @returns {Track} */
function trackOf(stroke, reach) {
  const corners = stroke.map(([x, y]) => inCells([(x / reach + 1) / 2, (1 - y / reach) / 2]));
  return corners.flatMap((corner, index) => (index === 0 ? [corner] : straight(corners[index - 1], corner)));
}

/** @param {[number, number]} shares @returns {[number, number]} */
function inCells([across, down]) {
  return [across * CELLS, down * CELLS];
}

/**
 * Places on the way from one to another, without the first.
 *
 * @param {readonly [number, number]} from @param {readonly [number, number]} to @returns {[number, number][]}
 */
function straight(from, to) {
  const count = Math.max(1, Math.ceil(distance(from, to) / STEP));
  return Array.from({ length: count }, (_, index) => {
    const share = (index + 1) / count;
    return [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
  });
}

/** From each stroke's ends to what they all but touch. @param {readonly Track[]} tracks @returns {Track[]} */
function joints(tracks) {
  return tracks.flatMap((track) =>
    [track, track.toReversed()].flatMap((ahead) => {
      const end = ahead[0];
      const others = tracks.flatMap((other) => (other === track ? ahead.slice(BEHIND) : other));
      const near = [edgeBy(end), nearest(end, others)].filter((place) => place && distance(end, place) <= GAP);
      return near.map((place) => straight(end, /** @type {[number, number]} */ (place)));
    }),
  );
}

/** The place of the plane's edge that is nearest. @param {readonly [number, number]} place @returns {[number, number]} */
function edgeBy([x, y]) {
  /** @type {[number, number][]} */
  const edges = [
    [0, y],
    [CELLS, y],
    [x, 0],
    [x, CELLS],
  ];
  return edges.reduce((best, one) => (distance([x, y], one) < distance([x, y], best) ? one : best));
}

/** @param {readonly [number, number]} place @param {Track} others */
function nearest(place, others) {
  /** @type {readonly [number, number] | null} */
  let best = null;
  for (const one of others) if (!best || distance(place, one) < distance(place, best)) best = one;
  return best;
}

/** Gives a cell, and all that is reached from it by its sides, a number. @param {Int32Array} regions @param {number} begin @param {number} number */
function flood(regions, begin, number) {
  const waiting = [begin];
  regions[begin] = number;
  for (let cell = waiting.pop(); cell !== undefined; cell = waiting.pop()) {
    const column = cell % CELLS;
    const beside = [cell - CELLS, cell + CELLS];
    if (column > 0) beside.push(cell - 1);
    if (column < CELLS - 1) beside.push(cell + 1);
    for (const next of beside) {
      if (regions[next] !== UNKNOWN) continue;
      regions[next] = number;
      waiting.push(next);
    }
  }
}

/** @param {number} place */
const cellAt = (place) => Math.min(CELLS - 1, Math.max(0, Math.floor(place)));

/** @param {readonly [number, number]} one @param {readonly [number, number]} other */
const distance = (one, other) => Math.hypot(one[0] - other[0], one[1] - other[1]);

// Of numbers by class, where classes that never occur have none.
/** @param {number[]} numbers */
const most = (numbers) => numbers.reduce((best, one) => Math.max(best, one), 0);
