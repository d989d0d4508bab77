/**
 * A Boltzmann machine's pictures: what each hidden unit looks for, damaged pictures and what it makes of them, its dreams,
 * and how likely it finds the data beside damaged data.
 */

import { drawTiles, tilePlaces } from "../draw/tiles.js";
import { formatFixed, formatPercent, formatSetting } from "../text/format.js";
import { contextOf, fitCanvas } from "../widgets/canvas.js";
import { byTestId, on, setAttribute, setText } from "../widgets/dom.js";
import { plotOn } from "./charts.js";

const GAP = 3;
const DREAMS = 6;

/** @param {MemoryPage} page @returns {(state: MemoryState) => void} */
export function createBoltzmann(page) {
  const { actions, language, store } = page;
  const [hidden, shown, damaged, mended, dreams, free] = [
    "hidden-units",
    "shown",
    "damaged",
    "mended",
    "dreams",
    "free-energy",
  ].map((name) => byTestId(name, HTMLCanvasElement));
  const [dream, dreamt] = [byTestId("dream"), byTestId("dreamt")];
  on(dream, "click", () => actions.dream(!store.state.facts.dreaming));
  return (state) => {
    const { seen, facts, records } = state;
    const { ramp, confidence } = page.theme();
    const ink = confidence[1];
    drawRow(page, hidden, seen.hidden, Math.ceil(Math.sqrt(seen.hidden?.shape[0] ?? 1)), ramp);
    for (const [canvas, tiles] of /** @type {const} */ ([
      [shown, seen.shown],
      [damaged, seen.damaged],
      [mended, seen.mended],
    ])) {
      drawRow(page, canvas, tiles, 8, ink);
    }
    drawRow(page, dreams, seen.dreams, DREAMS, ink);
    setAttribute(dream, "aria-pressed", String(facts.dreaming ?? false));
    setText(dreamt, language.say("memory.dreamt", { steps: facts.dreamt ?? 0 }));
    const [, error = 0] = records[records.length - 1] ?? [];
    setAttribute(hidden, "aria-label", language.say("memory.hidden_said", { units: seen.hidden?.shape[0] ?? 0 }));
    setAttribute(mended, "aria-label", language.say("memory.mended_said", { share: formatPercent(error) }));
    drawFree(page, free, state);
  };
}

/** @param {MemoryPage} page @param {HTMLCanvasElement} canvas @param {Tensor | undefined} tiles @param {number} columns @param {Uint32Array} ramp */
function drawRow(page, canvas, tiles, columns, ramp) {
  const width = canvas.clientWidth;
  if (!tiles || width === 0) return;
  const ratio = page.ratio();
  const [count] = tiles.shape;
  const across = Math.min(columns, Math.max(count, 4));
  const places = tilePlaces(count, across, Math.round(width * ratio), Math.round(GAP * ratio));
  const { top, side } = places[places.length - 1] ?? { top: 0, side: 0 };
  const height = (top + side) / ratio;
  canvas.style.height = `${height}px`;
  fitCanvas(canvas, width, height, ratio);
  const context = contextOf(canvas);
  context.clearRect(0, 0, canvas.width, canvas.height);
  drawTiles(context, tiles, places, ramp);
}

/** @param {MemoryPage} page @param {HTMLCanvasElement} canvas @param {MemoryState} state */
function drawFree(page, canvas, { records }) {
  const { language } = page;
  const { train, test } = page.theme();
  const last = records[records.length - 1] ?? [0, 0, 0, 0];
  const all = records.flatMap(([, , free, damaged]) => [free, damaged]);
  const [low, high] = all.length > 0 ? [Math.min(...all), Math.max(...all)] : [-1, 0];
  const pad = (high - low || 1) * 0.08;
  const curve = (/** @type {number} */ column, /** @type {string} */ colour, /** @type {number[]} */ dash = []) => ({
    points: records.map((row) => /** @type {const} */ ([row[0], row[column]])),
    colour,
    dash,
  });
  plotOn(page, canvas, {
    curves: [curve(3, test, [5, 4]), curve(2, train)],
    lines: [],
    x: [0, Math.max(2, last[0])],
    y: [low - pad, high + pad],
    names: { x: language.say("chart.epochs"), y: language.say("memory.free_energy") },
    formatX: formatSetting,
    formatY: formatSetting,
  });
  const facts = { free: formatFixed(last[2], 1), damaged: formatFixed(last[3], 1) };
  setAttribute(canvas, "aria-label", language.say("memory.free_said", facts));
}
