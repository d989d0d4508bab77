/**
 * A Config and the choices that make a new one of it. The server checks every Config; this file only builds them.
 *
 * Every function returns a fresh object and leaves its argument alone, so that the last good Config can be kept.
 */

import { chooseSpec, findField, findSpec } from "./catalog.js";

/** What moves points, or their labels, by chance. */
const STRAYING = ["noise", "label_noise"];

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
 * @param {Record<string, any>} change of which the output layer has the neuron and the bias only
 * @returns {Config}
 */
export function withLayer(config, where, change) {
  if (where === "output" || (where === "all" && config.layers.length === 0)) {
    const { neuron, bias } = { ...config.output, ...change };
    return { ...config, output: { neuron, bias } };
  }
  const layers = config.layers.map((old, index) => (where === "all" || where === index ? { ...old, ...change } : old));
  return { ...config, layers };
}

/**
 * What stands before some layers and in each of them: the inputs, then the units of each.
 *
 * @param {Config} config @param {Where} where
 * @param {number} outputs units of the output layer
 */
export function widthsAt({ features, layers }, where, outputs) {
  const widths = [features.length, ...layers.map(({ units }) => units), outputs];
  if (where === "all") return layers.length > 0 ? widths.slice(0, -1) : widths;
  return where === "output" ? widths.slice(-2) : widths.slice(where, where + 2);
}

/**
 * Whether each of these layers has biases: as many as `widthsAt` has, but for the first.
 *
 * @param {Config} config @param {Where} where
 */
export function biasesAt({ layers, output }, where) {
  if (where === "output" || (where === "all" && layers.length === 0)) return [output.bias];
  return (where === "all" ? layers : [layers[where]]).map(({ bias }) => bias);
}

/**
 * A dataset's own `task` knob wins: the reader's own points can be of either kind.
 *
 * @param {Config} config @param {Catalog} catalog
 */
export function taskOf({ data }, catalog) {
  return /** @type {Task} */ (data.task ?? findSpec(catalog, "datasets", data.name).task);
}

/**
 * Whether a dataset brings its points along: their number is then no choice.
 *
 * @param {Spec} spec
 */
export function bringsPoints({ knobs }) {
  return knobs.some(({ kind }) => kind === "points");
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
  // What is drawn stays where it was put.
  if (bringsPoints(findSpec(catalog, "datasets", name)))
    for (const field of STRAYING) if (field in kept) kept[field] = 0;
  if (bringsPoints(findSpec(catalog, "datasets", config.data.name))) kept.count = catalog.default.data.count;
  return withData(config, { ...chooseSpec(findSpec(catalog, "datasets", name)), ...kept }, catalog);
}

/**
 * Points of the reader's own, by the knobs of their dataset.
 *
 * @param {Config} config @param {{ points: Point[], task: Value, names?: string[] }} knobs @param {Catalog} catalog
 */
export function withOwn(config, knobs, catalog) {
  const { data } = config.data.name === "own" ? config : withDataset(config, "own", catalog);
  return withData(config, { ...data, names: [], ...knobs, count: knobs.points.length }, catalog);
}

/**
 * The loss stays while the task does. For another task it is the default run's, or the first that can measure it.
 *
 * @param {Config} config @param {Choice} data @param {Catalog} catalog @returns {Config}
 */
export function withData(config, data, catalog) {
  const next = { ...config, data: /** @type {Config["data"]} */ (data) };
  const task = taskOf(next, catalog);
  if (taskOf(config, catalog) === task) return next;
  const fitting = lossesFor(catalog, task);
  const usual = catalog.default.loss;
  return { ...next, loss: fitting.some(({ name }) => name === usual.name) ? usual : chooseSpec(fitting[0]) };
}

/** @param {Catalog} catalog @param {Task} task */
export function lossesFor(catalog, task) {
  return catalog.losses.filter((loss) => loss.tasks.includes(task));
}

/**
 * The field at a dotted path, such as "data.noise" or "optimizer.learning_rate".
 *
 * @param {Config} config @param {string} path @returns {any}
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
 * @param {Config} config @param {"neuron" | "activation"} field @returns {Choice | null}
 */
export function commonChoice(config, field) {
  const choices = config.layers.map((layer) => layer[field]);
  if (choices.length === 0) return field === "neuron" ? config.output.neuron : null;
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
