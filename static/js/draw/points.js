/**
 * Data points as marks. Classes differ by shape as well as by colour, train and test by filled and hollow.
 */

/** @type {readonly Shape[]} the shape of class 0, 1, 2 ... */
export const SHAPES = ["circle", "diamond", "triangle", "square", "cross", "wedge", "times", "bar"];

/** @param {Context} context @param {Marks} data */
export function drawPoints(context, { points, lookOf, x, y, radius, hollow, halo }) {
  for (const [px, py, target] of points) {
    const { shape, colour } = lookOf(target);
    drawMark(context, { shape, x: x(px), y: y(py), radius, colour, hollow, halo });
  }
}

/** @param {Context} context @param {Mark} mark */
export function drawMark(context, { shape, x, y, radius, colour, hollow, halo }) {
  context.beginPath();
  TRACES[shape](context, x, y, radius);
  context.lineWidth = radius * (hollow ? 1.3 : 0.9);
  context.strokeStyle = halo;
  context.stroke();
  context.fillStyle = hollow ? halo : colour;
  context.fill();
  if (!hollow) return;
  context.lineWidth = radius * 0.55;
  context.strokeStyle = colour;
  context.stroke();
}

/** @type {Record<Shape, (context: Context, x: number, y: number, r: number) => void>} */
const TRACES = {
  circle: (context, x, y, r) => context.arc(x, y, r, 0, 2 * Math.PI),
  // Sizes differ a little so that every shape covers the same area.
  diamond: (context, x, y, r) => tracePolygon(context, x, y, 4, r * 1.25, 0),
  triangle: (context, x, y, r) => tracePolygon(context, x, y, 3, r * 1.4, -Math.PI / 2),
  wedge: (context, x, y, r) => tracePolygon(context, x, y, 3, r * 1.4, Math.PI / 2),
  square: (context, x, y, r) => tracePolygon(context, x, y, 4, r * 1.25, Math.PI / 4),
  cross: (context, x, y, r) => traceCross(context, x, y, r * 1.2, 0),
  times: (context, x, y, r) => traceCross(context, x, y, r * 1.2, Math.PI / 4),
  bar: (context, x, y, r) => traceBar(context, x, y, r * 1.45, r * 0.55),
};

/**
 * @param {Context} context @param {number} x @param {number} y @param {number} corners
 * @param {number} r @param {number} turn
 */
function tracePolygon(context, x, y, corners, r, turn) {
  for (let corner = 0; corner < corners; corner++) {
    const angle = turn + (2 * Math.PI * corner) / corners;
    context.lineTo(x + r * Math.cos(angle), y + r * Math.sin(angle));
  }
  context.closePath();
}

/** @param {Context} context @param {number} x @param {number} y @param {number} across @param {number} up half of each */
function traceBar(context, x, y, across, up) {
  context.lineTo(x - across, y - up);
  context.lineTo(x + across, y - up);
  context.lineTo(x + across, y + up);
  context.lineTo(x - across, y + up);
  context.closePath();
}

/** @param {Context} context @param {number} x @param {number} y @param {number} r @param {number} tilt */
function traceCross(context, x, y, r, tilt) {
  const [cos, sin] = [Math.cos(tilt), Math.sin(tilt)];
  const arm = r * 0.4;
  let quarter = [
    [arm, -arm],
    [r, -arm],
    [r, arm],
  ];
  for (let turn = 0; turn < 4; turn++) {
    for (const [dx, dy] of quarter) context.lineTo(x + dx * cos - dy * sin, y + dx * sin + dy * cos);
    quarter = quarter.map(([dx, dy]) => [-dy, dx]);
  }
  context.closePath();
}
