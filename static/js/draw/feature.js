/**
 * The picture of an input feature, where it can be drawn from the coordinates alone.
 *
 * x and y are geometry, not network mathematics: the field of a coordinate is the coordinate. Every other feature is the
 * server's to compute, and has no picture here.
 */

const SIDE = 32;

/** @type {Record<string, (row: number, column: number) => number>} a byte for each cell, rows from the top */
const FIELDS = {
  x: (_, column) => (column / (SIDE - 1)) * 255,
  y: (row) => 255 - (row / (SIDE - 1)) * 255,
};

/** @param {string} feature @returns {{ field: Uint8Array, side: number } | null} */
export function featureField(feature) {
  const byteAt = FIELDS[feature];
  if (!byteAt) return null;
  const field = Uint8Array.from({ length: SIDE * SIDE }, (_, cell) => byteAt(Math.floor(cell / SIDE), cell % SIDE));
  return { field, side: SIDE };
}
