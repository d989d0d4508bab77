/**
 * The bar: play, step, reset, epoch and speed, and the settings of the whole run.
 */

import { chooseSpec, findField, findSpec } from "../catalog.js";
import { commonChoice, firstRate, lossesFor, penaltyOf, valueAt, withLayer, withValue } from "../config.js";
import { formatCount } from "../format.js";
import { createKnob, createMenu, createSlider } from "./controls.js";
import { find, setAttribute, setText } from "./elements.js";
import { KnobRow } from "./knobs.js";

/** @import { Page, State, Value } from "../types.d.ts" */

/** @import { Actions } from "../actions.js" */
/** @typedef {"neuron" | "activation"} Part */

/** The one knob of an optimiser that stands on the bar. */
const RATE = "learning_rate";

/** @param {Page} page @returns {(state: State) => void} */
export function createBar(page) {
  const root = find(document, ".bar", HTMLElement);
  const settings = find(root, ".settings", HTMLElement);
  const shows = [createRun(page, root), createSpeed(page, root)];
  for (const part of [
    allMenu(page, "neuron"),
    allMenu(page, "activation"),
    optimizerMenu(page),
    penaltyMenu(page),
    batch(page),
  ]) {
    settings.append(...part.elements);
    shows.push(part.show);
  }
  shows.push(createMore(page, root));
  return (state) => {
    for (const show of shows) show(state);
  };
}

/** @param {Page} page @param {HTMLElement} root */
function createRun({ actions, language }, root) {
  const play = find(root, "[data-testid=play]", HTMLButtonElement);
  const epoch = find(root, "[data-testid=epoch]", HTMLElement);
  play.addEventListener("click", () => actions.toggle());
  find(root, "[data-testid=step]", HTMLButtonElement).addEventListener("click", () => actions.step());
  find(root, "[data-testid=reset]", HTMLButtonElement).addEventListener("click", () => actions.reset());
  return (/** @type {State} */ state) => {
    setAttribute(play, "aria-label", language.say(state.playing ? "bar.pause" : "bar.play"));
    play.classList.toggle("playing", state.playing);
    setText(epoch, formatCount(state.frame?.body.epoch ?? 0, language.tag));
  };
}

/** @param {Page} page @param {HTMLElement} root */
function createSpeed({ actions, catalog, language }, root) {
  const options = catalog.speeds.map((rate) => ({
    value: String(rate),
    text: rate === null ? language.say("bar.speed_full") : language.say("bar.speed_rate", { rate }),
  }));
  const naming = { label: language.say("bar.speed"), hint: language.say("bar.speed_hint"), testid: "speed" };
  const menu = createMenu(naming, options, (value) => actions.speed(value === "null" ? null : Number(value)));
  find(root, ".run", HTMLElement).append(menu.element);
  return (/** @type {State} */ state) => menu.show(String(state.speed));
}

/**
 * One menu for all hidden layers; it says "mixed" where they differ.
 *
 * @param {Page} page @param {Part} part
 */
function allMenu({ actions, catalog, language, store, options }, part) {
  const registry = /** @type {const} */ ({ neuron: "neurons", activation: "activations" })[part];
  const naming = { label: language.say(`bar.${part}`), hint: language.say(`bar.${part}_hint`), testid: `${part}-all` };
  const choose = (/** @type {string} */ name) =>
    actions.open(withLayer(store.state.config, "all", { [part]: chooseSpec(findSpec(catalog, registry, name)) }));
  const menu = createMenu(naming, options(registry), choose, language.say("bar.mixed"));
  return {
    elements: [menu.element],
    show: (/** @type {State} */ { config }) => {
      const real = part === "neuron" || config.layers.length > 0;
      // Without a hidden layer: what the first one would get.
      const choice = real ? commonChoice(config, part) : catalog.default.layers[0].activation;
      menu.show(choice?.name ?? null);
      menu.enable(real);
    },
  };
}

/** @param {Page} page */
function optimizerMenu({ actions, catalog, language, options }) {
  const pick = (/** @type {string} */ name) => findSpec(catalog, "optimizers", name);
  const rate = new KnobRow(language, "", turnOptimizer(actions), (knob) => knob === RATE);
  const menu = createMenu(
    { label: language.say("bar.optimizer"), testid: "optimizer" },
    options("optimizers"),
    (name) => actions.change("optimizer", chooseSpec(pick(name))),
  );
  const show = (/** @type {State} */ { config: { optimizer } }) => {
    menu.show(optimizer.name);
    rate.show(pick(optimizer.name), optimizer);
  };
  return { elements: [rate.element, menu.element], show };
}

/** @param {Actions} actions @returns {(knob: string, value: Value) => void} */
function turnOptimizer(actions) {
  return (knob, value) => actions.change(`optimizer.${knob}`, value);
}

/** @param {Page} page */
function penaltyMenu({ actions, catalog, language, store }) {
  const kinds = /** @type {const} */ (["l1", "l2"]);
  const options = [
    { value: "none", text: language.say("bar.penalty_none") },
    ...kinds.map((kind) => ({ value: kind, text: findField(catalog, kind).label })),
  ];
  const setRates = (/** @type {string} */ chosen, /** @type {number} */ rate) => {
    for (const kind of kinds) {
      const next = kind === chosen ? rate : 0;
      if (store.state.config[kind] !== next) actions.change(kind, next);
    }
  };
  const rateOf = (/** @type {State} */ { config }) => config.l1 || config.l2;
  const menu = createMenu({ label: language.say("bar.penalty"), testid: "regularisation" }, options, (chosen) => {
    if (chosen === "l1" || chosen === "l2") setRates(chosen, rateOf(store.state) || firstRate(catalog, chosen));
    else setRates("none", 0);
  });
  const naming = { label: language.say("bar.rate"), testid: "regularisation-rate" };
  // Without the 0 at its low end: sliding there would choose "none" under the hand.
  const knob = { ...findField(catalog, "l2"), low: firstRate(catalog, "l2") / 100 };
  const slider = createSlider(naming, knob, (rate) => setRates(penaltyOf(store.state.config), rate));
  const show = (/** @type {State} */ state) => {
    menu.show(penaltyOf(state.config));
    slider.show(rateOf(state));
    slider.enable(rateOf(state) > 0);
  };
  return { elements: [menu.element, slider.element], show };
}

/** @param {Page} page */
function batch({ actions, catalog, naming }) {
  const slider = createSlider(naming("batch", "batch"), findField(catalog, "batch"), (value) =>
    actions.change("batch", value),
  );
  return { elements: [slider.element], show: (/** @type {State} */ state) => slider.show(state.config.batch) };
}

/**
 * What is rarely needed, one click away: the loss, the optimiser's other knobs, the seeds.
 *
 * @param {Page} page @param {HTMLElement} root
 */
function createMore({ actions, catalog, language, store, options, naming }, root) {
  const more = find(root, ".more", HTMLDetailsElement);
  const panel = find(more, ".drawer-panel", HTMLElement);
  const loss = createMenu({ label: language.say("more.loss"), testid: "loss" }, options("losses"), (name) =>
    actions.open({ ...store.state.config, loss: chooseSpec(findSpec(catalog, "losses", name)) }),
  );
  const knobs = new KnobRow(language, "optimizer-", turnOptimizer(actions), (knob) => knob !== RATE);
  const seeds = ["seeds.data", "seeds.run"].map((path) => ({
    path,
    control: createKnob(naming(path, path.replace(".", "-")), findField(catalog, path), (value) =>
      actions.open(withValue(store.state.config, path, value)),
    ),
  }));
  panel.append(loss.element, knobs.element, ...seeds.map(({ control }) => control.element));
  return (/** @type {State} */ { config }) => {
    loss.show(config.loss.name);
    const task = findSpec(catalog, "datasets", config.data.name).task;
    const fitting = lossesFor(catalog, task).map(({ name }) => name);
    for (const option of panel.querySelectorAll("[data-testid=loss] option")) {
      if (option instanceof HTMLOptionElement) option.disabled = !fitting.includes(option.value);
    }
    knobs.show(findSpec(catalog, "optimizers", config.optimizer.name), config.optimizer);
    for (const { path, control } of seeds) control.show(valueAt(config, path));
  };
}
