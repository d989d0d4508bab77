/**
 * One dataset's chart: how well against how large, with intervals, a line for each kind and depth, named at its end.
 *
 * Solid lines are networks of one hidden layer, dashed ones deeper. Every mark opens what its field in the table opens.
 * Not here: where things stand (scale.js), nor what is chosen (table.js).
 */

import { formatCount } from "../text/format.js";
import { byTestId } from "../widgets/dom.js";
import { doublings, logScale, shareFloor, spread } from "./scale.js";
import { networksOf } from "./table.js";
import { COLOURS, describeCell, hrefOf, nameOf, whole } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";

/** Pixels between marks of kinds that are equally large. */
const BESIDE = 3;

/** A mark for each kind, in the order of the colours: they are told apart without them, too. */
const MARKS = [
  "M-4.5 0A4.5 4.5 0 1 0 4.5 0A4.5 4.5 0 1 0 -4.5 0Z",
  "M-4 -4H4V4H-4Z",
  "M0 -5.5L5 4H-5Z",
  "M0 -6L6 0L0 6L-6 0Z",
  "M0 5.5L5 -4H-5Z",
  "M-5.5 -2H-2V-5.5H2V-2H5.5V2H2V5.5H-2V2H-5.5Z",
];

/** @typedef {{ of: (cell: AtlasCell) => number | null, low: (cell: AtlasCell) => number | null, high: (cell: AtlasCell) => number | null }} Reading */

/** @type {Record<AtlasChoice["value"], (atlas: Atlas) => Reading>} */
const READINGS = {
  accuracy: () => ({ of: (one) => one.accuracy, low: (one) => one.accuracy_low, high: (one) => one.accuracy_high }),
  solved: ({ runs }) => ({ of: (one) => one.solved / runs, low: (one) => one.low, high: (one) => one.high }),
};

/** @param {AtlasPage} page @returns {(choice: AtlasChoice) => void} draws it in the room that there is */
export function createChart(page) {
  const box = byTestId("atlas-chart");
  return (choice) => {
    const { clientWidth: width, clientHeight: height } = box;
    if (width > 0 && height > 0) box.replaceChildren(draw(page, choice, width, height));
  };
}

/** @param {AtlasPage} page @param {AtlasChoice} choice @param {number} width @param {number} height */
function draw(page, choice, width, height) {
  const { atlas, language } = page;
  const em = Number.parseFloat(getComputedStyle(byTestId("atlas-chart")).fontSize);
  const reading = READINGS[choice.value](atlas);
  const series = choice.kinds.map((neuron, place) => ({
    neuron,
    place,
    name: nameOf(page, "neurons", neuron),
    cells: networksOf(atlas, choice, neuron, choice.data).filter((cell) => reading.of(cell) !== null),
  }));
  const all = series.flatMap(({ cells }) => cells);
  const names = series.map(({ name }) => textWidth(name, em));
  const frame = {
    left: em * 3.2,
    right: width - Math.max(em, ...names) - em * 1.6,
    top: em * 0.8,
    bottom: height - em * 2.9,
  };
  const label = language.say("atlas.chart_label", {
    value: language.say(`atlas.value_${choice.value}`),
    across: language.say(`atlas.across_${choice.across}`),
    data: nameOf(page, "data", choice.data),
  });
  const root = drawn("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "group", "aria-label": label });
  if (all.length === 0) return root;
  const sizes = atlas.cells.map((cell) => cell[choice.across]).filter((size) => size > 0);
  const x = logScale(sizes, frame.left, frame.right);
  // Kinds of equal size stand side by side: their intervals would cover each other.
  const across = (/** @type {AtlasCell} */ cell) =>
    x(cell[choice.across]) + (choice.kinds.indexOf(cell.neuron) - (choice.kinds.length - 1) / 2) * BESIDE;
  const floor = shareFloor(all.map((cell) => reading.low(cell) ?? 1));
  const y = (/** @type {number} */ share) =>
    frame.bottom - ((share - floor) / (1 - floor)) * (frame.bottom - frame.top);
  drawAxes(root, {
    x,
    y,
    floor,
    frame,
    em,
    ticks: doublings(sizes),
    width,
    height,
    across: language.say(`atlas.across_${choice.across}`),
  });
  if (choice.value === "accuracy" && atlas.bar > floor) {
    root.append(drawn("path", { class: "bar-line", d: `M${frame.left} ${y(atlas.bar)}H${frame.right}` }));
  }
  const ends = series.map(({ cells }) => cells.at(-1)).map((cell) => (cell ? y(reading.of(cell) ?? floor) : 0));
  const places = spread(ends, em * 1.25, frame.top, frame.bottom);
  for (const { neuron, place, name, cells } of series) {
    const group = drawn("g", { "data-testid": `line-${neuron}` });
    group.style.setProperty("--kind", `var(${COLOURS[place]})`);
    for (const line of byDepth(atlas, cells)) {
      const points = line.map((cell) => `${across(cell)} ${y(reading.of(cell) ?? floor)}`);
      group.append(drawn("path", { class: isDeep(atlas, line[0]) ? "line deep" : "line", d: `M${points.join("L")}` }));
    }
    for (const cell of cells) {
      const at = across(cell);
      const [from, to] = [reading.low(cell), reading.high(cell)];
      if (from !== null && to !== null)
        group.append(drawn("path", { class: "whisker", d: `M${at} ${y(from)}V${y(to)}` }));
      const link = drawn("a", { href: hrefOf(cell, choice), "aria-label": `${name}: ${describeCell(page, cell)}` });
      const mark = drawn("path", {
        class: isDeep(atlas, cell) ? "mark deep" : "mark",
        d: MARKS[place],
        transform: `translate(${at} ${y(reading.of(cell) ?? floor)})`,
      });
      const title = drawn("title", {});
      title.textContent = `${name}: ${describeCell(page, cell)}`;
      // Marks are smaller than a finger is.
      link.append(drawn("circle", { class: "reach", cx: at, cy: y(reading.of(cell) ?? floor), r: 12 }), mark, title);
      group.append(link);
    }
    const end = cells.at(-1);
    if (end) {
      const text = drawn("text", { class: "name", x: frame.right + em * 1.3, y: places[place] + em * 0.35 });
      text.textContent = name;
      const [ex, ey] = [across(end), y(reading.of(end) ?? floor)];
      group.append(
        drawn("path", {
          class: "leader",
          d: `M${ex + 7} ${ey}L${frame.right + em * 0.6} ${places[place]}h${em * 0.5}`,
        }),
        text,
      );
    }
    root.append(group);
  }
  return root;
}

/** @param {Atlas} atlas @param {AtlasCell} cell */
function isDeep({ networks }, { network }) {
  return networks[network].layers > 1;
}

/** @param {Atlas} atlas @param {AtlasCell[]} cells one line for each depth */
function byDepth({ networks }, cells) {
  const depths = [...new Set(cells.map(({ network }) => networks[network].layers))];
  return depths.map((layers) => cells.filter(({ network }) => networks[network].layers === layers));
}

/**
 * @param {SVGElement} root
 * @param {{ x: (size: number) => number, y: (share: number) => number, floor: number, em: number, ticks: number[],
 *   frame: { left: number, right: number, top: number, bottom: number }, width: number, height: number,
 *   across: string }} axes
 */
function drawAxes(root, { x, y, floor, frame, em, ticks, height, across }) {
  const text = (/** @type {string} */ words, /** @type {Record<string, string | number>} */ traits) => {
    const element = drawn("text", traits);
    element.textContent = words;
    root.append(element);
  };
  const step = floor < 0.4 ? 0.2 : floor < 0.9 ? 0.1 : 0.02;
  for (let share = 1; share > floor - 1e-9; share -= step) {
    root.append(drawn("path", { class: "grid", d: `M${frame.left} ${y(share)}H${frame.right}` }));
    text(whole(share), { class: "tick end", x: frame.left - em * 0.5, y: y(share) + em * 0.35 });
  }
  for (const tick of ticks) text(formatCount(tick), { class: "tick", x: x(tick), y: frame.bottom + em * 1.3 });
  text(across, { class: "axis", x: (frame.left + frame.right) / 2, y: height - em * 0.4 });
}

/** About: a label may be a little shorter than its room. @param {string} text @param {number} em */
function textWidth(text, em) {
  return [...text].reduce((sum, letter) => sum + (letter.charCodeAt(0) > 255 ? 1.05 : 0.62), 0) * em;
}

/** @param {string} tag @param {Record<string, string | number>} traits @returns {SVGElement} */
function drawn(tag, traits) {
  const element = /** @type {SVGElement} */ (document.createElementNS(SVG, tag));
  for (const [name, value] of Object.entries(traits)) element.setAttribute(name, String(value));
  return element;
}
