/**
 * The knobs of a chosen entry as a row of controls that follows the choice: another entry, other controls.
 */

import { createKnob } from "./controls.js";
import { make } from "./elements.js";

/** @import { Control, Spec, Value } from "../types.d.ts" */

export class KnobRow {
  /**
   * @param {import("../language.js").Language} language @param {(knob: string, value: Value) => void} onChange
   * @param {{ without?: string[], prefix?: string }} [traits] knobs that stand elsewhere; prefix of the test ids
   */
  constructor(language, onChange, { without = [], prefix = "knob" } = {}) {
    this.language = language;
    this.onChange = onChange;
    this.without = without;
    this.prefix = prefix;
    this.element = make("div", { class: "knobs" });
    this.shown = "";
    /** @type {Map<string, Control<any>>} */
    this.controls = new Map();
  }

  /** @param {Spec} spec @param {Record<string, Value>} values */
  show(spec, values) {
    if (this.shown !== spec.name) this.#build(spec);
    for (const [name, control] of this.controls) control.show(values[name]);
  }

  clear() {
    this.shown = "";
    this.controls.clear();
    this.element.replaceChildren();
  }

  /** @param {Spec} spec */
  #build(spec) {
    this.clear();
    this.shown = spec.name;
    for (const knob of spec.knobs.filter(({ name }) => !this.without.includes(name))) {
      const label = this.language.translate(`knobs.${knob.name}`, knob.label);
      const hint = this.language.translate(`knob_sentences.${knob.name}`, knob.sentence);
      const naming = { label, hint, testid: `${this.prefix}-${knob.name}` };
      const control = createKnob(naming, knob, (value) => this.onChange(knob.name, value));
      this.controls.set(knob.name, control);
      this.element.append(control.element);
    }
  }
}
