/**
 * A unit's numbers as a list: each with its letter, the inputs that it weighs, a slider and a field to type in.
 *
 * Numbers move while the network trains; the one under the reader's hand stays until it is let go. Until the numbers of
 * another unit have come, those of the one before are blank and take nothing.
 */

import { findSpec } from "../../model/catalog.js";
import { formatSetting } from "../../text/format.js";
import { make, on, setText } from "../../widgets/dom.js";
import { bindNumber } from "../../widgets/number_field.js";

export class WeightList {
  /**
   * @param {Language} language
   * @param {(unit: UnitAnswer, index: number, value: number) => void} onEdit
   */
  constructor(language, onEdit) {
    this.language = language;
    this.onEdit = onEdit;
    this.element = make("div", { class: "weight-list" });
    /** @type {((value: number | null) => void)[]} */
    this.rows = [];
  }

  /** @param {UnitAnswer} unit @param {readonly string[]} inputs what the layer's inputs are called */
  build(unit, inputs) {
    const rows = unit.weights.map((weight, index) => {
      const onEdit = (/** @type {number} */ value) => this.onEdit(unit, index, value);
      return this.#createRow(weight, index, inputs, onEdit);
    });
    this.rows = rows.map(({ show }) => show);
    this.element.replaceChildren(...rows.map(({ element }) => element));
  }

  /** @param {((index: number) => number | null) | null} numberAt null while the numbers are on their way */
  show(numberAt) {
    for (const input of this.element.querySelectorAll("input")) input.disabled = !numberAt;
    this.rows.forEach((show, index) => void show(numberAt ? numberAt(index) : null));
  }

  /** Puts the reader into a number's field. @param {number} index */
  focus(index) {
    const field = /** @type {HTMLInputElement | null} */ (this.element.querySelector(`[data-testid=weight-${index}]`));
    field?.focus();
    field?.select();
  }

  /** @param {Weight} weight @param {number} index @param {readonly string[]} inputs @param {(value: number) => void} onEdit */
  #createRow({ letter, inputs: weighed }, index, inputs, onEdit) {
    const from = weighed.map((input) => inputs[input]).join(" · ");
    const words = { letter: letter.replace("_", " "), input: from };
    const label = this.language.say(from ? "inspector.weight" : "inspector.bias", words);
    const name = make("span", { class: "weight-name" }, ...subscripted(letter));
    if (from) name.append(" ", make("span", { class: "weight-input" }, ...subscripted(from)));
    const slider = make("input", { type: "range", testid: `weight-slider-${index}`, label });
    const field = make("input", { class: "typed", type: "text", testid: `weight-${index}`, label });
    field.autocomplete = "off";
    const show = bind(slider, field, onEdit);
    const element = make("div", { class: "weight", title: label }, name, slider, field);
    return { element, show };
  }
}

/** @param {number} value */
function formatWeight(value) {
  return formatSetting(Number(value.toFixed(Math.abs(value) < 0.01 ? 6 : 3)));
}

/** @param {HTMLInputElement} slider @param {HTMLInputElement} field @param {(value: number) => void} onEdit */
function bind(slider, field, onEdit) {
  let reach = 0;
  let held = false;
  on(slider, "pointerdown", () => {
    held = true;
  });
  for (const end of /** @type {const} */ (["pointerup", "pointercancel", "change", "blur"])) {
    on(slider, end, () => {
      held = false;
    });
  }
  on(slider, "input", () => onEdit(Number(slider.value)));
  const showTyped = bindNumber(field, { take: onEdit, format: formatWeight, step: 0.01 });
  return (/** @type {number | null} */ value) => {
    const now = value ?? 0;
    if (Math.abs(now) > reach) {
      reach = reachOf(now);
      Object.assign(slider, { min: String(-reach), max: String(reach), step: String(reach / 200) });
    }
    if (!held) slider.value = String(now);
    showTyped(value);
  };
}

/** How far a slider runs on both sides: a power of two with room to spare. @param {number} value */
export function reachOf(value) {
  return Math.max(2, 2 ** Math.ceil(Math.log2(Math.abs(value) * 1.5 + 1e-9)));
}

/** Text whose "_3" stands lower. @param {string} text @returns {(Node | string)[]} */
export function subscripted(text) {
  return text.split(/_(\w+)/).map((part, index) => (index % 2 ? make("sub", { text: part }) : part));
}

/** Names and their numbers. @param {HTMLElement} list @param {readonly (readonly [string, string])[]} pairs */
export function showPairs(list, pairs) {
  const names = pairs.map(([name]) => name).join();
  if (list.dataset.names !== names) {
    list.dataset.names = names;
    list.replaceChildren(...pairs.flatMap(([name]) => [make("dt", {}, ...subscripted(name)), make("dd")]));
  }
  for (const [index, [, value]] of pairs.entries()) setText(list.children[2 * index + 1], value);
}

/** What the inputs of a layer are called: the features by their own, units by a and their number. @param {Catalog} catalog @param {Config} config @param {number} layer */
export function inputNames(catalog, { features, layers }, layer) {
  if (layer === 0) return features.map((name) => findSpec(catalog, "features", name).label);
  return Array.from({ length: layers[layer - 1]?.units ?? 0 }, (_, unit) => `a_${unit + 1}`);
}
