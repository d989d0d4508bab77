/**
 * What the server offers: every entry, range and default, fetched once from api/menus, in the language of the page.
 *
 * The page writes no name, label or range of its own; it asks here. An unknown name is an error that lists the known
 * ones. What the reader has chosen of all this is a Config, see config.js.
 */

import { clamp, logSteps, nearestIndex } from "../draw/scale.js";

/** @param {string} address @param {typeof fetch} get @returns {Promise<Catalog>} */
export async function loadCatalog(address, get) {
  const catalog = await loadJson(address, get);
  /** @type {Spec[]} */
  const specs = Object.values(catalog)
    .flat()
    .filter((each) => each?.knobs);
  for (const each of specs.flatMap((spec) => [spec, ...spec.knobs])) complete(each, each.name);
  for (const path in catalog.fields) complete(catalog.fields[path], /** @type {string} */ (path.split(".").at(-1)));
  return catalog;
}

/** What goes without saying: a label that is the name, and a field's name. @param {Spec | Knob} each @param {string} name */
function complete(each, name) {
  each.name = name;
  each.label ??= name[0].toUpperCase() + name.slice(1).replaceAll("_", " ");
}

/**
 * How many parameters layers of these widths (the inputs first) would have, for every kind of neuron by name.
 *
 * @param {string} address @param {typeof fetch} get
 * @param {readonly number[]} widths
 * @param {Choice | null} chosen the kind that is counted with its own knobs
 * @param {readonly boolean[]} biases whether each layer has them
 * @returns {Promise<Record<string, number>>}
 */
export function loadCounts(address, get, widths, chosen, biases) {
  const query = new URLSearchParams({ widths: widths.join() });
  if (chosen) query.set("neuron", JSON.stringify(chosen));
  if (biases.includes(false)) query.set("bias", biases.map((bias) => (bias ? "on" : "off")).join());
  return loadJson(`${address}?${query}`, get);
}

/**
 * What a typical unit of each kind of neuron looks like, by name.
 *
 * @param {string} address @param {typeof fetch} get
 * @returns {Promise<Record<string, Portrait>>}
 */
export function loadPortraits(address, get) {
  return loadJson(address, get);
}

/**
 * What fills in the formulas that the catalog does not begin with: once, and again where they could not be had.
 *
 * @param {Pick<Catalog, "neurons">} catalog @param {string} address @param {typeof fetch} get
 */
export function formulaLoader({ neurons }, address, get) {
  /** @type {Promise<void> | null} */
  let coming = null;
  const load = async () => {
    try {
      /** @type {Record<string, Pick<Spec, "formula_mathml" | "formula_without_bias_mathml">>} */
      const formulas = await loadJson(address, get);
      for (const spec of neurons) Object.assign(spec, formulas[spec.name]);
    } catch (problem) {
      coming = null;
      throw problem;
    }
  };
  return () => {
    coming ??= load();
    return coming;
  };
}

/** @param {string} address @param {typeof fetch} get @returns {Promise<any>} rejects with the status where it is refused */
export async function loadJson(address, get) {
  // Without headers of its own, it is the request that the page's head has sent ahead.
  const response = await get(address);
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  return response.json();
}

/**
 * @template {Registry} R
 * @param {Catalog} catalog
 * @param {R} registry
 * @param {string} name
 * @returns {Catalog[R][number]}
 */
export function findSpec(catalog, registry, name) {
  const spec = catalog[registry].find((entry) => entry.name === name);
  if (!spec) {
    throw new Error(`no "${name}" among the ${registry}: ${catalog[registry].map((entry) => entry.name).join(", ")}`);
  }
  return spec;
}

/**
 * The range of a field of the Config, such as "data.noise".
 *
 * @param {Catalog} catalog @param {string} path
 */
export function findField(catalog, path) {
  const knob = catalog.fields[path];
  if (!knob) throw new Error(`no field "${path}": ${Object.keys(catalog.fields).join(", ")}`);
  return knob;
}

/**
 * Whether a layer, hidden or the output, has anything to do without if its biases are switched off.
 *
 * @param {Catalog} catalog @param {{ neuron: Choice, norm?: unknown }} layer
 */
export function mayHaveBias(catalog, { neuron, norm = "none" }) {
  return norm !== "none" || findSpec(catalog, "neurons", neuron.name).has_bias === true;
}

/**
 * A kind's formula with its biases or without them, where it is known already.
 *
 * @param {Spec} spec of a neuron @param {boolean} bias
 */
export function formulaFor(spec, bias) {
  return bias || !spec.has_bias ? spec.formula_mathml : spec.formula_without_bias_mathml;
}

/**
 * The registry that a Config's choice is made from, as "losses" for "loss"; none for anything else.
 *
 * @param {Catalog} catalog @param {string} key
 */
export function registryOf(catalog, key) {
  return /** @type {Registry | undefined} */ ([`${key}s`, `${key}es`].find((name) => name in catalog));
}

/**
 * An entry with its knobs as a Config writes it: the name, and each knob's default beside it.
 *
 * @param {Spec} spec @returns {Choice}
 */
export function chooseSpec(spec) {
  return { name: spec.name, ...Object.fromEntries(spec.knobs.map((knob) => [knob.name, knob.default])) };
}

/**
 * Linear knobs slide along their own values. Logarithmic ones slide along round stops (1, 2, 3, 5, 10 ...), with a 0
 * in front where the range begins there; a value between two stops is shown at the nearer one.
 *
 * @param {Knob} knob of kind "float" or "int"
 * @returns {Track}
 */
export function trackOf(knob) {
  const low = knob.low ?? 0;
  const high = knob.high ?? Math.max(1, Number(knob.default) * 10);
  if (knob.scale === "log") return stopTrack(knob, low, high);
  const step = knob.step ?? (knob.kind === "int" ? 1 : (high - low) / 100);
  const positionOf = (/** @type {number} */ value) => clamp(low, high, value);
  return { low, high, step, valueAt: (position) => position, positionOf };
}

/** @param {Knob} knob @param {number} low @param {number} high @returns {Track} */
function stopTrack(knob, low, high) {
  const first = low > 0 ? low : (knob.step ?? (knob.kind === "int" ? 1 : high * 1e-6));
  const rounded = logSteps(first, high).map((value) => (knob.kind === "int" ? Math.round(value) : value));
  const stops = low > 0 ? rounded : [low, ...rounded];
  const positionOf = (/** @type {number} */ value) => nearestIndex(stops, value);
  return { low: 0, high: stops.length - 1, step: 1, valueAt: (position) => stops[position], positionOf };
}
