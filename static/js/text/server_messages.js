/**
 * What the server says, in the reader's language: its key names a message, its values fill it in, its path is the place.
 *
 * The server's own English stands where this page has no such message, as an older page beside a newer server. Not here:
 * what it means (model/state.js), nor where it is shown.
 */

import { formatCount, formatSetting } from "./format.js";

/**
 * @param {Pick<Page, "language" | "catalog">} page
 * @param {Said} said
 */
export function sayServer({ language, catalog }, { key, values, message, path = "", known = [] }) {
  if (language.table[key] === undefined) return message;
  const words = Object.entries(values).map(([name, value]) => [name, wordOf(language, value)]);
  const sentence = language.say(key, { known: known.join(", "), ...Object.fromEntries(words) });
  const place = key.startsWith("refused.") ? placeOf(language, catalog, path) : "";
  return place ? language.say("refused.at", { place, sentence }) : sentence;
}

/** @param {Language} language @param {string | number} value */
function wordOf(language, value) {
  if (typeof value === "number") return Number.isInteger(value) ? formatCount(value) : formatSetting(value);
  return language.table[`refused.word.${value}`] ?? value;
}

/**
 * "config.layers[1].units" as "Layer 2, Units"; "line 7" of a table as such; a place that has no name as it is.
 *
 * @param {Language} language @param {Catalog} catalog @param {string} path
 */
function placeOf(language, catalog, path) {
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
  const specs = [...catalog.optimizers, ...catalog.datasets, ...catalog.neurons, ...catalog.activations];
  const knob = specs.flatMap(({ knobs }) => knobs).find((each) => each.name === name);
  return knob ? language.translate(`knobs.${name}`, knob.label) : path;
}
