/**
 * The charts beside the board: how the energy falls, what the weights are, and how many patterns fit.
 */

import { drawCells } from "../draw/cells.js";
import { drawPlot } from "../draw/plot.js";
import { formatPercent, formatSetting } from "../text/format.js";
import { contextOf, fitCanvas, imageOf } from "../widgets/canvas.js";
import { byTestId, setAttribute } from "../widgets/dom.js";

/** @param {MemoryPage} page @returns {(state: MemoryState) => void} */
export function createCharts(page) {
  const [energy, weights, capacity] = ["energy", "weights", "capacity"].map((name) =>
    byTestId(name, HTMLCanvasElement),
  );
  return (state) => {
    if (state.machine !== "hopfield") return;
    drawEnergy(page, energy, state);
    drawWeights(page, weights, state);
    drawCapacity(page, capacity, state);
  };
}

/** @param {MemoryPage} page @param {HTMLCanvasElement} canvas @param {MemoryState} state */
function drawEnergy(page, canvas, { energies, units, epoch }) {
  const { language } = page;
  const sweep = Math.max(1, units.length);
  const end = Math.max(2, Math.ceil((energies.length - 1) / sweep));
  const [low, high] = [Math.min(...energies), Math.max(...energies)];
  const pad = (high - low || Math.abs(high) || 1) * 0.08;
  const points = energies.map((value, at) => /** @type {const} */ ([at / sweep, value]));
  const names = { x: language.say("memory.sweeps"), y: language.say("memory.energy") };
  const [first, last] = [energies[0] ?? 0, energies[energies.length - 1] ?? 0];
  plotOn(page, canvas, {
    curves: [{ points, colour: page.theme().accent }],
    lines: [],
    x: [0, end],
    y: energies.length > 0 ? [low - pad, high + pad] : [-1, 0],
    names,
    formatX: formatSetting,
    formatY: formatSetting,
  });
  const facts = { first: formatSetting(round(first)), last: formatSetting(round(last)), sweeps: epoch };
  setAttribute(canvas, "aria-label", language.say("memory.energy_said", facts));
}

/** @param {number} value */
function round(value) {
  return Number(value.toPrecision(3));
}

/** @param {MemoryPage} page @param {HTMLCanvasElement} canvas @param {MemoryState} state */
function drawWeights(page, canvas, { weights }) {
  const box = canvas.parentElement;
  if (box) box.hidden = weights === null;
  const size = canvas.clientWidth;
  if (!weights || size === 0) return;
  fitCanvas(canvas, size, size, page.ratio());
  const { ramp, ground } = page.theme();
  const count = Math.round(Math.sqrt(weights.field.length));
  drawCells(contextOf(canvas), weights.field, count, { low: 0, high: 255, ramp, line: ground }, imageOf(canvas));
  const facts = { units: count, most: formatSetting(round(weights.most)) };
  setAttribute(canvas, "aria-label", page.language.say("memory.weights_said", facts));
}

/** @param {MemoryPage} page @param {HTMLCanvasElement} canvas @param {MemoryState} state */
function drawCapacity(page, canvas, { measured, settings }) {
  const { language } = page;
  const rows = measured?.points ?? [];
  const hebb = (measured?.rule ?? settings.rule) === "hebb";
  const most = rows[rows.length - 1]?.load ?? (hebb ? 0.26 : 1);
  const limit = measured?.limit ?? 0.138;
  plotOn(page, canvas, {
    curves: [
      {
        points: rows.map(({ load, mean }) => [load, mean]),
        band: rows.map(({ load, low, high }) => [load, low, high]),
        colour: page.theme().accent,
      },
    ],
    lines: hebb ? [{ at: limit, text: language.say("memory.limit", { limit }) }] : [],
    x: [0, most],
    y: [0, 1],
    names: { x: language.say("memory.load"), y: language.say("memory.recalled") },
    formatX: formatSetting,
    formatY: (share) => `${Math.round(share * 100)}%`,
    dots: true,
  });
  const each = rows.map(({ patterns, mean }) =>
    language.say("memory.capacity_point", { patterns, share: formatPercent(mean) }),
  );
  setAttribute(canvas, "aria-label", [language.say("memory.capacity_said"), ...each].join(" "));
}

/** @param {MemoryPage} page @param {HTMLCanvasElement} canvas @param {Omit<Plot, "width" | "height" | "margin" | "look">} plot */
export function plotOn(page, canvas, plot) {
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  if (width === 0 || height === 0) return;
  const ratio = page.ratio();
  fitCanvas(canvas, width, height, ratio);
  const context = contextOf(canvas);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const em = Number.parseFloat(getComputedStyle(canvas).fontSize);
  const { soft, grid, family } = page.theme();
  const margin = {
    left: Math.round(em * 3.4),
    right: Math.round(em * 0.6),
    top: Math.round(em * 1.4),
    bottom: Math.round(em * 1.5),
  };
  drawPlot(context, {
    ...plot,
    width,
    height,
    margin,
    look: { ink: soft, grid, font: `${em}px ${family}`, em, line: Math.max(1.5, em * 0.14) },
  });
}
