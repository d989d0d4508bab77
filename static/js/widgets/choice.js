/**
 * A choice among a registry's entries: the menu or the picker's button, and the chosen entry's knobs. It says the whole Choice that results.
 */

import { chooseSpec, findSpec } from "../model/catalog.js";
import { createMenu } from "./controls.js";
import { KnobRow } from "./knobs.js";
import { createPickerButton } from "./neuron_picker.js";

/**
 * @param {Page} page @param {Registry} registry
 * @param {Naming & { testid: string }} naming the knobs' test ids begin with it
 * @param {(choice: Choice) => void} onChoose
 * @param {import("../model/config.js").Where} [where] the layers that a choice of neurons is about
 */
export function createChoice(page, registry, naming, onChoose, where) {
  const { catalog, language, options } = page;
  /** @type {Choice} */
  let shown = { name: "" };
  const pick = (/** @type {string} */ name) => findSpec(catalog, registry, name);
  const choose = (/** @type {string} */ name) => onChoose(chooseSpec(pick(name)));
  const [button, list] =
    where === undefined
      ? [null, createMenu(naming, options(registry), choose)]
      : [createPickerButton(page, naming, where, choose), null];
  const knobs = new KnobRow(language, `${naming.testid}-`, (knob, value) => onChoose({ ...shown, [knob]: value }));
  const show = (/** @type {Choice} */ choice) => {
    shown = choice;
    button?.show(choice);
    list?.show(choice.name);
    knobs.show(pick(choice.name), choice);
  };
  return { menu: /** @type {{ element: HTMLElement }} */ (button ?? list), knobs, show };
}
