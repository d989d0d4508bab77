/**
 * What is changed more rarely of what all lanes share: the optimiser and its numbers, the batch, the points' seed, and
 * from which share of right test points on a run counts as solved.
 */

import { chooseSpec, findField, findSpec } from "../model/catalog.js";
import { valueAt, withValue } from "../model/config.js";
import { createMenu, createSlider } from "../widgets/controls.js";
import { createFields, KnobRow } from "../widgets/knobs.js";

const FIELDS = ["batch", "data.count", "data.label_noise", "data.train_share", "seeds.data"];

/** Lower, and guessing would be enough. */
const LOWEST_BAR = 0.5;

/** @param {RacePage} page @returns {(state: RaceState) => void} */
export function createSettings(page) {
  const panel = document.querySelector(".race-more > .drawer-panel");
  // A frame has none.
  if (!panel) return () => {};
  const { actions, catalog, language, options } = page;
  const change = (/** @type {string} */ path, /** @type {any} */ value) =>
    actions.changeAll((config) => withValue(config, path, value));
  const optimizer = createMenu(
    { label: language.say("bar.optimizer"), testid: "optimizer" },
    options("optimizers"),
    (name) => change("optimizer", chooseSpec(findSpec(catalog, "optimizers", name))),
    () => language.say("bar.mixed"),
  );
  const knobs = new KnobRow(
    language,
    "optimizer-",
    (knob, value) => change(`optimizer.${knob}`, value),
    (knob) => knob !== "learning_rate",
  );
  const fields = createFields(/** @type {Page} */ (/** @type {unknown} */ (page)), "", "", change, (field) =>
    FIELDS.includes(field),
  );
  const naming = { label: language.say("race.bar"), hint: language.say("race.bar_hint"), testid: "solved-bar" };
  const share = { ...findField(catalog, "data.train_share"), low: LOWEST_BAR, high: 1 };
  const bar = createSlider(naming, share, (value) => actions.change({ bar: value }));
  panel.append(optimizer.element, knobs.element, fields.element, bar.element);
  return ({ lanes, bar: now }) => {
    bar.show(now);
    if (lanes.length === 0) return;
    const [{ config }] = lanes;
    const names = new Set(lanes.map((lane) => lane.config.optimizer.name));
    optimizer.show(names.size === 1 ? config.optimizer.name : null);
    knobs.show(findSpec(catalog, "optimizers", config.optimizer.name), config.optimizer);
    fields.show((path) => valueAt(config, path));
  };
}
