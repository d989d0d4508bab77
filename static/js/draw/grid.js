/**
 * A bent grid: what a layer makes of the straight lines of the plane. Lines, not cells, for a layer may fold the plane.
 *
 * Places are bytes across a window; 0 and 255 also stand for all that lies beyond it, so a line ends there. The picture
 * shows two axes of what may be many: lines that cross in it need not cross in the layer.
 */

/** @param {Context} context @param {Grid} grid */
export function drawGrid(context, { places, shape, size, look }) {
  const [, families, lines, steps] = shape;
  const count = families * lines * steps;
  context.strokeStyle = look.colour;
  context.lineWidth = look.line;
  context.lineJoin = "round";
  context.beginPath();
  for (let start = 0; start < count; start += steps) {
    const up = places.subarray(count + start, count + start + steps);
    traceLine(context, places.subarray(start, start + steps), up, size);
  }
  context.stroke();
}

/** @param {Context} context @param {Uint8Array | Float32Array} across @param {Uint8Array | Float32Array} up @param {number} size */
function traceLine(context, across, up, size) {
  const inside = (/** @type {number} */ step) => isWithin(across[step]) && isWithin(up[step]);
  const place = (/** @type {number} */ step) =>
    /** @type {const} */ ([(across[step] / 255) * size, (1 - up[step] / 255) * size]);
  let drawnTo = -1;
  for (let step = 1; step < across.length; step++) {
    // The stretch up to the edge, and the one back from it, are drawn; what runs along the edge is not there.
    if (!inside(step - 1) && !inside(step)) continue;
    if (drawnTo !== step - 1) context.moveTo(...place(step - 1));
    context.lineTo(...place(step));
    drawnTo = step;
  }
}

/** @param {number} level */
function isWithin(level) {
  return level > 0 && level < 255;
}
