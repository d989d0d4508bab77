/**
 * What is rarely needed, one click away: choices, knobs and fields that stand nowhere else on the page.
 *
 * Nothing is listed here but what has its place elsewhere: what the catalog and the default run have is shown.
 */

import { findSpec, registryOf } from "../../model/catalog.js";
import { taskOf, valueAt } from "../../model/config.js";
import { createChoice } from "../../widgets/choice.js";
import { find } from "../../widgets/dom.js";
import { createFields, KnobRow } from "../../widgets/knobs.js";
import { createUntil } from "./until.js";

/** In columns of their own, or on the bar. */
const ELSEWHERE = ["data", "layers", "output", "optimizer", "learning_rate", "batch", "l1", "l2"];

/** @param {Page} page @returns {Panel} */
export function createMore(page) {
  const { actions, catalog, language } = page;
  const panel = find(find(document, ".more"), ".drawer-panel");
  const choices = Object.keys(catalog.default).flatMap((key) => {
    const registry = ELSEWHERE.includes(key) ? undefined : registryOf(catalog, key);
    return registry ? [createMoreChoice(page, key, registry)] : [];
  });
  const knobs = new KnobRow(
    language,
    "optimizer-",
    (knob, value) => actions.change(`optimizer.${knob}`, value),
    (knob) => !ELSEWHERE.includes(knob),
  );
  const fields = createFields(page, "", "", actions.set.bind(actions), (field) => {
    const [top] = field.split(".");
    return top in catalog.default && !ELSEWHERE.includes(top);
  });
  const until = createUntil(page);
  panel.append(...until.elements);
  for (const { menu, knobs } of choices) panel.append(menu.element, knobs.element);
  panel.append(knobs.element, fields.element);
  return {
    needs: { controls: ["config", "until"] },
    show: (state) => {
      const { config } = state;
      until.show(state);
      for (const { key, show, fit } of choices) {
        show(valueAt(config, key));
        fit(taskOf(config, catalog));
      }
      knobs.show(findSpec(catalog, "optimizers", config.optimizer.name), config.optimizer);
      fields.show((path) => valueAt(config, path));
    },
  };
}

/**
 * A menu and its knobs; entries that cannot be used for the data's task are greyed.
 *
 * @param {Page} page @param {string} key @param {Registry} registry
 */
function createMoreChoice(page, key, registry) {
  const label = page.language.translate(`choices.${key}`, key[0].toUpperCase() + key.slice(1));
  const choice = createChoice(page, registry, { label, testid: key }, (chosen) => page.actions.set(key, chosen));
  const options = choice.menu.element.querySelectorAll("option");
  const fit = (/** @type {Task} */ task) => {
    for (const option of options) {
      const tasks = page.catalog[registry].find(({ name }) => name === option.value)?.tasks;
      option.disabled = tasks !== undefined && !tasks.includes(task);
    }
  };
  return { key, fit, ...choice };
}
