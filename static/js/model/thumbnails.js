/**
 * Small pictures of datasets and features, as the server packs them: a letter for each number (app/web/menus.py).
 *
 * Not here: when they are fetched (widgets/late_part.js), nor how they are drawn.
 */

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** Places along each side of a dataset's picture. */
const LEVELS = 40;

/** @param {PackedThumbnails} packed @param {Pick<Catalog, "datasets">} catalog @returns {Thumbnails} */
export function unpack({ datasets, features }, catalog) {
  const points = catalog.datasets.map(({ name, task }) => [name, previewOf(datasets[name], task)]);
  const fields = Object.entries(features).map(([name, picture]) => [name, { ...picture, field: fieldOf(picture) }]);
  return { datasets: Object.fromEntries(points), features: Object.fromEntries(fields) };
}

/**
 * The points that a dataset's picture is of. Coordinates and values go from -1 to 1; a class is its number.
 *
 * @param {string} preview @param {Task} task
 * @returns {Point[]}
 */
function previewOf(preview, task) {
  const numbers = numbersOf(preview);
  const count = numbers.length / 3;
  const x = summed(numbers.slice(0, count), LEVELS);
  const placeOf = (/** @type {number} */ level) => (level / (LEVELS - 1)) * 2 - 1;
  return x.map((across, index) => {
    const [up, target] = [numbers[index + count], numbers[index + 2 * count]];
    return [placeOf(across), placeOf(up), task === "regression" ? placeOf(target) : target];
  });
}

/**
 * A feature's values over the unit square as bytes, rows from the top.
 *
 * @param {PackedThumbnails["features"][string]} picture
 */
function fieldOf({ side, field }) {
  const numbers = numbersOf(field);
  const rows = Array.from({ length: side }, (_, row) =>
    summed(numbers.slice(row * side, (row + 1) * side), LETTERS.length),
  );
  return Uint8Array.from(rows.flat(), (level) => Math.round((level / (LETTERS.length - 1)) * 255));
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
