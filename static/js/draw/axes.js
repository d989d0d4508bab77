/**
 * The axes of a square plane, written along its own edges: ticks, their numbers, and what is measured. They lie on a
 * picture, so each text is set off from what is under it.
 */

import { linearScale, niceTicks } from "./scale.js";

/** @param {Context} context @param {PlaneAxes} axes */
export function drawAxes(context, { side, domains, names, ticks, em, ink, halo, family }) {
  context.font = `${em}px ${family}`;
  context.lineJoin = "round";
  context.lineWidth = em * 0.28;
  context.strokeStyle = halo;
  context.fillStyle = ink;
  const pad = em * 0.35;
  const write = (/** @type {string} */ text, /** @type {number} */ x, /** @type {number} */ y) => {
    context.strokeText(text, x, y);
    context.fillText(text, x, y);
  };
  const [across, up] = domains.map((domain) => niceTicks(domain[0], domain[1], ticks));
  const [toX, toY] = [linearScale(domains[0], [0, side]), linearScale(domains[1], [side, 0])];
  context.textBaseline = "alphabetic";
  for (const tick of across) {
    const x = toX(tick);
    context.textAlign = x < em ? "left" : x > side - em ? "right" : "center";
    write(tickText(tick), Math.min(side - pad, Math.max(pad, x)), side - pad);
  }
  context.textAlign = "left";
  context.textBaseline = "middle";
  for (const tick of up) {
    const y = toY(tick);
    // In the corner the other axis has its number.
    if (y < side - 1.8 * em) write(tickText(tick), pad, Math.max(pad + em / 2, y));
  }
  const [x, y] = names.map((name) => cut(context, name, side * 0.7));
  if (y) write(`↑ ${y}`, pad + 3 * em, pad + em / 2);
  context.textAlign = "right";
  if (x) write(`${x} →`, side - pad, side - pad - 1.7 * em);
}

/**
 * A tick as short as it can be written.
 *
 * @param {number} tick
 */
function tickText(tick) {
  const plain = String(tick);
  const text = plain.length > 6 ? tick.toExponential().replace("e+", "e") : plain;
  return (text.length < plain.length ? text : plain).replaceAll("-", "−");
}

/**
 * A name that fits, cut with an ellipsis where it does not.
 *
 * @param {Context} context @param {string} name @param {number} room
 */
function cut(context, name, room) {
  let text = name;
  for (let end = name.length; end > 1 && context.measureText(text).width > room; end--) text = `${name.slice(0, end)}…`;
  return text;
}
