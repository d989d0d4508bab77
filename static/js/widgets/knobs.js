/**
 * Rows of controls: the knobs of a chosen entry, which follow the choice, and the Config's own fields, which stay.
 */

import { findField } from "../model/catalog.js";
import { createKnob } from "./controls.js";
import { make } from "./dom.js";

export class KnobRow {
  /**
   * @param {Language} language
   * @param {string} prefix of the controls' test ids
   * @param {(knob: string, value: Value) => void} onChange
   * @param {(knob: string) => boolean} [belongs] false for knobs that stand elsewhere
   */
  constructor(language, prefix, onChange, belongs = () => true) {
    this.language = language;
    this.prefix = prefix;
    this.onChange = onChange;
    this.belongs = belongs;
    this.element = make("div", { class: "knobs" });
    /** @type {Spec | null} */
    this.shown = null;
    /** @type {Map<string, Control<any>>} */
    this.controls = new Map();
  }

  /** @param {Spec} spec @param {Record<string, Value>} values */
  show(spec, values) {
    if (this.shown !== spec) this.#build(spec);
    for (const [name, control] of this.controls) control.show(values[name]);
  }

  /** @param {Spec} spec */
  #build(spec) {
    const { language } = this;
    this.shown = spec;
    const knobs = spec.knobs.filter(({ name }) => this.belongs(name));
    this.controls = fill(this.element, knobs, (knob) => {
      const { name } = knob;
      // Entries may share a knob's name and still mean something of their own by it.
      const [own, shared] = [`knobs.${spec.name}.${name}`, `knobs.${name}`];
      const naming = {
        label: language.translate(own, language.translate(shared, knob.label)),
        hint: language.hint(own, shared),
        testid: this.prefix + name.replaceAll("_", "-"),
        word: language.word.bind(language),
      };
      return [name, createKnob(naming, knob, (value) => this.onChange(name, value))];
    });
  }
}

/**
 * A control for every field of the catalog in this folder, such as "data.": a new field there is a new control here.
 * Within the folder a field is called by what follows.
 *
 * @param {Page} page @param {string} folder @param {string} suffix of the controls' test ids
 * @param {(field: string, value: Value) => void} onChange
 * @param {(field: string) => boolean} belongs false for fields that stand elsewhere
 */
export function createFields({ catalog, naming }, folder, suffix, onChange, belongs) {
  const paths = Object.keys(catalog.fields).filter((path) => path.startsWith(folder));
  const fields = paths.map((path) => path.slice(folder.length)).filter(belongs);
  const element = make("div", { class: "knobs" });
  const controls = fill(element, fields, (field) => {
    const named = naming(folder + field, field.replace(/[._]/g, "-") + suffix);
    return [field, createKnob(named, findField(catalog, folder + field), (value) => onChange(field, value))];
  });
  const show = (/** @type {(field: string) => any} */ read) => {
    for (const [field, control] of controls) control.show(read(field));
  };
  const enable = (/** @type {string} */ field, /** @type {boolean} */ on, /** @type {string} */ why) =>
    controls.get(field)?.enable?.(on, why);
  return { element, show, enable };
}

/**
 * Puts controls into a row; what gets none is left out.
 *
 * @template T
 * @param {HTMLElement} row @param {readonly T[]} items
 * @param {(item: T) => [string, ReturnType<typeof createKnob>]} create
 */
function fill(row, items, create) {
  /** @type {Map<string, NonNullable<ReturnType<typeof createKnob>>>} */
  const controls = new Map();
  for (const [name, control] of items.map(create)) if (control) controls.set(name, control);
  row.replaceChildren(...[...controls.values()].map(({ element }) => element));
  return controls;
}
