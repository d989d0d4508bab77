/**
 * A goal in words: what has to hold, and how it stands. The verdict itself is the server's (app/labs/conditions.py).
 */

import { formatCount, formatFixed, formatPercent, formatSetting } from "../../text/format.js";

/** Quantities that are shares. */
const SHARES = ["train_accuracy", "test_accuracy", "far", "damaged", "remembered"];
/** Quantities of which a tenth is enough. */
const TENTHS = ["gap", "length", "angle", "second_angle"];
/** Quantities that are told by four of their digits. */
const LOSSES = ["train_loss", "test_loss"];
/** Whose names each kind of condition is about, as the catalog calls them. */
const NAMES = /** @type {Record<string, string>} */ ({
  data: "datasets",
  neurons: "neurons",
  hidden_neurons: "neurons",
  output_neuron: "neurons",
  activations: "activations",
  optimizer: "optimizers",
  inputs: "features",
});
/** Kinds whose names are words of the memory's page. */
const MEMORY = /** @type {Record<string, string>} */ ({ machine: "machine", rule: "rule", points: "data" });

/**
 * What a condition asks for, in one line.
 *
 * @param {Pick<Page, "language" | "catalog">} page @param {LabCondition} condition
 */
export function conditionWords(page, condition) {
  const { language } = page;
  const what = language.say(`lab.what_${condition.what}`);
  const how = Object.keys(condition).find((name) => name !== "what") ?? "";
  const wanted = condition[/** @type {"at_least"} */ (how)];
  return language.say(`lab.${how}`, { what, value: valueWords(page, condition.what, wanted ?? null) });
}

/**
 * A number or names, as the page writes them.
 *
 * @param {Pick<Page, "language" | "catalog">} page @param {string} what @param {number | string[] | null} value
 */
export function valueWords({ language, catalog }, what, value) {
  if (value === null) return "–";
  if (typeof value === "number") {
    if (SHARES.includes(what)) return formatPercent(value);
    if (TENTHS.includes(what) && !Number.isInteger(value)) return formatFixed(value, 1);
    if (LOSSES.includes(what)) return formatSetting(Number(value.toPrecision(4)));
    return Number.isInteger(value) ? formatCount(value) : formatSetting(value);
  }
  const registry = /** @type {Registry} */ (NAMES[what]);
  const labels = value.map((name) => {
    if (what in MEMORY) return language.say(`memory.${MEMORY[what]}_${name}`);
    const label = catalog[registry]?.find((/** @type {Spec} */ one) => one.name === name)?.label ?? name;
    return language.translate(`${registry}.${name}`, label);
  });
  return labels.join(language.say("lab.comma")) || language.say("lab.none");
}
