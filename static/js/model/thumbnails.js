/**
 * Small pictures of datasets and features, as the server packs them: a letter for each number, of all of them one after
 * the other (app/web/menus.py).
 *
 * Not here: when they are fetched (widgets/late_part.js), nor how they are drawn.
 */

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** Places along each side of a dataset's picture. */
const LEVELS = 40;

/** @param {PackedThumbnails} packed @param {Pick<Catalog, "datasets" | "features">} catalog @returns {Thumbnails} */
export function unpack({ datasets, features }, catalog) {
  const x = summed(numbersOf(datasets.x), LEVELS);
  const [y, target] = [datasets.y, datasets.target].map(numbersOf);
  const count = x.length / catalog.datasets.length;
  const previews = catalog.datasets.map(({ name, task }, index) => {
    const own = (/** @type {number[]} */ numbers) => numbers.slice(index * count, (index + 1) * count);
    return [name, pointsOf(own(x), own(y), own(target), task)];
  });
  const { side, low, high, field } = features;
  const pictures = catalog.features.map(({ name }, index) => {
    const letters = field.slice(index * side ** 2, (index + 1) * side ** 2);
    return [name, { side, low: low[index], high: high[index], field: fieldOf(letters, side) }];
  });
  return { datasets: Object.fromEntries(previews), features: Object.fromEntries(pictures) };
}

/**
 * The points that a dataset's picture is of. Coordinates and values go from -1 to 1; a class is its number.
 *
 * @param {number[]} x @param {number[]} y @param {number[]} targets @param {Task} task
 * @returns {Point[]}
 */
function pointsOf(x, y, targets, task) {
  const placeOf = (/** @type {number} */ level) => (level / (LEVELS - 1)) * 2 - 1;
  return x.map((across, index) => {
    const target = targets[index];
    return [placeOf(across), placeOf(y[index]), task === "regression" ? placeOf(target) : target];
  });
}

/**
 * A feature's values over the unit square as bytes, rows from the top.
 *
 * @param {string} letters @param {number} side
 */
function fieldOf(letters, side) {
  const count = LETTERS.length;
  const steps = numbersOf(letters);
  let above = Array(side).fill(0);
  const rows = Array.from({ length: side }, (_, row) => {
    const along = summed(steps.slice(row * side, (row + 1) * side), count);
    above = along.map((step, column) => (above[column] + step) % count);
    return above;
  });
  return Uint8Array.from(rows.flat(), (level) => Math.round((level / (count - 1)) * 255));
}

/** @param {string} letters */
const numbersOf = (letters) => [...letters].map((letter) => LETTERS.indexOf(letter));

/** @param {number[]} steps from each value to the next @param {number} levels after the last comes the first */
function summed(steps, levels) {
  let value = 0;
  return steps.map((step) => {
    value = (value + step) % levels;
    return value;
  });
}
