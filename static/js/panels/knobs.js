/**
 * The knobs of a chosen entry as a row of controls that follows the choice: another entry, other controls.
 */

import { createKnob } from "./controls.js";
import { make } from "./elements.js";

/** @import { Control, Spec, Value } from "../types.d.ts" */
/** @import { Language } from "../language.js" */

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

  get empty() {
    return this.controls.size === 0;
  }

  /** @param {Spec} spec @param {Record<string, Value>} values */
  show(spec, values) {
    if (this.shown !== spec) this.#build(spec);
    for (const [name, control] of this.controls) control.show(values[name]);
  }

  /** @param {Spec} spec */
  #build(spec) {
    this.shown = spec;
    const knobs = spec.knobs.filter(({ name }) => this.belongs(name));
    this.controls = new Map(
      knobs.map((knob) => {
        const label = this.language.translate(`knobs.${knob.name}`, knob.label);
        const hint = this.language.translate(`knobs.${knob.name}.sentence`, knob.sentence);
        const naming = { label, hint, testid: this.prefix + knob.name.replaceAll("_", "-") };
        return [knob.name, createKnob(naming, knob, (value) => this.onChange(knob.name, value))];
      }),
    );
    this.element.replaceChildren(...[...this.controls.values()].map(({ element }) => element));
  }
}
