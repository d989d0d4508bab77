/**
 * A choice among a registry's entries: the menu, and the chosen entry's knobs. It says the whole Choice that results.
 */

import { chooseSpec, findSpec } from "../catalog.js";
import { createMenu } from "./controls.js";
import { KnobRow } from "./knobs.js";

/**
 * @param {Page} page @param {Registry} registry
 * @param {Naming & { testid: string }} naming the knobs' test ids begin with it
 * @param {(choice: Choice) => void} onChoose
 */
export function createChoice({ catalog, language, options }, registry, naming, onChoose) {
  /** @type {Choice} */
  let shown = { name: "" };
  const pick = (/** @type {string} */ name) => findSpec(catalog, registry, name);
  const menu = createMenu(naming, options(registry), (name) => onChoose(chooseSpec(pick(name))));
  const knobs = new KnobRow(language, `${naming.testid}-`, (knob, value) => onChoose({ ...shown, [knob]: value }));
  const show = (/** @type {Choice} */ choice) => {
    shown = choice;
    menu.show(choice.name);
    knobs.show(pick(choice.name), choice);
  };
  return { menu, knobs, show };
}
