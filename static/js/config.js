/**
 * A Config and the choices that make a new one of it. The server checks every Config; this file only builds them.
 *
 * Every function returns a fresh object and leaves its argument alone, so that the last good Config can be kept.
 */

import { chooseSpec, findField, findSpec } from "./catalog.js";

/** @import { Catalog, Choice, Config, LayerConfig, Task, Value } from "./types.d.ts" */

/** @typedef {number | "output" | "all"} Where a hidden layer's index, the output layer, or every hidden layer */

/**
 * Deeper networks repeat their last layer; the first layer of all is as the default run's.
 *
 * @param {Config} config @param {number} depth
 * @param {Config} fallback where a first layer is copied from
 * @returns {Config}
 */
export function withDepth(config, depth, fallback) {
  const layers = config.layers.slice(0, depth);
  const next = config.layers.at(-1) ?? fallback.layers[0];
  while (layers.length < depth) layers.push(structuredClone(next));
  return { ...config, layers };
}

/**
 * Some layers changed. With no hidden layer, "all" means the output layer: it is then the whole network.
 *
 * @param {Config} config @param {Where} where
 * @param {Partial<LayerConfig>} change of which the output layer has the neuron only
 * @returns {Config}
 */
export function withLayer(config, where, change) {
  if (where === "output" || (where === "all" && config.layers.length === 0)) {
    return { ...config, output: { neuron: change.neuron ?? config.output.neuron } };
  }
  const reached = (/** @type {number} */ index) => where === "all" || where === index;
  return { ...config, layers: config.layers.map((old, index) => (reached(index) ? { ...old, ...change } : old)) };
}

/**
 * Another dataset, with its own knobs at their defaults and the fields that all datasets share left as they were.
 *
 * @param {Config} config @param {string} name @param {Catalog} catalog @returns {Config}
 */
export function withDataset(config, name, catalog) {
  const shared = Object.keys(catalog.fields)
    .filter((path) => path.startsWith("data."))
    .map((path) => path.slice("data.".length))
    .filter((field) => field in config.data);
  const kept = Object.fromEntries(shared.map((field) => [field, config.data[field]]));
  const spec = findSpec(catalog, "datasets", name);
  const data = /** @type {Config["data"]} */ ({ ...chooseSpec(spec), ...kept });
  return { ...config, data, loss: fittingLoss(config, spec.task, catalog) };
}

/** @param {Catalog} catalog @param {Task} task */
export function lossesFor(catalog, task) {
  return catalog.losses.filter((loss) => loss.tasks.includes(task));
}

/**
 * The field at a dotted path, such as "data.noise" or "optimizer.learning_rate".
 *
 * @param {Config} config @param {string} path @returns {Value}
 */
export function valueAt(config, path) {
  const value = path.split(".").reduce((/** @type {any} */ node, key) => node?.[key], config);
  if (value === undefined) throw new Error(`this config has no "${path}"`);
  return value;
}

/** @param {Config} config @param {string} path @param {Value | Choice} value @returns {Config} */
export function withValue(config, path, value) {
  const [key, ...rest] = path.split(".");
  const record = /** @type {Record<string, any>} */ (config);
  if (!(key in record) && rest.length > 0) throw new Error(`this config has no "${key}"`);
  const next = rest.length === 0 ? value : withValue(record[key], rest.join("."), value);
  return /** @type {Config} */ ({ ...record, [key]: next });
}

/**
 * What every hidden layer has in common, or null where they differ. Without hidden layers, the output's own.
 *
 * @param {Config} config @param {"neuron" | "activation"} part @returns {Choice | null}
 */
export function commonChoice(config, part) {
  const choices = config.layers.map((layer) => layer[part]);
  if (choices.length === 0) return part === "neuron" ? config.output.neuron : null;
  return choices.every((choice) => choice.name === choices[0].name) ? choices[0] : null;
}

/** @typedef {"none" | "l1" | "l2"} Penalty */

/** @param {Config} config @returns {Penalty} */
export function penaltyOf(config) {
  if (config.l1 > 0) return "l1";
  return config.l2 > 0 ? "l2" : "none";
}

/**
 * The smallest rate that a penalty can be set to when it is first chosen: a hundredth of what the catalog allows at
 * most, but never over 0.001, where a spiral still trains.
 *
 * @param {Catalog} catalog @param {"l1" | "l2"} penalty
 */
export function firstRate(catalog, penalty) {
  return Math.min(0.001, (findField(catalog, penalty).high ?? 1) / 100);
}

/**
 * The loss stays while the task does. For another task it is the default run's, or the first that can measure it.
 *
 * @param {Config} config @param {Task} task @param {Catalog} catalog
 */
function fittingLoss(config, task, catalog) {
  if (findSpec(catalog, "datasets", config.data.name).task === task) return config.loss;
  const fitting = lossesFor(catalog, task);
  const usual = catalog.default.loss;
  return fitting.some((loss) => loss.name === usual.name) ? usual : chooseSpec(fitting[0]);
}
