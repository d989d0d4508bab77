/**
 * The race's bar: its clock, and what all lanes share: data, noise, learning rate, length, budget.
 */

import { chooseSpec, findField, findSpec } from "../model/catalog.js";
import { withDataset, withValue } from "../model/config.js";
import { formatCount } from "../text/format.js";
import { createClock } from "../widgets/clock.js";
import { createMenu, createSlider } from "../widgets/controls.js";
import { byTestId, find, on } from "../widgets/dom.js";
import { MOST_LANES } from "./actions.js";
import { epochOf } from "./state.js";

/** How far a race may go from this page; a link may name any other number. */
const LENGTHS = [50, 100, 200, 500, 1000];

/** @param {RacePage} page @returns {(state: RaceState) => void} */
export function createBar(page) {
  const settings = find(document, ".settings");
  const clock = createClock(page);
  const shows = [
    createData(page, settings),
    createNoise(page, settings),
    createRate(page, settings),
    createLength(page, settings),
    createBudget(page, settings),
    createAdd(page),
  ];
  return (state) => {
    clock({ ...state, epoch: epochOf(state) });
    for (const show of shows) show(state);
  };
}

/** @param {RacePage} page @param {HTMLElement} root @returns {(state: RaceState) => void} */
function createData({ actions, catalog, language, options }, root) {
  const naming = { label: language.say("data.choose"), testid: "datasets" };
  // Own points are drawn, or pasted, on the playground.
  const known = options("datasets").filter(({ value }) => value !== "own");
  const menu = createMenu(
    naming,
    known,
    (name) => actions.changeAll((config) => withDataset(config, name, catalog)),
    () => "…",
  );
  root.append(menu.element);
  return ({ lanes }) => {
    const name = lanes[0]?.config.data.name ?? "";
    menu.show(name === "own" ? null : name);
  };
}

/** @param {RacePage} page @param {HTMLElement} root @returns {(state: RaceState) => void} */
function createNoise({ actions, catalog, naming }, root) {
  const knob = findField(catalog, "data.noise");
  const slider = createSlider(naming("data.noise", "noise"), knob, (value) =>
    actions.changeAll((config) => withValue(config, "data.noise", value)),
  );
  root.append(slider.element);
  return ({ lanes }) => {
    if (lanes.length > 0) slider.show(lanes[0].config.data.noise);
  };
}

/** @param {RacePage} page @param {HTMLElement} root @returns {(state: RaceState) => void} */
function createRate({ actions, catalog, language }, root) {
  const usual = findSpec(catalog, "optimizers", /** @type {string} */ (chooseSpec(catalog.optimizers[0]).name));
  const knob = usual.knobs.find(({ name }) => name === "learning_rate");
  if (!knob) throw new Error("an optimiser has a learning rate");
  const named = { label: language.translate("knobs.learning_rate", knob.label), testid: "learning-rate" };
  const slider = createSlider(named, knob, (value) =>
    actions.changeAll((config) => withValue(config, "optimizer.learning_rate", value)),
  );
  root.append(slider.element);
  return ({ lanes }) => {
    if (lanes.length > 0) slider.show(Number(lanes[0].config.optimizer.learning_rate));
  };
}

/** @param {RacePage} page @param {HTMLElement} root @returns {(state: RaceState) => void} */
function createLength({ actions, language }, root) {
  const options = LENGTHS.map((count) => ({ value: String(count), text: formatCount(count) }));
  const naming = { label: language.say("race.length"), hint: language.say("race.length_hint"), testid: "length" };
  const menu = createMenu(
    naming,
    options,
    (value) => actions.change({ epochs: Number(value) }),
    (value) => formatCount(Number(value)),
  );
  root.append(menu.element);
  return ({ epochs }) => menu.show(String(epochs));
}

/** @param {RacePage} page @param {HTMLElement} root @returns {(state: RaceState) => void} */
function createBudget({ actions, language }, root) {
  const options = ["free", "parameters", "multiply_adds"].map((value) => ({
    value,
    text: language.say(`race.budget_${value}`),
  }));
  const naming = { label: language.say("race.budget"), hint: language.say("race.budget_hint"), testid: "budget" };
  const menu = createMenu(naming, options, (value) =>
    actions.equalise(value === "free" ? null : /** @type {Measure} */ (value)),
  );
  root.append(menu.element);
  return ({ budget }) => menu.show(budget?.measure ?? "free");
}

/** @param {RacePage} page @returns {(state: RaceState) => void} */
function createAdd({ actions }) {
  const button = byTestId("add-lane", HTMLButtonElement);
  on(button, "click", () => actions.add());
  return ({ lanes }) => {
    button.disabled = lanes.length >= MOST_LANES;
  };
}
