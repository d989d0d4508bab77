/**
 * One hidden layer's column: its head (neuron type, activation, their knobs and the layer's own fields), its units, and its width underneath.
 */

import { findField, mayHaveBias } from "../../model/catalog.js";
import { withLayer } from "../../model/config.js";
import { createChoice } from "../../widgets/choice.js";
import { createStepper } from "../../widgets/controls.js";
import { make } from "../../widgets/dom.js";
import { createDrawer } from "../../widgets/drawer.js";
import { createFields } from "../../widgets/knobs.js";

const CHOSEN = /** @type {const} */ (["neuron", "activation"]);

export class Layer {
  /**
   * @param {Page} page @param {HTMLElement} parent
   * @param {number} index from 0
   */
  constructor(page, parent, index) {
    this.page = page;
    this.index = index;
    /** @type {HTMLCanvasElement[]} */
    this.units = [];
    const title = page.language.say("network.layer", { layer: index + 1 });
    this.choices = CHOSEN.map((field) => this.#createChoice(field));
    const drawerLabel = page.language.say("network.layer_knobs", { layer: index + 1 });
    this.fields = this.#createFields();
    this.drawer = createDrawer(drawerLabel, ...this.choices.map(({ knobs }) => knobs.element), this.fields.element);
    const called = make("span", { text: title });
    called.dataset.number = String(index + 1);
    const name = make("div", { class: "head-title" }, called, this.drawer);
    this.head = make("div", { class: "head", help: "layer" }, name, ...this.choices.map(({ menu }) => menu.element));
    this.area = make("div", { class: "units" });
    this.width = this.#createWidth();
    this.foot = make("div", { class: "foot" }, this.width.element);
    parent.append(this.head, this.area, this.foot);
  }

  /** @param {LayerConfig} config @param {Unit | null} inspect */
  show(config, inspect) {
    for (const { field, show } of this.choices) show(config[field]);
    this.fields.show((field) => config[field]);
    this.fields.enable("bias", mayHaveBias(this.page.catalog, config), this.page.language.say("network.no_bias"));
    this.width.show(config.units);
    while (this.units.length > config.units) this.units.pop()?.remove();
    while (this.units.length < config.units) this.units.push(this.#createUnit(this.units.length));
    this.units.forEach((canvas, unit) => {
      canvas.classList.toggle("inspected", inspect?.layer === this.index && inspect.unit === unit);
    });
  }

  /** Whether its name and the button beside it have no room, or the number of its units with its two buttons. */
  isCramped() {
    const [name] = this.head.children;
    return [name, this.foot].some(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1);
  }

  remove() {
    for (const element of [this.head, this.area, this.foot]) element.remove();
  }

  /** @param {typeof CHOSEN[number]} field */
  #createChoice(field) {
    const { actions, language, store } = this.page;
    const label = language.say(`network.layer_${field}`, { layer: this.index + 1 });
    const naming = { label, testid: `${field}-${this.index}`, bare: true };
    const choose = (/** @type {Choice} */ chosen) =>
      actions.open(withLayer(store.state.config, this.index, { [field]: chosen }));
    const where = field === "neuron" ? this.index : undefined;
    const choice = createChoice(this.page, `${field}s`, naming, choose, where);
    return { field, ...choice };
  }

  /** What every layer has, but for its width: that has a place of its own. */
  #createFields() {
    const { actions, store } = this.page;
    const change = (/** @type {string} */ field, /** @type {Value} */ value) =>
      actions.open(withLayer(store.state.config, this.index, { [field]: value }));
    return createFields(this.page, "layers.", `-${this.index}`, change, (field) => field !== "units");
  }

  #createWidth() {
    const { actions, catalog, language, store } = this.page;
    const layer = this.index + 1;
    const naming = {
      label: language.say("network.layer_width", { layer }),
      fewer: language.say("network.fewer_units", { layer }),
      more: language.say("network.more_units", { layer }),
      testid: `width-${this.index}`,
    };
    return createStepper(naming, findField(catalog, "layers.units"), (units) =>
      actions.open(withLayer(store.state.config, this.index, { units })),
    );
  }

  /** @param {number} unit */
  #createUnit(unit) {
    const label = this.page.language.say("network.unit", { layer: this.index + 1, unit: unit + 1 });
    const canvas = make("canvas", { class: "unit", testid: `unit-${this.index}-${unit}`, label, help: "unit" });
    canvas.setAttribute("role", "button");
    canvas.dataset.layer = String(this.index);
    canvas.dataset.unit = String(unit);
    canvas.tabIndex = -1;
    this.area.append(canvas);
    return canvas;
  }
}
