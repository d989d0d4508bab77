/**
 * Runs beside each other: what this one and the one before say together, and what is noted of a run that is pinned. Pure.
 *
 * Every number is of the histories that the page was sent; beyond epoch 256 those are not of every epoch
 * (docs/decisions/0003-history-at-fixed-epochs.md). Not here: which run is the one before (past.js).
 */

import { formatCount, formatLoss, formatPercent, formatSetting } from "../text/format.js";
import { findField } from "./catalog.js";
import { commonChoice, valueAt } from "./config.js";

/** More than these would make a sentence that nobody reads. */
const MOST_DIFFERENCES = 3;
/** Sooner, an answer to who is ahead would tell of the first weights. */
const LEAST_EPOCHS = 10;

/** @typedef {Pick<Page, "catalog" | "language" | "options">} Words */

/**
 * The first epoch on record at whose end so many points of training and of testing were answered rightly, which is when
 * `until=solved` would have stopped it; null for none.
 *
 * @param {readonly Row[]} history @param {number} share @returns {number | null}
 */
export function solvedAt(history, share) {
  return history.find(([, , , train, test]) => train >= share && test >= share)?.[0] ?? null;
}

/** The largest share of test points that was answered rightly; null where there is none. @param {readonly Row[]} history */
export function bestOf(history) {
  const shares = history.map((row) => row[4]).filter(Number.isFinite);
  return shares.length > 0 ? Math.max(...shares) : null;
}

/**
 * What the two runs say beside each other, or null: they are alike, or it is too early to tell.
 *
 * @param {Words} words @param {Pick<State, "config" | "history" | "parameters" | "drifted" | "past" | "playing">} state
 * @returns {Said | null}
 */
export function compareRuns(words, { config, history, parameters, drifted, past, playing }) {
  const now = { config, history, parameters, drifted };
  const last = history.at(-1);
  const [name, before] = past ? namesOf(words, now, past) : ["", ""];
  if (!past || !last || last[0] < 1 || name === before) return null;
  const share = words.catalog.solved_share;
  const [solved, solvedBefore] = [solvedAt(history, share), solvedAt(past.history, share)];
  const lastBefore = /** @type {Row} */ (past.history.at(-1));
  const ended = { now: name, epoch: last[0], past: before, past_epoch: lastBefore[0] };
  const told = (/** @type {string} */ key, values = {}) => ({
    ...{ key: `runs.${key}`, values: { ...ended, ...values }, message: "", remedies: [] },
  });
  if (solved !== null) {
    const key = solvedBefore === null ? "only_now" : "both";
    return told(key, { epoch: solved, past_epoch: solvedBefore ?? lastBefore[0] });
  }
  if (playing || last[0] < LEAST_EPOCHS) return null;
  if (solvedBefore !== null) return told("only_past", { past_epoch: solvedBefore });
  if (Number.isFinite(last[4]) && Number.isFinite(lastBefore[4])) {
    return told("neither", { share: formatPercent(last[4]), past_share: formatPercent(lastBefore[4]) });
  }
  const measured = Number.isFinite(last[2]) && Number.isFinite(lastBefore[2]);
  if (!measured || JSON.stringify(config.loss) !== JSON.stringify(past.config.loss)) return null;
  return told("losses", { loss: formatLoss(last[2]), past_loss: formatLoss(lastBefore[2]) });
}

/**
 * What to call two runs: all by which they differ, as far as it fits, so that no difference is passed over in silence.
 *
 * @param {Words} words @param {Run} now @param {Run} past @returns {[string, string]}
 */
export function namesOf(words, now, past) {
  const differing = PARTS.map((part) => [part(words, now.config), part(words, past.config)]).filter(
    ([a, b]) => a !== b,
  );
  const kept = differing.slice(0, MOST_DIFFERENCES);
  const more = differing.length > kept.length ? ", …" : "";
  /** @type {(side: 0 | 1, run: Run) => string} */
  const name = (side, { drifted }) => {
    const text = kept.flatMap((pair) => pair[side] || []).join(", ") + more || words.language.say("runs.same");
    return drifted ? words.language.say("runs.drifted", { name: text }) : text;
  };
  return [name(0, now), name(1, past)];
}

/** What a run is called by, the most telling first. @type {((words: Words, config: Config) => string)[]} */
const PARTS = [
  (words, config) => neuronsOf(words, config),
  (words, config) => activationsOf(words, config),
  (words, config) => widthsOf(words, config),
  ({ language, options }, { output, layers }) =>
    layers.length > 0 ? language.say("runs.output", { name: labelled(options("neurons"), output.neuron) }) : "",
  ({ language, options }, { features }) =>
    language.say("runs.features", { names: features.map((name) => labelled(options("features"), { name })).join(" ") }),
  ({ options }, { loss }) => labelled(options("losses"), loss),
  ({ options }, { optimizer: { learning_rate, ...choice } }) => labelled(options("optimizers"), choice),
  ({ language }, { optimizer }) =>
    language.say("runs.rate", { rate: formatSetting(/** @type {number} */ (optimizer.learning_rate ?? 0)) }),
  ...["batch", "l1", "l2", "clip", "init", "shuffle", "prune", "seeds.run", "output.bias"].map(
    (path) => (/** @type {Words} */ words, /** @type {Config} */ config) => fieldOf(words, config, path),
  ),
  ...["norm", "dropout", "residual", "bias"].map(
    (field) => (/** @type {Words} */ words, /** @type {Config} */ config) => layersOf(words, config, field),
  ),
  // The type checker knows no setting that the page never names itself.
  ({ language }, config) => {
    const { schedule } = /** @type {{ schedule?: Choice }} */ (/** @type {unknown} */ (config));
    return schedule ? `${language.say("runs.schedule")} ${choiceText(schedule)}` : "";
  },
];

/** @param {Words} words @param {Config} config */
export function neuronsOf({ language, options }, config) {
  if (config.forest) return language.say("network.family_forest");
  const common = commonChoice(config, "neuron");
  const kinds = options("neurons");
  return common ? labelled(kinds, common) : config.layers.map(({ neuron }) => labelled(kinds, neuron)).join(" + ");
}

/** @param {Words} words @param {Config} config */
export function activationsOf({ options }, config) {
  if (config.forest) return "";
  const common = commonChoice(config, "activation");
  const kinds = options("activations");
  if (common) return labelled(kinds, common);
  return config.layers.map(({ activation }) => labelled(kinds, activation)).join(" + ");
}

/** @param {Words} words @param {Config} config */
export function widthsOf({ language }, { layers }) {
  return layers.length > 0 ? layers.map(({ units }) => units).join("–") : language.say("runs.no_layer");
}

/** @param {Words} words @param {Config} config @param {string} path */
function fieldOf({ catalog, language }, config, path) {
  if (!(path in catalog.fields)) return "";
  const name = language.translate(`fields.${path}`, findField(catalog, path).label);
  const value = valueAt(config, path);
  const texts = { number: () => formatSetting(value), boolean: () => language.say(value ? "runs.on" : "runs.off") };
  return `${name} ${texts[/** @type {"number"} */ (typeof value)]?.() ?? language.word(String(value))}`;
}

/** @param {Words} words @param {Config} config @param {string} field of each hidden layer */
function layersOf({ catalog, language }, { layers }, field) {
  const path = `layers.${field}`;
  if (!(path in catalog.fields)) return "";
  const name = language.translate(`fields.${path}`, findField(catalog, path).label);
  const texts = layers.map((layer) => {
    const value = layer[field];
    if (typeof value === "boolean") return language.say(value ? "runs.on" : "runs.off");
    return typeof value === "number" ? formatSetting(value) : language.word(String(value));
  });
  return `${name} ${texts.every((text) => text === texts[0]) ? (texts[0] ?? "") : texts.join(" ")}`;
}

/** An entry's name and the knobs that it was chosen with. @param {ReturnType<Page["options"]>} kinds @param {Choice} choice */
function labelled(kinds, choice) {
  const text = kinds.find(({ value }) => value === choice.name)?.text ?? choice.name;
  const knobs = Object.entries(choice).filter(([knob]) => knob !== "name");
  return knobs.length > 0 ? `${text} (${knobs.map(([, value]) => valueText(value)).join(", ")})` : text;
}

/** @param {any} choice */
function choiceText(choice) {
  return typeof choice === "string" ? choice : Object.values(choice).map(valueText).join(" ");
}

/** @param {any} value */
function valueText(value) {
  return typeof value === "number" ? formatSetting(value) : String(value);
}

/**
 * What is noted of a run that is pinned: names as the catalog has them, so that it can be read in either language.
 *
 * @param {State} state @param {string | null} link that replays it, or opens its settings; null for none
 * @param {number} share from which on a run counts as solved
 * @returns {PinnedRun}
 */
export function pinOf({ config, history, parameters, drifted, newest }, link, share) {
  const { data, features, layers, output } = config;
  const last = history.at(-1);
  return {
    link,
    drifted: drifted || (newest?.body.edits ?? 0) > 0,
    // Own points are in the link, if in any; here they would fill the storage.
    config: { ...config, data: { ...data, points: [] }, features, layers, output },
    parameters: newest?.body.nodes ?? parameters,
    epoch: last?.[0] ?? 0,
    solved: solvedAt(history, share),
    best: bestOf(history),
    loss: last && Number.isFinite(last[2]) ? last[2] : null,
  };
}

/** The pinned runs with one more; the same run further on takes its place. @param {PinnedRun[]} pins @param {PinnedRun} pin */
export function withPin(pins, pin) {
  const same = (/** @type {PinnedRun} */ other) =>
    !other.drifted && !pin.drifted && JSON.stringify(other.config) === JSON.stringify(pin.config);
  return [...pins.filter((other) => !same(other)), pin];
}

const COLUMNS = [
  ...["data", "neuron", "activation", "layers", "parameters", "epochs", "solved_at", "best_test_accuracy"],
  ...["test_loss", "changed_in_mid_run", "link"],
];

/**
 * The table as CSV, by the names of links and in English, as programs read it; what is not known is empty.
 *
 * @param {readonly PinnedRun[]} pins
 */
export function csvOf(pins) {
  const each = (/** @type {Choice[]} */ choices) => [...new Set(choices.map(({ name }) => name))].join("+");
  const rows = pins.map(({ config, parameters, epoch, solved, best, loss, drifted, link }) => [
    ...[
      config.data.name,
      config.forest
        ? "forest"
        : each(config.layers.length > 0 ? config.layers.map(({ neuron }) => neuron) : [config.output.neuron]),
    ],
    ...[
      config.forest ? "" : each(config.layers.map(({ activation }) => activation)),
      config.layers.map(({ units }) => units).join("-") || "0",
    ],
    ...[parameters, epoch, solved, best, loss, drifted, link],
  ]);
  return [COLUMNS, ...rows].map((row) => `${row.map(cellOf).join(",")}\r\n`).join("");
}

/** @param {string | number | boolean | null} value */
function cellOf(value) {
  const text = value === null ? "" : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** How a pinned run came out, for its cells. @param {PinnedRun} pin */
export function outcomeOf({ solved, best, loss }) {
  return {
    solved: solved === null ? "–" : formatCount(solved),
    best: best === null ? formatLoss(loss) : formatPercent(best),
  };
}
