/**
 * A cell of the atlas in words, where it leads to, and the colours by which the chart tells kinds apart.
 */

import { formatCount, formatPercent, formatSetting } from "../text/format.js";

/** Those of a race's lanes (race.css): apart for every common kind of colour blindness. */
export const COLOURS = ["--lane-a", "--lane-b", "--lane-c", "--lane-d", "--lane-e", "--lane-f"];

/** Where the catalog has the names, by the atlas' own lists. */
const SHELVES = { data: "datasets", neurons: "neurons", activations: "activations" };

/**
 * @param {Pick<AtlasPage, "atlas" | "language">} page @param {"data" | "neurons" | "activations"} shelf
 * @param {string} name
 */
export function nameOf({ atlas, language }, shelf, name) {
  return language.translate(`${SHELVES[shelf]}.${name}`, atlas.labels[shelf][atlas[shelf].indexOf(name)]);
}

/** @param {Pick<AtlasPage, "language">} page @param {AtlasNetwork} network */
export function networkName({ language }, { layers, budget }) {
  return language.say("atlas.network_of", { layers, budget });
}

/** Everything that is known of it, in one sentence. @param {Pick<AtlasPage, "atlas" | "language">} page @param {AtlasCell} cell */
export function describeCell({ atlas, language }, cell) {
  const { solved, low, high, parameters, multiply_adds, accuracy, accuracy_low, accuracy_high, epochs, diverged } =
    cell;
  const { layers } = atlas.networks[cell.network];
  const said = [
    language.say("atlas.cell_solved", { solved, runs: atlas.runs, low: whole(low), high: whole(high) }),
    language.say("atlas.cell_size", { parameters: formatCount(parameters), adds: formatCount(multiply_adds), layers }),
    language.say("atlas.cell_accuracy", {
      accuracy: formatPercent(accuracy),
      low: formatPercent(accuracy_low),
      high: formatPercent(accuracy_high),
    }),
  ];
  if (epochs !== null) said.push(language.say("atlas.cell_epochs", { epochs: formatSetting(epochs) }));
  if (diverged > 0) said.push(language.say("atlas.cell_diverged", { diverged }));
  return said.join(language.say("atlas.joint"));
}

/** Its best run, or its race against the plain kind, which has none but a run. @param {AtlasCell} cell @param {Pick<AtlasChoice, "opens">} choice */
export function hrefOf({ run, race }, { opens }) {
  return opens === "race" && race !== null ? `race?${race}` : `./?${run}`;
}

/** @param {number} share */
export function whole(share) {
  return `${Math.round(share * 100)}%`;
}
