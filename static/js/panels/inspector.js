/**
 * The inspector: one unit's kind, its formula with its own numbers, these numbers to change, and what it makes of a place.
 *
 * It lies over the data column. Escape closes it and gives the focus back to the unit. What is asked, and when, is
 * inspection.js' matter.
 */

import { findSpec } from "../catalog.js";
import { formatCount, formatFixed } from "../format.js";
import { find, make, setText } from "./elements.js";
import { formulaOf } from "./mathml.js";
import { showPairs, WeightList } from "./weights.js";

/** In the server's formulas, a number from here on stands for a value. */
const PLACEHOLDER = 90000;

export class Inspector {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    this.root = find(document, ".inspector");
    this.menu = find(this.root, ".inspector-unit", HTMLSelectElement);
    this.checked = find(this.root, ".inspector-checked");
    this.weights = new WeightList(page.language, (index, value) => page.inspection.edit(index, value));
    find(this.root, ".weights").append(this.weights.element);
    this.trace = this.#createTrace();
    /** @type {Weight[] | null} */
    this.built = null;
    /** @type {((numberAt: (index: number) => number | null) => void)[]} */
    this.numbers = [];
    this.listed = "";
    this.#listen();
  }

  /** @param {State} state */
  show(state) {
    const { inspection } = this.page;
    const { pinned, unit } = inspection;
    const opens = this.root.hidden && pinned !== null;
    this.root.hidden = pinned === null;
    document.body.classList.toggle("inspecting", pinned !== null);
    if (!pinned) return;
    this.#showMenu(state, pinned);
    if (opens) this.menu.focus();
    if (unit && this.built !== unit.weights) this.#build(state, unit);
    const numberAt = (/** @type {number} */ index) => inspection.numberAt(index);
    this.weights.show(numberAt);
    for (const show of this.numbers) show(numberAt);
    this.#showFacts(state, unit);
    this.#showSensitivity(state, pinned);
    this.#showTrace(pinned);
    this.#showCheck();
  }

  #listen() {
    const { inspection } = this.page;
    this.menu.addEventListener("change", () => {
      const [layer, unit] = this.menu.value.split("-").map(Number);
      inspection.pin({ layer, unit });
    });
    find(this.root, ".inspector-close").addEventListener("click", () => this.#close());
    find(this.root, ".inspector-check").addEventListener("click", () => inspection.checkGradient());
    this.root.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.#close();
    });
  }

  #close() {
    const { pinned } = this.page.inspection;
    this.page.inspection.unpin();
    this.root.hidden = true;
    const name = pinned && `[data-layer="${pinned.layer}"][data-unit="${pinned.unit}"]`;
    const unit = (name && document.querySelector(name)) ?? document.querySelector("[data-testid=inspect-output]");
    /** @type {HTMLElement | null} */ (unit)?.focus();
  }

  /** @param {State} state @param {Unit} pinned */
  #showMenu({ config, layout }, pinned) {
    const { language } = this.page;
    const outputs = layout?.output.units ?? 1;
    const widths = [...config.layers.map(({ units }) => units), outputs];
    if (this.listed !== widths.join()) {
      this.listed = widths.join();
      const options = widths.flatMap((units, layer) =>
        Array.from({ length: units }, (_, unit) => {
          const hidden = language.say("network.unit", { layer: layer + 1, unit: unit + 1 });
          const output =
            units > 1 ? language.say("inspector.output_class", { class: unit }) : language.say("answer.title");
          const option = make("option", { text: layer < config.layers.length ? hidden : output });
          option.value = `${layer}-${unit}`;
          return option;
        }),
      );
      this.menu.replaceChildren(...options);
    }
    const value = `${pinned.layer}-${pinned.unit}`;
    if (this.menu.value !== value) this.menu.value = value;
  }

  /** @param {State} state @param {UnitAnswer} unit */
  #build(state, unit) {
    const { catalog, language } = this.page;
    this.built = unit.weights;
    const spec = findSpec(catalog, "neurons", unit.neuron);
    const neuron = language.translate(`neurons.${spec.name}`, spec.label);
    const hidden = unit.layer < state.config.layers.length;
    const { label } = findSpec(catalog, "activations", unit.activation);
    const activation = language.translate(`activations.${unit.activation}`, label);
    setText(find(this.root, ".inspector-kind"), hidden ? `${neuron} → ${activation}` : neuron);
    find(this.root, ".inspector-formula").replaceChildren(formulaOf(spec));
    const numbers = formulaOf({ formula: "", formula_mathml: unit.formula_mathml });
    find(this.root, ".inspector-numbers").replaceChildren(numbers);
    this.numbers = placesOf(numbers);
    this.weights.build(unit.weights, this.#inputsOf(state, unit.layer));
  }

  /** @param {State} state @param {number} layer */
  #inputsOf({ config }, layer) {
    const { catalog } = this.page;
    if (layer === 0) return config.features.map((name) => findSpec(catalog, "features", name).label);
    return Array.from({ length: config.layers[layer - 1]?.units ?? 0 }, (_, unit) => `a_${unit + 1}`);
  }

  /** @param {State} state @param {UnitAnswer | null} unit */
  #showFacts({ frame }, unit) {
    const { language } = this.page;
    const edits = frame?.body.edits ?? 0;
    showPairs(find(this.root, ".inspector-facts"), [
      [language.say("inspector.parameters"), formatCount(unit?.weights.length ?? 0, language.tag)],
      [language.say("inspector.gradient"), formatFixed(unit?.gradient, 4)],
      [language.say("inspector.edits"), formatCount(edits, language.tag)],
    ]);
  }

  /** @param {State} state @param {Unit} pinned */
  #showSensitivity(state, { layer, unit }) {
    const links = state.frame?.arrays[`links.${layer}`];
    const inputs = this.#inputsOf(state, layer);
    if (!links || links.shape[0] !== inputs.length || unit >= links.shape[1]) return;
    const pairs = inputs.map((name, from) => {
      const value = Number(links.data[from * links.shape[1] + unit]);
      return /** @type {[string, string]} */ ([name, formatFixed(value, 2)]);
    });
    showPairs(find(this.root, ".sensitivity"), pairs);
  }

  #createTrace() {
    const { inspection, language, store } = this.page;
    const fields = ["x", "y"].map((axis) => {
      const field = make("input", {
        type: "number",
        testid: `trace-${axis}`,
        label: language.say("inspector.place", { axis }),
      });
      Object.assign(field, { step: "0.05" });
      return field;
    });
    const follow = () => {
      const extent = store.state.layout?.extent ?? 1;
      const [x, y] = fields.map(({ valueAsNumber }) => Math.min(extent, Math.max(-extent, valueAsNumber)));
      if (Number.isFinite(x) && Number.isFinite(y)) inspection.follow([x, y]);
    };
    for (const field of fields) field.addEventListener("input", follow);
    const values = make("p", { testid: "trace-values" });
    const clear = make("button", {
      type: "button",
      testid: "trace-clear",
      text: language.say("inspector.trace_clear"),
    });
    clear.addEventListener("click", () => inspection.follow(null));
    const places = fields.flatMap((field, index) => [make("span", { text: "xy"[index] }), field]);
    find(this.root, ".trace").append(make("div", { class: "trace-place" }, ...places, clear), values);
    return { fields, values };
  }

  /** @param {Unit} pinned */
  #showTrace({ layer, unit }) {
    const { inspection, language } = this.page;
    const { point, trace } = inspection;
    this.trace.fields.forEach((field, axis) => {
      if (field !== document.activeElement) field.value = point ? formatFixed(point[axis], 2, "-") : "";
    });
    const value = trace?.layers[layer]?.[unit] ?? null;
    const words = {
      unit: formatFixed(trace?.layers[layer] ? value : trace?.prediction[unit], 3),
      answer: trace ? trace.prediction.map((one) => formatFixed(one, 3)).join(", ") : "",
    };
    setText(
      this.trace.values,
      trace ? language.say("inspector.trace_values", words) : language.say("inspector.trace_hint"),
    );
  }

  #showCheck() {
    const { catalog, inspection, language } = this.page;
    const { check } = inspection;
    if (check === null || typeof check === "string") {
      setText(this.checked, check === "waiting" ? language.say("inspector.checking") : (check ?? ""));
      return;
    }
    const { worst, parameter, parameters, points, own } = check;
    const said = language.say("inspector.checked", { worst: worst.toExponential(1), parameter, parameters, points });
    const labels = own.map((name) => {
      const registry = catalog.neurons.some((spec) => spec.name === name) ? "neurons" : "activations";
      return language.translate(`${registry}.${name}`, findSpec(catalog, registry, name).label);
    });
    setText(
      this.checked,
      labels.length ? `${said} ${language.say("inspector.own", { names: labels.join(", ") })}` : said,
    );
  }
}

/**
 * The places of a formula that stand for values, each as what shows a value there. A plus before one turns into a minus.
 *
 * @param {Element} formula
 * @returns {((numberAt: (index: number) => number | null) => void)[]}
 */
export function placesOf(formula) {
  return [...formula.querySelectorAll("mn")].flatMap((number) => {
    const index = Number(number.textContent) - PLACEHOLDER;
    if (!(index >= 0)) return [];
    const before = number.previousElementSibling;
    const sign = before?.textContent === "+" ? before : null;
    return [
      (/** @type {(index: number) => number | null} */ numberAt) => {
        const value = numberAt(index);
        if (sign) setText(sign, value !== null && value < 0 ? "−" : "+");
        setText(number, formatFixed(sign && value !== null ? Math.abs(value) : value, 2));
      },
    ];
  });
}
