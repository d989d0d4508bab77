/**
 * Controls made from the catalog: a menu from entries, a slider, switch or menu from a knob, a stepper for whole numbers.
 *
 * A control is shown a value and says what the reader chose; it keeps nothing. Which control a knob gets is decided here
 * and nowhere else, so an entry with new knobs needs no change of the page.
 */

import { trackOf } from "../model/catalog.js";
import { formatCount, formatSetting } from "../text/format.js";
import { fillHint, make, on, setAttribute, setText } from "./dom.js";
import { bindNumber } from "./number_field.js";

/** More values than this on a linear slider, and a hand cannot find one of them. */
const MOST_STOPS = 10_000;

/**
 * @param {Naming} naming @param {readonly Option[]} options @param {(value: string) => void} onChoose
 * @param {(value: string | null) => string} [otherwise] text for a value that is none of the options
 * @returns {Control<string | null> & Disabling}
 */
export function createMenu(naming, options, onChoose, otherwise) {
  const select = make("select", {
    testid: naming.testid,
    label: naming.bare ? naming.label : undefined,
  });
  /** @type {Map<string, HTMLElement>} */
  const groups = new Map();
  /** @type {Record<string, string>} */
  const hints = {};
  let ownHint = "";
  /** @type {Option | undefined} */
  let chosen;
  // A closed menu may cut its word short.
  const entitle = () => {
    select.title = [chosen?.text, hints[chosen?.value ?? ""] || ownHint].filter(Boolean).join("\n");
  };
  fillHint(naming.hint, (words) => {
    ownHint = words;
    entitle();
  });
  for (const { value, text, hint, group } of options) {
    const option = make("option", { text });
    option.value = value;
    fillHint(hint, (words) => {
      hints[value] = words;
      if (words) option.title = words;
      if (value === chosen?.value) entitle();
    });
    if (group && !groups.has(group)) {
      const box = make("optgroup");
      box.label = group;
      groups.set(group, box);
      select.append(box);
    }
    (groups.get(group ?? "") ?? select).append(option);
  }
  const other = make("option");
  other.hidden = true;
  on(select, "change", () => onChoose(select.value));
  const show = (/** @type {string | null} */ value) => {
    chosen = options.find((option) => option.value === value);
    if (!chosen && otherwise) {
      other.value = value ?? "";
      setText(other, otherwise(value));
      if (select.children[0] !== other) select.prepend(other);
    }
    if (select.value !== (value ?? "")) select.value = value ?? "";
    entitle();
  };
  const enable = (/** @type {boolean} */ on) => {
    select.disabled = !on;
  };
  return { element: field(naming, select), show, enable };
}

/**
 * A slider with its number, which can be typed: the slider has places for round numbers only. The Tab key finds the slider
 * alone, Enter leads from there to the number.
 *
 * @param {Naming} naming
 * @param {Knob} knob of kind "float" or "int"
 * @param {(value: number) => void} onSlide @returns {Control<number> & Disabling}
 */
export function createSlider(naming, knob, onSlide) {
  const track = trackOf(knob);
  const whole = knob.kind === "int";
  const format = whole ? formatCount : formatSetting;
  const input = explain(make("input", { type: "range", testid: naming.testid, label: naming.spoken }), naming);
  Object.assign(input, { min: String(track.low), max: String(track.high), step: String(track.step) });
  const typed = make("input", {
    class: "field-value",
    testid: `${naming.testid}-typed`,
    label: naming.spoken ?? naming.label,
    type: "text",
  });
  // As wide as its longest number.
  if (whole) typed.style.setProperty("--letters", String(format(knob.high ?? Infinity).length + 0.3));
  Object.assign(typed, { tabIndex: -1, inputMode: whole ? "numeric" : "decimal", autocomplete: "off" });
  const showTyped = bindNumber(typed, {
    take: onSlide,
    format,
    whole,
    step: knob.step ?? (whole ? 1 : 0),
    range: () => [knob.low ?? -Infinity, knob.high ?? Infinity],
  });
  on(input, "input", () => onSlide(track.valueAt(Number(input.value))));
  on(input, "keydown", ({ key }) => {
    if (key === "Enter") typed.focus();
  });
  const show = (/** @type {number} */ now) => {
    const position = String(track.positionOf(now));
    // Moving the thumb under the finger that drags it would fight the reader.
    if (Number(input.value) !== Number(position)) input.value = position;
    showTyped(now);
    setAttribute(input, "aria-valuetext", format(now));
  };
  const enable = (/** @type {boolean} */ on) => {
    input.disabled = typed.disabled = !on;
  };
  return { element: field(naming, input, typed), show, enable };
}

/** @param {Naming} naming @param {(value: boolean) => void} onSwitch @returns {Control<boolean> & Disabling} */
export function createSwitch(naming, onSwitch) {
  const input = make("input", { type: "checkbox", testid: naming.testid });
  on(input, "change", () => onSwitch(input.checked));
  const name = make("span", { text: naming.label });
  const element = explain(make("label", { class: "field switch" }, input, name), naming);
  const enable = (/** @type {boolean} */ on, /** @type {string} */ why = naming.label) => {
    input.disabled = !on;
    if (!on) input.checked = false;
    setText(name, on ? naming.label : why);
  };
  return { element, show: (value) => Object.assign(input, { checked: value }), enable };
}

/**
 * The control for any knob, or null for a kind that needs more than a control.
 *
 * @param {Naming} naming @param {Knob} knob @param {(value: any) => void} onChange
 * @returns {(Control<any> & Partial<Disabling>) | null}
 */
export function createKnob(naming, knob, onChange) {
  switch (knob.kind) {
    case "bool":
      return createSwitch(naming, onChange);
    case "choice":
      return createMenu(
        naming,
        (knob.choices ?? []).map((value) => ({ value, text: naming.word?.(value) ?? value })),
        onChange,
      );
    case "int":
    case "float":
      return tooFine(knob) ? createNumber(naming, onChange) : createSlider(naming, knob, onChange);
    default:
      return null;
  }
}

/**
 * A whole number with more values than a slider has places, such as a seed: typed.
 *
 * @param {Naming} naming @param {(value: number) => void} onType
 */
function createNumber(naming, onType) {
  const input = make("input", { type: "text", testid: naming.testid });
  Object.assign(input, { inputMode: "numeric", autocomplete: "off" });
  // A seed is a name, not a size: its digits stand together.
  const show = bindNumber(input, { take: onType, format: String, whole: true, step: 1 });
  return { element: field(naming, input), show };
}

/** @param {Knob} knob */
function tooFine({ kind, scale, low, high }) {
  return kind === "int" && scale !== "log" && (high ?? Infinity) - (low ?? 0) > MOST_STOPS;
}

/**
 * Minus, the number, plus. Keyboards and screen readers meet a slider, which is not seen: it would be too short for a hand.
 *
 * @param {Naming & { fewer: string, more: string }} naming
 * @param {Knob} knob of kind "int"
 * @param {(value: number) => void} onStep @returns {Control<number>}
 */
export function createStepper(naming, knob, onStep) {
  const value = make("output");
  const { low, high } = trackOf(knob);
  const input = make("input", { type: "range", testid: naming.testid, label: naming.label });
  Object.assign(input, { min: String(low), max: String(high), step: "1" });
  const fewer = make("button", { class: "stepper-button", label: naming.fewer, text: "−" });
  const more = make("button", { class: "stepper-button", label: naming.more, text: "+" });
  on(input, "input", () => onStep(Number(input.value)));
  on(fewer, "click", () => onStep(Math.max(low, Number(input.value) - 1)));
  on(more, "click", () => onStep(Math.min(high, Number(input.value) + 1)));
  const show = (/** @type {number} */ now) => {
    if (Number(input.value) !== now) input.value = String(now);
    setText(value, String(now));
    // Not `disabled`: a disabled button would drop the focus of whoever reached the end by keyboard.
    setAttribute(fewer, "aria-disabled", String(now <= low));
    setAttribute(more, "aria-disabled", String(now >= high));
  };
  return { element: make("div", { class: "stepper" }, fewer, input, value, more), show };
}

/**
 * A control with its name over it, and at the right its value, which is no part of the name.
 *
 * @param {Naming} naming @param {HTMLElement} control @param {HTMLElement} [value]
 */
export function field(naming, control, value) {
  const traits = { class: naming.bare ? "field bare" : "field" };
  if (naming.bare) return explain(make("label", traits, control), naming);
  // A hint is the whole field's tooltip; without one, a name that is cut says itself in full.
  const named = { class: "field-name", text: naming.label, ...(!naming.hint && { title: naming.label }) };
  if (!value) {
    return explain(make("label", traits, make("span", { class: "field-head" }, make("span", named)), control), naming);
  }
  const name = make("label", named);
  control.id = name.htmlFor = `control-${naming.testid}`;
  return explain(make("div", traits, make("span", { class: "field-head" }, name, value), control), naming);
}

/** @template {HTMLElement} E @param {E} element @param {Naming} naming @returns {E} with the hint as its tooltip */
function explain(element, { hint }) {
  fillHint(hint, (words) => {
    if (words) element.title = words;
  });
  return element;
}
