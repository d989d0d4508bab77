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

/**
 * Where everything stands: pixels for a cell's size and for a share, and the frame that the axes leave.
 *
 * @typedef {{ page: AtlasPage, choice: AtlasChoice, reading: Reading, em: number, floor: number,
 *   frame: { left: number, right: number, top: number, bottom: number }, height: number, ticks: number[],
 *   tick: (size: number) => number, x: (cell: AtlasCell) => number, y: (share: number | null) => number }} Scene
 */

/** @typedef {{ neuron: string, place: number, name: string, cells: AtlasCell[] }} Series */

/** @param {AtlasPage} page @param {AtlasChoice} choice @param {number} width @param {number} height */
function draw(page, choice, width, height) {
  const { atlas, language } = page;
  const reading = READINGS[choice.value](atlas);
  const series = choice.kinds.map((neuron, place) => ({
    neuron,
    place,
    name: nameOf(page, "neurons", neuron),
    cells: networksOf(atlas, choice, neuron, choice.data).filter((cell) => reading.of(cell) !== null),
  }));
  const label = language.say("atlas.chart_label", {
    value: language.say(`atlas.value_${choice.value}`),
    across: language.say(`atlas.across_${choice.across}`),
    data: nameOf(page, "data", choice.data),
  });
  const root = drawn("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "group", "aria-label": label });
  if (series.every(({ cells }) => cells.length === 0)) return root;
  const scene = createScene(page, choice, reading, series, width, height);
  drawAxes(root, scene);
  const ends = series.map(({ cells }) => scene.y(cells.length > 0 ? reading.of(cells[cells.length - 1]) : null));
  const places = spread(ends, scene.em * 1.25, scene.frame.top, scene.frame.bottom);
  for (const each of series) root.append(drawKind(scene, each, places[each.place]));
  return root;
}

/**
 * @param {AtlasPage} page @param {AtlasChoice} choice @param {Reading} reading @param {Series[]} series
 * @param {number} width @param {number} height @returns {Scene}
 */
function createScene(page, choice, reading, series, width, height) {
  const em = Number.parseFloat(getComputedStyle(byTestId("atlas-chart")).fontSize);
  const names = series.map(({ name }) => textWidth(name, em));
  const frame = {
    left: em * 3.2,
    right: width - Math.max(em, ...names) - em * 1.6,
    top: em * 0.8,
    bottom: height - em * 2.9,
  };
  // The same for all data, so that charts can be compared.
  const sizes = page.atlas.cells.map((cell) => cell[choice.across]).filter((size) => size > 0);
  const tick = logScale(sizes, frame.left, frame.right);
  const floor = shareFloor(series.flatMap(({ cells }) => cells).map((cell) => reading.low(cell) ?? 1));
  return {
    ...{ page, choice, reading, em, floor, frame, height, tick },
    ticks: doublings(sizes),
    // Kinds of equal size stand side by side: their intervals would cover each other.
    x: (cell) =>
      tick(cell[choice.across]) + (choice.kinds.indexOf(cell.neuron) - (choice.kinds.length - 1) / 2) * BESIDE,
    y: (share) => frame.bottom - (((share ?? floor) - floor) / (1 - floor)) * (frame.bottom - frame.top),
  };
}

/** @param {Scene} scene @param {Series} series @param {number} height of its name */
function drawKind(scene, { neuron, place, name, cells }, height) {
  const { x, y, reading, frame, em, page } = scene;
  const group = drawn("g", { "data-testid": `line-${neuron}` });
  group.style.setProperty("--kind", `var(${COLOURS[place]})`);
  for (const line of byDepth(page.atlas, cells)) {
    const points = line.map((cell) => `${x(cell)} ${y(reading.of(cell))}`).join("L");
    group.append(drawn("path", { class: isDeep(page.atlas, line[0]) ? "line deep" : "line", d: `M${points}` }));
  }
  for (const cell of cells) group.append(...drawMark(scene, cell, name, MARKS[place]));
  const end = cells.at(-1);
  if (!end) return group;
  const text = drawn("text", { class: "name", x: frame.right + em * 1.3, y: height + em * 0.35 });
  text.textContent = name;
  const bend = `L${frame.right + em * 0.6} ${height}h${em * 0.5}`;
  group.append(drawn("path", { class: "leader", d: `M${x(end) + 7} ${y(reading.of(end))}${bend}` }), text);
  return group;
}

/**
 * One network: its interval, and a mark that opens it.
 *
 * @param {Scene} scene @param {AtlasCell} cell @param {string} name @param {string} shape
 */
function drawMark({ x, y, reading, page, choice, em }, cell, name, shape) {
  const [at, height, from, to] = [x(cell), y(reading.of(cell)), y(reading.low(cell)), y(reading.high(cell))];
  const said = `${name}: ${describeCell(page, cell)}`;
  const link = drawn("a", { href: hrefOf(cell, choice), "aria-label": said });
  const title = drawn("title", {});
  title.textContent = said;
  const kind = isDeep(page.atlas, cell) ? "mark deep" : "mark";
  // Marks are smaller than a finger is, and on a wall larger than on a desk.
  const scale = Math.max(1, em / 14);
  link.append(
    drawn("circle", { class: "reach", cx: at, cy: height, r: 12 * scale }),
    drawn("path", { class: kind, d: shape, transform: `translate(${at} ${height}) scale(${scale})` }),
    title,
  );
  return [drawn("path", { class: "whisker", d: `M${at} ${from}V${to}` }), link];
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

/** @param {SVGElement} root @param {Scene} scene */
function drawAxes(root, { page, choice, y, floor, frame, em, ticks, tick, height }) {
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
  for (const size of ticks) text(formatCount(size), { class: "tick", x: tick(size), y: frame.bottom + em * 1.3 });
  const across = page.language.say(`atlas.across_${choice.across}`);
  text(across, { class: "axis", x: (frame.left + frame.right) / 2, y: height - em * 0.4 });
  if (choice.value === "accuracy" && page.atlas.bar > floor) {
    root.append(drawn("path", { class: "bar-line", d: `M${frame.left} ${y(page.atlas.bar)}H${frame.right}` }));
  }
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
