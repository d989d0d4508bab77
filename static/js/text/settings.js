/**
 * A run's settings in words: a path of the Config and its value as their controls show them.
 *
 * Not here: sentences in which they stand (server_messages.js, the chart's events), nor how numbers are written (format.js).
 */

import { formatSetting } from "./format.js";

/** @type {Record<string, [Registry, string]>} What is chosen on the bar, by its key: its list, and the message for it. */
const CHOICES = {
  neuron: ["neurons", "bar.neuron"],
  activation: ["activations", "bar.activation"],
  optimizer: ["optimizers", "bar.optimizer"],
};

/**
 * "config.layers[1].units" as "Layer 2, Units"; "line 7" of a table as such; a place that has no name as it is.
 *
 * @param {Language} language @param {Catalog} catalog @param {string} path
 */
export function placeOf(language, catalog, path) {
  const line = /^line (\d+)$/.exec(path)?.[1];
  if (line) return language.say("refused.line", { line });
  const bare = path.replace(/^(config|checkpoint)\.(config\.)?/, "");
  const layer = /^layers\[(\d+)\]/.exec(bare)?.[1];
  const end = labelOf(language, catalog, bare.replace(/\[\d+\]/g, ""));
  return layer ? language.say("refused.layer", { layer: Number(layer) + 1, place: end }) : end;
}

/** @param {Language} language @param {Catalog} catalog @param {string} path */
function labelOf(language, catalog, path) {
  const field = catalog.fields[path];
  if (field) return language.translate(`fields.${path}`, field.label);
  const name = path.split(".").at(-1) ?? "";
  const message = CHOICES[name]?.[1];
  if (message) return language.table[message] ?? path;
  const specs = [...catalog.optimizers, ...catalog.datasets, ...catalog.neurons, ...catalog.activations];
  const knob = specs.flatMap(({ knobs }) => knobs).find((each) => each.name === name);
  return knob ? language.translate(`knobs.${name}`, knob.label) : path;
}

/**
 * A setting's value: an optimiser by its name in the menu. "" for what has no such words.
 *
 * @param {Language} language @param {Catalog} catalog @param {string} path @param {Value | Choice | undefined} value
 */
export function sayValue(language, catalog, path, value) {
  if (typeof value === "number") return formatSetting(value);
  if (typeof value === "string") return language.word(value);
  const registry = CHOICES[path.split(".").at(-1) ?? ""]?.[0];
  if (!registry || typeof value !== "object" || Array.isArray(value)) return "";
  const label = catalog[registry].find(({ name }) => name === value.name)?.label ?? value.name;
  return language.translate(`${registry}.${value.name}`, label);
}
