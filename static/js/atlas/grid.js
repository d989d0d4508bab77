/**
 * The table: a row for each kind of neuron, a column for each dataset; each field opens a race or a run.
 *
 * A row's head puts its kind into the chart, a column's head shows its dataset there. Not here: which cell a field is of
 * (table.js).
 */

import { formatCount, formatPercent } from "../text/format.js";
import { byTestId, make, on, setAttribute, setText } from "../widgets/dom.js";
import { fewest, fieldOf, forestOf, toggled } from "./table.js";
import { COLOURS, describeCell, hrefOf, nameOf, whole } from "./words.js";

/**
 * What stands in a field, what is told of it, of whom it is, and what it opens.
 *
 * @typedef {{ text: string, told: string, name: string, href: string }} Field
 */

/** @param {AtlasPage} page @returns {(choice: AtlasChoice) => void} shows it */
export function createGrid(page) {
  const { atlas, language, choose } = page;
  /** @type {AtlasChoice} */
  let shown;
  const caption = make("caption", { class: "unseen" });
  const heads = atlas.data.map((data) => {
    const button = make("button", { text: nameOf(page, "data", data), testid: `data-${data}` });
    button.title = language.say("atlas.column_hint");
    on(button, "click", () => choose({ data }));
    return { data, button };
  });
  const top = make("tr", {}, make("td", { text: language.say("atlas.kind") }));
  for (const { button } of heads) top.append(columnHead(button));
  const body = make("tbody");
  const rows = atlas.neurons.map((neuron) => {
    const swatch = make("span", { class: "swatch-kind" });
    swatch.setAttribute("aria-hidden", "true");
    const button = make("button", { testid: `kind-${neuron}` }, swatch, nameOf(page, "neurons", neuron));
    button.title = language.say("atlas.row_hint");
    on(button, "click", () => choose({ kinds: toggled(shown.kinds, neuron) }));
    const head = make("th", {}, button);
    head.scope = "row";
    const fields = atlas.data.map((data) => ({ data, box: make("td", { testid: `field-${neuron}-${data}` }) }));
    body.append(make("tr", {}, head, ...fields.map(({ box }) => box)));
    return { neuron, button, fields };
  });
  const showForests = forestRow(page, body);
  byTestId("atlas-table").append(make("table", {}, caption, make("thead", {}, top), body));

  return (choice) => {
    shown = choice;
    setText(caption, language.say(`atlas.caption_${choice.show}`, { surely: atlas.surely, runs: atlas.runs }));
    for (const { data, button } of heads) setAttribute(button, "aria-pressed", String(data === choice.data));
    for (const { neuron, button, fields } of rows) {
      const place = choice.kinds.indexOf(neuron);
      setAttribute(button, "aria-pressed", String(place >= 0));
      button.style.setProperty("--kind", place < 0 ? "transparent" : `var(${COLOURS[place]})`);
      for (const { data, box } of fields) showField(page, choice, neuron, data, box);
    }
    showForests(choice);
  };
}

/**
 * Below the kinds, what forests do on the same data: they are no neurons, and the chart knows none.
 *
 * @param {AtlasPage} page @param {HTMLElement} body @returns {(choice: AtlasChoice) => void}
 */
function forestRow(page, body) {
  const { atlas, language } = page;
  const name = make("span", { class: "kind-beside", title: language.say("atlas.forest_hint") });
  const head = make("th", {}, name);
  head.scope = "row";
  const fields = atlas.data.map((data) => ({ data, box: make("td", { testid: `field-forest-${data}` }) }));
  body.append(make("tr", { class: "beside" }, head, ...fields.map(({ box }) => box)));
  return (choice) => {
    setText(name, language.say(choice.show === "fewest" ? "atlas.forest_nodes" : "atlas.forest"));
    for (const { data, box } of fields) {
      const found = forestOf(atlas, choice, data);
      const share = found && choice.show === "solved" ? found.cell.solved / atlas.runs : 0;
      box.style.setProperty("--share", share.toFixed(3));
      showBox(page, choice, data, box, found && forestField(page, choice, found));
    }
  };
}

/** @param {AtlasPage} page @param {AtlasChoice} choice @param {{ cell: ForestCell, least: boolean }} found @returns {Field} */
function forestField({ atlas, language }, { show }, { cell, least }) {
  const { solved, low, high, nodes, accuracy } = cell;
  const cascade = atlas.forests.cascades[cell.forest];
  const told = [
    language.say("atlas.cell_solved", { solved, runs: atlas.runs, low: whole(low), high: whole(high) }),
    language.say("atlas.cell_forest", { ...cascade, nodes: formatCount(nodes) }),
    language.say("atlas.cell_accuracy", {
      accuracy: formatPercent(accuracy),
      low: formatPercent(cell.accuracy_low),
      high: formatPercent(cell.accuracy_high),
    }),
  ].join(language.say("atlas.joint"));
  const text = show === "solved" ? `${solved}/${atlas.runs}` : `${least ? "≤ " : ""}${formatCount(nodes)}`;
  return { text, told, name: language.say("atlas.forest"), href: `./?${cell.run}` };
}

/** @param {HTMLElement} button */
function columnHead(button) {
  const head = make("th", {}, button);
  head.scope = "col";
  return head;
}

/** @param {AtlasPage} page @param {AtlasChoice} choice @param {string} neuron @param {string} data @param {HTMLElement} box */
function showField(page, choice, neuron, data, box) {
  const { atlas } = page;
  const cell = fieldOf(atlas, choice, neuron, data);
  box.style.setProperty("--share", cell ? strength(atlas, choice, cell).toFixed(3) : "0");
  if (!cell) return showBox(page, choice, data, box, null);
  const least = choice.show === "fewest" && fewest(atlas, choice, neuron, data)?.least;
  const text =
    choice.show === "solved" ? `${cell.solved}/${atlas.runs}` : `${least ? "≤ " : ""}${formatCount(cell.parameters)}`;
  const name = nameOf(page, "neurons", neuron);
  showBox(page, choice, data, box, { text, told: describeCell(page, cell), name, href: hrefOf(cell, choice) });
}

/** @param {AtlasPage} page @param {AtlasChoice} choice @param {string} data @param {HTMLElement} box @param {Field | null} field */
function showBox(page, choice, data, box, field) {
  const { atlas, language } = page;
  setAttribute(box, "class", data === choice.data ? "field-box chosen" : "field-box");
  if (!field) {
    box.title = language.say("atlas.none_hint", { surely: atlas.surely, runs: atlas.runs });
    const words = make("span", { class: "unseen", text: language.say("atlas.none") });
    const dash = make("span", { text: "–" });
    dash.setAttribute("aria-hidden", "true");
    box.replaceChildren(dash, words);
    return;
  }
  const anchor = make("a", { text: field.text, title: field.told });
  anchor.href = field.href;
  setAttribute(anchor, "aria-label", `${field.name}, ${nameOf(page, "data", data)}: ${field.told}`);
  box.title = "";
  box.replaceChildren(anchor);
}

/** How dark a field is, from 0 to 1: the share that solved it, or how few parameters. @param {Atlas} atlas @param {AtlasChoice} choice @param {AtlasCell} cell */
function strength({ runs, networks }, { show }, { solved, parameters }) {
  if (show === "solved") return solved / runs;
  const budgets = networks.map(({ budget }) => budget);
  const [low, high] = [Math.min(...budgets), Math.max(...budgets) * 2].map(Math.log);
  return Math.min(1, Math.max(0.08, (high - Math.log(parameters)) / (high - low)));
}
