/**
 * Hebb's units: arrows among points, and in words how far they are from the points' own axes.
 */

import { drawArrows } from "../draw/arrows.js";
import { formatFixed } from "../text/format.js";
import { contextOf, fitCanvas } from "../widgets/canvas.js";
import { byTestId, make, setAttribute, setText } from "../widgets/dom.js";

/** Of the plane, how far from its middle is shown. */
const REACH = 1.6;

/** @param {MemoryPage} page @returns {(state: MemoryState) => void} */
export function createHebb(page) {
  const canvas = byTestId("scatter", HTMLCanvasElement);
  const list = byTestId("units-said");
  return (state) => {
    const said = sayUnits(page, state);
    while (list.children.length > said.length) list.lastChild?.remove();
    while (list.children.length < said.length) list.append(make("li"));
    said.forEach((text, unit) => {
      setText(list.children[unit], text);
      /** @type {HTMLElement} */ (list.children[unit]).style.color = coloursOf(page)[unit];
    });
    setAttribute(canvas, "aria-label", [page.language.say("memory.scatter_said"), ...said].join(" "));
    drawScatter(page, canvas, state);
  };
}

/** @param {MemoryPage} page */
function coloursOf(page) {
  const { accent, test } = page.theme();
  return [accent, test];
}

/** @param {MemoryPage} page @param {MemoryState} state */
function sayUnits({ language }, { facts }) {
  return (facts.lengths ?? []).map((length, unit) =>
    language.say(length === null || facts.ran_away ? "memory.unit_away" : "memory.unit_at", {
      unit: unit + 1,
      length: formatFixed(length, 2),
      angle: formatFixed(facts.angles?.[unit], 1),
    }),
  );
}

/** @param {MemoryPage} page @param {HTMLCanvasElement} canvas @param {MemoryState} state */
function drawScatter(page, canvas, { seen }) {
  const side = canvas.clientWidth;
  if (side === 0 || !seen.points) return;
  const ratio = page.ratio();
  fitCanvas(canvas, side, side, ratio);
  const context = contextOf(canvas);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const { soft, ink } = page.theme();
  const { points, axes, trail, arrows } = seen;
  drawArrows(context, {
    side,
    reach: REACH,
    points: points.data,
    axes: axes.data,
    trail: trail.data,
    arrows: arrows.data,
    colours: coloursOf(page),
    ink,
    soft,
    line: Math.max(2, side / 220),
  });
}
