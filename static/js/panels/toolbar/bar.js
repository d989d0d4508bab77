/**
 * The bar: the clock, and the settings of the whole run.
 */

import { chooseSpec, findField, findSpec } from "../../model/catalog.js";
import { commonChoice, firstRate, penaltyOf, withLayer } from "../../model/config.js";
import { createClock } from "../../widgets/clock.js";
import { createMenu, createSlider } from "../../widgets/controls.js";
import { find } from "../../widgets/dom.js";
import { createFields, KnobRow } from "../../widgets/knobs.js";
import { createPickerButton } from "../../widgets/neuron_picker.js";
import { spill } from "../../widgets/spill.js";

/** @param {Page} page @returns {Panel} */
export function createBar(page) {
  const root = find(document, ".bar");
  const [neuron, training] = [".neuron-settings", ".training-settings"].map((one) => find(root, one));
  const clock = createClock(page);
  const shows = [
    createAllNeurons(page, neuron),
    createAllActivations(page, neuron),
    createOptimizer(page, training),
    createPenalty(page, training),
    createBatch(page, training),
  ];
  // In a frame, what is not shown by itself was asked for.
  if (!document.body.dataset.parts) spill(training, find(root, ".more > .drawer-panel"));
  return {
    needs: { status: ["config", "frame", "playing", "speed"] },
    show: (state) => {
      clock({ ...state, epoch: state.frame?.body.epoch ?? 0 });
      for (const show of shows) show(state);
    },
  };
}

/**
 * One button for all hidden layers; it says "mixed" where they differ.
 *
 * @param {Page} page @param {HTMLElement} root @returns {Show}
 */
function createAllNeurons(page, root) {
  const { actions, catalog, language, store } = page;
  const naming = { label: language.say("bar.neuron"), hint: language.hintOf("bar.neuron_hint"), testid: "neuron-all" };
  const choose = (/** @type {string} */ name) =>
    actions.open(withLayer(store.state.config, "all", { neuron: chooseSpec(findSpec(catalog, "neurons", name)) }));
  const button = createPickerButton(page, naming, "all", choose, language.say("bar.mixed"));
  root.append(button.element);
  return ({ config }) => button.show(commonChoice(config, "neuron"));
}

/**
 * One menu for all hidden layers; without any it shows what the first one would get.
 *
 * @param {Page} page @param {HTMLElement} root @returns {Show}
 */
function createAllActivations({ actions, catalog, language, store, options }, root) {
  const [label, hint] = [language.say("bar.activation"), language.hintOf("bar.activation_hint")];
  const choose = (/** @type {string} */ name) =>
    actions.open(
      withLayer(store.state.config, "all", { activation: chooseSpec(findSpec(catalog, "activations", name)) }),
    );
  const naming = { label, hint, testid: "activation-all" };
  const menu = createMenu(naming, options("activations"), choose, () => language.say("bar.mixed"));
  root.append(menu.element);
  return ({ config }) => {
    const real = config.layers.length > 0;
    menu.show((real ? commonChoice(config, "activation") : catalog.default.layers[0].activation)?.name ?? null);
    menu.enable(real);
  };
}

/** @param {Page} page @param {HTMLElement} root @returns {Show} */
function createOptimizer({ actions, catalog, language, options }, root) {
  const pick = (/** @type {string} */ name) => findSpec(catalog, "optimizers", name);
  const rate = new KnobRow(
    language,
    "",
    (knob, value) => actions.change(`optimizer.${knob}`, value),
    (knob) => knob === "learning_rate",
  );
  const menu = createMenu(
    { label: language.say("bar.optimizer"), testid: "optimizer" },
    options("optimizers"),
    (name) => actions.change("optimizer", chooseSpec(pick(name))),
  );
  root.append(rate.element, menu.element);
  return ({ config: { optimizer } }) => {
    menu.show(optimizer.name);
    rate.show(pick(optimizer.name), optimizer);
  };
}

/** @param {Page} page @param {HTMLElement} root @returns {Show} */
function createPenalty({ actions, catalog, language, store }, root) {
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
  const label = language.say("bar.rate");
  const naming = { label, spoken: `${language.say("bar.penalty")}: ${label}`, testid: "regularisation-rate" };
  // Without the 0 at its low end: sliding there would choose "none" under the hand.
  const knob = { ...findField(catalog, "l2"), low: firstRate(catalog, "l2") / 100 };
  const slider = createSlider(naming, knob, (rate) => setRates(penaltyOf(store.state.config), rate));
  root.append(menu.element, slider.element);
  return (state) => {
    menu.show(penaltyOf(state.config));
    slider.show(rateOf(state));
    slider.enable(rateOf(state) > 0);
  };
}

/** @param {Page} page @param {HTMLElement} root @returns {Show} */
function createBatch(page, root) {
  const fields = createFields(page, "", "", page.actions.set.bind(page.actions), (field) => field === "batch");
  root.append(fields.element);
  return ({ config }) => fields.show(() => config.batch);
}
