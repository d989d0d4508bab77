/**
 * Marks over an inspected surface: the curve along which the unit is 0, the place that is traced, a unit's value there.
 */

/** @typedef {{ ink: string, halo: string, line: number }} Pen `line` in pixels of the canvas */

/**
 * @param {Context} context
 * @param {{ pieces: ArrayLike<number>, side: number }} curve x0, y0, x1, y1 of each piece, in 65535ths of the side
 * @param {Pen} pen
 */
export function drawZeroSet(context, { pieces, side }, { ink, halo, line }) {
  const scale = side / 65535;
  context.beginPath();
  for (let at = 0; at < pieces.length; at += 4) {
    context.moveTo(pieces[at] * scale, pieces[at + 1] * scale);
    context.lineTo(pieces[at + 2] * scale, pieces[at + 3] * scale);
  }
  context.lineCap = "round";
  strokeTwice(context, ink, halo, line);
}

/** A ring with four ticks. @param {Context} context @param {Place} place @param {number} radius @param {Pen} pen */
export function drawTarget(context, { x, y }, radius, { ink, halo, line }) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  for (const [across, down] of [
    [1, 0],
    [0, 1],
    [-1, 0],
    [0, -1],
  ]) {
    context.moveTo(x + across * radius, y + down * radius);
    context.lineTo(x + across * radius * 1.9, y + down * radius * 1.9);
  }
  strokeTwice(context, ink, halo, line);
}

/**
 * A number at the foot of a small surface; none where there is no room to read it.
 *
 * @param {Context} context @param {string} text @param {number} side @param {Pen & { family: string, size: number }} pen
 */
export function drawValue(context, text, side, { ink, halo, family, size }) {
  if (side < size * 3) return;
  context.font = `600 ${size}px ${family}`;
  context.textAlign = "center";
  context.textBaseline = "bottom";
  context.fillStyle = halo;
  context.globalAlpha = 0.85;
  context.fillRect(0, side - size * 1.25, side, size * 1.25);
  context.globalAlpha = 1;
  context.fillStyle = ink;
  context.fillText(text, side / 2, side - size * 0.08);
}

/** @param {Context} context @param {string} ink @param {string} halo @param {number} line */
function strokeTwice(context, ink, halo, line) {
  context.strokeStyle = halo;
  context.lineWidth = line * 2.2;
  context.stroke();
  context.strokeStyle = ink;
  context.lineWidth = line;
  context.stroke();
}
