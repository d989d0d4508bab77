/**
 * The atlas read: which cell answers a question, and what the reader has chosen to look at. Pure.
 *
 * Not here: how it is shown (grid.js, chart.js), nor what a row of the study is (app/atlas/table.py).
 */

/** Kinds that the chart shows at a time: as many as there are colours. */
export const MOST_KINDS = 6;

/** @param {any} served @returns {Atlas} with each cell's values by their names */
export function readAtlas(served) {
  const { columns, cells, ...facts } = served;
  const named = cells.map((/** @type {any[]} */ values) => {
    const cell = Object.fromEntries(
      columns.map((/** @type {string} */ name, /** @type {number} */ at) => [name, values[at]]),
    );
    const { data, activation, neuron } = cell;
    return {
      ...cell,
      data: facts.data[data],
      activation: facts.activations[activation],
      neuron: facts.neurons[neuron],
    };
  });
  return { ...facts, cells: named };
}

/**
 * The networks of one kind on one dataset, from the smallest.
 *
 * @param {Atlas} atlas @param {Pick<AtlasChoice, "activation">} choice @param {string} neuron @param {string} data
 */
export function networksOf({ cells }, { activation }, neuron, data) {
  return cells
    .filter((cell) => cell.data === data && cell.neuron === neuron && cell.activation === activation)
    .sort((a, b) => a.parameters - b.parameters);
}

/**
 * The smallest network that surely solves it; null where none does. `least`: none smaller was tried.
 *
 * @param {Atlas} atlas @param {Pick<AtlasChoice, "activation">} choice @param {string} neuron @param {string} data
 * @returns {{ cell: AtlasCell, least: boolean } | null}
 */
export function fewest(atlas, choice, neuron, data) {
  const tried = networksOf(atlas, choice, neuron, data);
  const cell = tried.find(({ solved }) => solved >= atlas.surely);
  return cell ? { cell, least: cell === tried[0] } : null;
}

/**
 * What stands in the table's field: the cell that it opens, or null.
 *
 * @param {Atlas} atlas @param {AtlasChoice} choice @param {string} neuron @param {string} data
 */
export function fieldOf(atlas, choice, neuron, data) {
  if (choice.show === "fewest") return fewest(atlas, choice, neuron, data)?.cell ?? null;
  return networksOf(atlas, choice, neuron, data).find(({ network }) => network === choice.network) ?? null;
}

/**
 * The forest that stands for all of them: the smallest that surely solves it, or of all tried the largest.
 *
 * @param {Atlas} atlas @param {Pick<AtlasChoice, "show">} choice @param {string} data
 * @returns {{ cell: ForestCell, least: boolean } | null}
 */
export function forestOf({ forests, surely }, { show }, data) {
  const tried = forests.cells.filter((cell) => cell.data === data).sort((a, b) => a.forest - b.forest);
  const cell = show === "solved" ? tried.at(-1) : tried.find(({ solved }) => solved >= surely);
  return cell ? { cell, least: cell === tried[0] } : null;
}

/**
 * Who surely solves it with the fewest parameters: all that need equally few; none where nobody does.
 *
 * @param {Atlas} atlas @param {Pick<AtlasChoice, "activation">} choice @param {string} data
 */
export function winners(atlas, choice, data) {
  const found = atlas.neurons.flatMap((neuron) => fewest(atlas, choice, neuron, data)?.cell ?? []);
  const least = Math.min(...found.map(({ parameters }) => parameters));
  return found.filter(({ parameters }) => parameters === least);
}

/**
 * For whom the smallest network tried is enough: which of them needs least, nobody knows.
 *
 * @param {Atlas} atlas @param {Pick<AtlasChoice, "activation">} choice @param {string} data
 */
export function easyFor(atlas, choice, data) {
  return atlas.neurons.flatMap((neuron) => {
    const found = fewest(atlas, choice, neuron, data);
    return found?.least ? found.cell : [];
  });
}

/**
 * Whom the chart compares where the reader has not said: the plain kind, and those that need the fewest parameters.
 *
 * @param {Atlas} atlas @param {Pick<AtlasChoice, "activation">} choice @param {string} data
 */
export function usualKinds(atlas, choice, data) {
  const sizes = atlas.neurons
    .filter((neuron) => neuron !== atlas.plain)
    .map((neuron) => ({ neuron, size: fewest(atlas, choice, neuron, data)?.cell.parameters ?? Infinity }));
  const best = sizes.sort((a, b) => a.size - b.size).slice(0, 3);
  return [atlas.plain, ...best.map(({ neuron }) => neuron)];
}

/**
 * With one kind more in the chart, or without it; the one that came first makes room where all colours are taken.
 *
 * @param {string[]} kinds @param {string} kind
 */
export function toggled(kinds, kind) {
  if (kinds.includes(kind)) return kinds.filter((one) => one !== kind);
  return [...kinds, kind].slice(-MOST_KINDS);
}

/** What may be in the address besides `data`, `activation`, `network` and `kinds`; the usual stands first. */
const CHOICES = {
  show: /** @type {const} */ (["fewest", "solved"]),
  opens: /** @type {const} */ (["race", "run"]),
  value: /** @type {const} */ (["accuracy", "solved"]),
  across: /** @type {const} */ (["parameters", "multiply_adds"]),
};

/**
 * What an address says; what it leaves out, or says of what is not there, is the usual.
 *
 * @param {Atlas} atlas @param {string} search @returns {AtlasChoice}
 */
export function readChoice(atlas, search) {
  const query = new URLSearchParams(search);
  const pick = (/** @type {string} */ key, /** @type {readonly string[]} */ known) =>
    known.find((one) => one === query.get(key)) ?? known[0];
  const [layers, budget] = (query.get("network") ?? "").split(":").map(Number);
  const network = atlas.networks.findIndex((one) => one.layers === layers && one.budget === budget);
  const activation = pick("activation", atlas.activations);
  const data = pick("data", atlas.data);
  const kinds = (query.get("kinds") ?? "").split(",").filter((kind) => atlas.neurons.includes(kind));
  const chosen = Object.fromEntries(Object.entries(CHOICES).map(([key, known]) => [key, pick(key, known)]));
  return /** @type {AtlasChoice} */ ({
    ...chosen,
    activation,
    data,
    network: network < 0 ? usualNetwork(atlas) : network,
    kinds: kinds.length > 0 ? kinds.slice(0, MOST_KINDS) : usualKinds(atlas, { activation }, data),
  });
}

/**
 * The first thing in an address that is not there, which `readChoice` leaves out; null where all of it is.
 *
 * @param {Atlas} atlas @param {string} search @returns {{ key: string, value: string } | null}
 */
export function unknownIn(atlas, search) {
  const query = new URLSearchParams(search);
  const known = {
    ...CHOICES,
    activation: atlas.activations,
    data: atlas.data,
    network: atlas.networks.map(({ layers, budget }) => `${layers}:${budget}`),
    kinds: atlas.neurons,
  };
  for (const [key, names] of Object.entries(known)) {
    const said = query.get(key) ?? "";
    const values = key === "kinds" ? said.split(",") : [said];
    const value = values.find((one) => one && !(/** @type {readonly string[]} */ (names).includes(one)));
    if (value) return { key, value: value.slice(0, 40) };
  }
  return null;
}

/**
 * The query with the choice in it, the usual left out; what else stands there stays.
 *
 * @param {Atlas} atlas @param {AtlasChoice} choice @param {string} search
 */
export function writeChoice(atlas, choice, search) {
  const query = new URLSearchParams(search);
  const usual = readChoice(atlas, `?data=${choice.data}&activation=${choice.activation}`);
  const { layers, budget } = atlas.networks[choice.network];
  const said = /** @type {const} */ ([
    ...Object.keys(CHOICES).map((key) => [
      key,
      choice[/** @type {"show"} */ (key)],
      usual[/** @type {"show"} */ (key)],
    ]),
    ["activation", choice.activation, atlas.activations[0]],
    ["data", choice.data, atlas.data[0]],
    ["network", choice.network === usual.network ? "" : `${layers}:${budget}`, ""],
    ["kinds", choice.kinds.join(","), usual.kinds.join(",")],
  ]);
  for (const [key, value, left] of said) {
    if (value === left) query.delete(key);
    else query.set(key, value);
  }
  const text = query.toString().replaceAll("%3A", ":").replaceAll("%2C", ",");
  return text ? `?${text}` : "";
}

/** The middle one of them. @param {Atlas} atlas */
function usualNetwork({ networks }) {
  return Math.floor((networks.length - 1) / 2);
}
