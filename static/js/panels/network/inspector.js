/**
 * The inspector: one unit's kind, its formula with its own numbers, these numbers to change, and what it makes of a place.
 *
 * It lies over the data column. Escape closes it and gives the focus back to the unit. What is asked, and when, is
 * model/inspection.js' matter.
 */

import { directionOf } from "../../draw/pointed_edge.js";
import { answerText } from "../../model/answer.js";
import { findSpec, formulaFor } from "../../model/catalog.js";
import { columnsOf, hasUnits } from "../../model/own_units.js";
import { formatCount, formatFixed, shortExponential } from "../../text/format.js";
import { find, make, on, setText } from "../../widgets/dom.js";
import { formulaOf } from "../../widgets/mathml.js";
import { bindNumber } from "../../widgets/number_field.js";
import { axisOf, formatPlace } from "./place.js";
import { Raster } from "./raster.js";
import { inTerms } from "./terms.js";
import { inputNames, showPairs, WeightList } from "./weights.js";

/** In the server's formulas, a number from here on stands for a value. */
const PLACEHOLDER = 90000;

export class Inspector {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    this.root = find(document, ".inspector");
    this.areas = Object.fromEntries(
      ["kind", "formula", "numbers", "facts", "checked", "traced", "inputs"].map((name) => [
        name,
        find(this.root, `.inspector-${name}`),
      ]),
    );
    this.menu = find(this.root, ".inspector-unit", HTMLSelectElement);
    /** @type {(number | null)[]} of a place, until there are both */
    this.typed = [null, null];
    this.place = [...this.root.querySelectorAll("input")].map((field, axis) => this.#bindPlace(field, axis));
    this.axes = [...this.root.querySelectorAll(".trace-axis")];
    this.weights = new WeightList(page.language, (unit, index, value) => page.inspection.edit(unit, index, value));
    find(this.root, ".weights").append(this.weights.element);
    this.raster = new Raster(page, find(this.root, ".raster"));
    /** @type {Weight[] | null} */
    this.built = null;
    /** @type {Show[]} */
    this.numbers = [];
    this.listed = "";
    page.inspection.left = () => this.weights.show(null);
    this.#listen();
  }

  /** @param {State} state */
  show(state) {
    const { pinned, unit } = this.page.inspection;
    const opens = this.root.hidden && pinned;
    this.root.hidden = !pinned;
    if (!pinned) return;
    this.#showMenu(state, pinned);
    if (opens) this.#open();
    const isAnother = unit !== null && this.built !== unit.weights;
    if (isAnother) this.#build(state, unit);
    // Empty until its unit's numbers are there, and then whole: nothing in it is pushed down by what comes later.
    this.root.classList.toggle("waits", this.built === null);
    this.weights.show(unit && ((index) => this.page.inspection.numberAt(index)));
    // Once the number stands there: what is selected is then typed over.
    if (unit) this.#seek(unit);
    // Of another unit, nothing is seen until all of it has its place; fields stay, for they may be in use.
    this.root.classList.toggle("changes", !unit || isAnother);
    if (isAnother) requestAnimationFrame(() => this.root.classList.toggle("changes", !this.page.inspection.unit));
    if (unit) for (const show of this.numbers) show(state);
    this.#showFacts(state, pinned);
    this.#showTrace(state, pinned);
    this.raster.show();
    this.#showCheck();
  }

  #open() {
    this.built = null;
    this.menu.focus({ preventScroll: true });
    if (getComputedStyle(this.root).position !== "fixed") return;
    // A sheet over a page that scrolls: what its numbers change comes into the room above it.
    const [bar, surface] = [".bar", ".output-surface"].map((part) => find(document, part).getBoundingClientRect());
    window.scrollBy(0, surface.top - bar.bottom);
  }

  /** Leads to the first number that weighs the input whose link was clicked. @param {UnitAnswer} unit */
  #seek({ weights }) {
    const { inspection } = this.page;
    const { sought } = inspection;
    if (sought === null) return;
    inspection.sought = null;
    this.weights.focus(weights.findIndex(({ inputs }) => inputs.includes(sought)));
  }

  #listen() {
    const { inspection } = this.page;
    const close = find(this.root, ".inspector-close");
    on(this.menu, "change", () => {
      const [layer, unit] = this.menu.value.split("-").map(Number);
      inspection.pin({ layer, unit });
    });
    on(close, "click", () => this.#close());
    on(find(this.root, ".inspector-check"), "click", () => inspection.checkGradient());
    on(find(this.root, ".trace button"), "click", () => {
      this.typed = [null, null];
      inspection.follow(null);
    });
    on(this.root, "keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.#close();
    });
  }

  /** @param {HTMLInputElement} field @param {number} axis */
  #bindPlace(field, axis) {
    const { inspection, store } = this.page;
    const own = () => axisOf(store.state, axis);
    const take = (/** @type {number} */ value) => {
      this.typed = [...(inspection.point ?? this.typed)];
      this.typed[axis] = own().place(value);
      const [x, y] = this.typed;
      if (x !== null && y !== null) inspection.follow([x, y]);
    };
    const format = (/** @type {number} */ value) => formatPlace(own(), value);
    const show = bindNumber(field, { take, format, step: () => own().step, range: () => own().range });
    return (/** @type {number | null} */ place) => show(place === null ? null : own().number(place));
  }

  #close() {
    const { layer, unit } = this.page.inspection.pinned ?? { layer: 0, unit: 0 };
    this.page.inspection.unpin();
    this.root.hidden = true;
    const canvas = document.querySelector(`[data-testid=unit-${layer}-${unit}]`);
    /** @type {HTMLElement} */ (canvas ?? find(document, ".inspect-output")).focus();
  }

  /** @param {State} state @param {Unit} pinned */
  #showMenu({ config, layout }, { layer, unit }) {
    const { language } = this.page;
    const widths = [...config.layers.map(({ units }) => units), layout?.output.units ?? 1];
    if (this.listed !== widths.join()) {
      this.listed = widths.join();
      const options = widths.flatMap((units, index) =>
        Array.from({ length: units }, (_, one) => {
          const hidden = index < config.layers.length ? "network.unit" : "inspector.output_class";
          const key = hidden === "network.unit" || units > 1 ? hidden : "output.title";
          const text = language.say(key, { layer: index + 1, unit: one + 1, class: one });
          return Object.assign(make("option", { text }), { value: `${index}-${one}` });
        }),
      );
      this.menu.replaceChildren(...options);
    }
    this.menu.value = `${layer}-${unit}`;
  }

  /** @param {State} state @param {UnitAnswer} unit */
  #build({ config }, unit) {
    const { catalog, inspection, language } = this.page;
    this.built = unit.weights;
    const neuron = findSpec(catalog, "neurons", unit.neuron);
    const activation = findSpec(catalog, "activations", unit.activation);
    const kinds = [language.translate(`neurons.${neuron.name}`, neuron.label)];
    if (unit.layer < config.layers.length) {
      kinds.push(language.translate(`activations.${activation.name}`, activation.label));
    }
    setText(this.areas.kind, kinds.join(" → "));
    const { bias } = config.layers[unit.layer] ?? config.output;
    this.areas.formula.replaceChildren(...inTerms(formulaOf(formulaFor(neuron, bias) ?? "")));
    const numbers = formulaOf(unit.formula_mathml);
    this.areas.numbers.replaceChildren(...inTerms(numbers));
    this.numbers = placesOf(this.areas.numbers, (index) => inspection.numberAt(index));
    this.weights.build(unit, inputNames(catalog, config, unit.layer));
  }

  /** @param {State} state @param {Unit} pinned */
  #showFacts({ config, frame }, { layer, unit }) {
    const { catalog, inspection, language } = this.page;
    showPairs(this.areas.facts, [
      [language.say("inspector.parameters"), inspection.unit ? formatCount(inspection.unit.weights.length) : ""],
      [language.say("inspector.gradient"), formatFixed(inspection.unit?.gradient, 4)],
      [language.say("inspector.edits"), formatCount(frame?.body.edits ?? 0)],
    ]);
    const { data: mean = [], shape = [0, 0] } = frame?.arrays[`links.${layer}`] ?? {};
    const { data: size = [] } = frame?.arrays[`links_size.${layer}`] ?? {};
    const names = inputNames(catalog, config, layer);
    if (shape[0] !== names.length || unit >= shape[1]) return;
    showPairs(
      this.areas.inputs,
      names.map((name, from) => {
        const at = from * shape[1] + unit;
        const value = formatFixed(size[at], 2);
        return [name, language.say(`inspector.reacts_${directionOf(mean[at], size[at])}`, { value })];
      }),
    );
  }

  /** @param {State} state @param {Unit} pinned */
  #showTrace(state, { layer, unit }) {
    const { inspection, language } = this.page;
    const { point, trace } = inspection;
    const { config, layout } = state;
    this.place.forEach((show, axis) => void show((point ?? this.typed)[axis]));
    this.axes.forEach((name, axis) => void setText(name, columnsOf(config.data)[axis] || "xy"[axis]));
    const value = (trace?.layers[layer] ?? trace?.prediction)?.[unit];
    const answer = trace?.prediction ?? [];
    const inOwn = layout?.task === "regression" && hasUnits(config.data);
    const prediction = inOwn
      ? answerText(language, state, answer)
      : answer.map((one) => formatFixed(one, 3)).join(", ");
    const words = { unit: formatFixed(value, 3), prediction };
    setText(this.areas.traced, language.say(trace ? "inspector.trace_values" : "inspector.trace_hint", words));
  }

  #showCheck() {
    const { catalog, inspection, language } = this.page;
    const { check } = inspection;
    if (check === null || typeof check === "string") {
      setText(this.areas.checked, check === "waiting" ? language.say("inspector.checking") : (check ?? ""));
      return;
    }
    const { worst, own, parameter, parameters, points } = check;
    const counts = { parameters: formatCount(parameters), points: formatCount(points) };
    const said = [language.say("inspector.checked", { worst: shortExponential(worst), parameter, ...counts })];
    const kind = (/** @type {string} */ name) => {
      const registry = catalog.neurons.some((spec) => spec.name === name) ? "neurons" : "activations";
      return language.translate(`${registry}.${name}`, findSpec(catalog, registry, name).label);
    };
    if (own.length) said.push(language.say("inspector.own", { names: own.map(kind).join(", ") }));
    setText(this.areas.checked, said.join(" "));
  }
}

/**
 * The places of a formula that stand for values, each as what shows its value. A plus before one turns into a minus.
 *
 * @param {Element} formula @param {(index: number) => number | null} numberAt
 */
function placesOf(formula, numberAt) {
  return [...formula.querySelectorAll("mn")]
    .filter(({ textContent }) => Number(textContent) >= PLACEHOLDER)
    .map((number) => {
      const index = Number(number.textContent) - PLACEHOLDER;
      const sign = number.previousElementSibling?.textContent === "+" ? number.previousElementSibling : null;
      return () => {
        const value = numberAt(index);
        if (sign) setText(sign, (value ?? 0) < 0 ? "−" : "+");
        setText(number, formatFixed(sign && value ? Math.abs(value) : value, 2));
      };
    });
}
