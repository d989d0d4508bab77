/**
 * One lane: whose it is, what it is made of, what it answers over the plane, and how it stands.
 */

import { chooseSpec, findField, findSpec } from "../model/catalog.js";
import { commonChoice, withDepth, withLayer } from "../model/config.js";
import { formatCount, formatLoss, formatPercent } from "../text/format.js";
import { paintAnswer } from "../widgets/answer_surface.js";
import { fitCanvas } from "../widgets/canvas.js";
import { createMenu, createStepper } from "../widgets/controls.js";
import { make, on, setAttribute, setText } from "../widgets/dom.js";
import { createPickerButton } from "../widgets/neuron_picker.js";
import { paintScatter } from "../widgets/scatter.js";
import { FEWEST_LANES } from "./actions.js";
import { SeedStrip } from "./seeds.js";
import { placesOf } from "./state.js";
import { UnitStrip } from "./units.js";

export class LaneCard {
  /** @param {RacePage} page @param {string} name from a to f */
  constructor(page, name) {
    this.page = page;
    this.name = name;
    const { language } = page;
    this.letter = make("span", { class: "lane-letter", text: name.toUpperCase() });
    const title = language.say("race.lane", { lane: name.toUpperCase() });
    this.drop = make("button", { class: "lane-drop", text: "×", label: language.say("race.remove", { lane: title }) });
    this.drop.dataset.testid = `remove-${name}`;
    on(this.drop, "click", () => page.actions.remove(name));
    this.neuron = this.#createNeuron(title);
    this.activation = this.#createActivation(title);
    this.widths = make("output", { class: "lane-widths", testid: `widths-${name}` });
    this.depth = this.#createDepth(title);
    this.units = this.#createUnits(title);
    this.size = make("p", { class: "lane-size", testid: `size-${name}` });
    this.surface = make("canvas", { testid: `surface-${name}`, role: "img" });
    this.points = make("canvas", { class: "lane-points" });
    setAttribute(this.points, "aria-hidden", "true");
    this.badge = make("span", { class: "lane-badge", testid: `badge-${name}` });
    this.accuracy = make("b", { testid: `accuracy-${name}` });
    this.loss = make("span", { testid: `loss-${name}` });
    const figures = make("p", { class: "lane-figures" }, this.accuracy, this.loss, this.badge);
    const head = make(
      "div",
      { class: "lane-head" },
      this.letter,
      this.neuron.element,
      this.activation.element,
      this.drop,
    );
    const steppers = make("div", { class: "lane-shape" }, this.depth.element, this.units.element, this.widths);
    // On the picture, so that nothing is pushed when it comes.
    this.place = make("span", { class: "lane-place", testid: `place-${name}`, title: language.say("race.place_hint") });
    this.seeds = new SeedStrip(page, title);
    const picture = make("div", { class: "lane-surface" }, this.surface, this.points, this.place);
    this.strip = new UnitStrip(page, name);
    const answer = make("div", { class: "lane-answer" }, this.strip.element, picture);
    this.element = make("article", { class: "lane", testid: `lane-${name}`, label: title });
    this.element.append(head, steppers, this.size, answer, figures, this.seeds.element);
    /** @type {RaceLane | null} */
    this.shown = null;
    this.pointsKey = "";
  }

  get lane() {
    const lane = this.page.store.state.lanes.find(({ lane: name }) => name === this.name);
    if (!lane) throw new Error(`there is no lane ${this.name}`);
    return lane;
  }

  /** @param {RaceState} state */
  show(state) {
    const { lane } = this;
    const { catalog, language } = this.page;
    const { layers } = lane.config;
    this.element.style.setProperty("--lane", this.page.colourOf(this.name));
    this.drop.hidden = state.lanes.length <= FEWEST_LANES;
    this.neuron.show(layers.length > 0 ? commonChoice(lane.config, "neuron") : lane.config.output.neuron);
    const bent = layers.length > 0 ? commonChoice(lane.config, "activation") : catalog.default.layers[0].activation;
    this.activation.show(bent?.name ?? null);
    this.activation.enable(layers.length > 0);
    this.depth.show(layers.length);
    this.units.show(layers[0]?.units ?? 1);
    this.units.element.classList.toggle("fixed", state.budget !== null || layers.length === 0);
    const shape = [lane.layout.features.length, ...layers.map(({ units }) => units), lane.layout.output.units];
    setText(this.widths, shape.join("–"));
    setText(this.size, this.#sizeOf(state, lane));
    const { accuracy, loss } = lane.frame?.body ?? {};
    setText(this.accuracy, accuracy ? formatPercent(accuracy.test) : formatLoss(loss?.test));
    const small = { loss: formatLoss(loss?.test) };
    setText(this.loss, language.say(accuracy ? "race.accuracy_and_loss" : "race.only_loss", small));
    const fallen = lane.diverged !== null;
    setText(this.badge, this.#badgeOf(lane));
    this.badge.classList.toggle("solved", lane.solved !== null && !fallen);
    this.badge.classList.toggle("fallen", fallen);
    const place = placesOf(state)?.[this.name];
    this.place.hidden = place === undefined;
    setText(this.place, place === undefined ? "" : language.say("race.place", { place }));
    this.place.classList.toggle("first", place === 1);
    this.strip.show(lane);
    this.seeds.show(state, state.repeated[this.name]);
  }

  /** @param {RaceState} state */
  draw(state) {
    const { lane } = this;
    const side = this.surface.clientWidth;
    if (side === 0) return;
    const ratio = this.page.ratio();
    fitCanvas(this.surface, side, side, ratio);
    setAttribute(this.surface, "aria-label", this.#spoken(lane));
    const { task, output } = lane.layout;
    const look = { task, squash: output.activation, theme: this.page.theme() };
    if (lane.frame) paintAnswer(this.surface, lane.frame, "output", look);
    this.#drawPoints(state, lane, side, ratio);
    this.strip.draw(lane, side, ratio);
    this.seeds.draw(lane);
  }

  /** @param {RaceState} state @param {RaceLane} lane @param {number} side @param {number} ratio */
  #drawPoints(state, { layout, points: own }, side, ratio) {
    const points = own ?? state.points;
    if (!points) return;
    const { theme } = this.page;
    paintScatter(this.points, { side, ratio, theme: theme(), layout, points, tests: true, share: 0.0085 });
  }

  /** @param {RaceState} state @param {RaceLane} lane */
  #sizeOf({ budget, lanes }, lane) {
    const { language } = this.page;
    const values = { parameters: formatCount(lane.parameters), adds: formatCount(lane.cost.multiply_adds) };
    const said = language.say("race.size", values);
    const near = budget?.lanes[lanes.indexOf(lane)];
    if (!budget || !near) return said;
    const target = { size: formatCount(near.size), target: formatCount(budget.target) };
    return `${said} · ${language.say(near.near ? "race.near" : "race.far", target)}`;
  }

  /** @param {RaceLane} lane */
  #badgeOf({ solved, diverged, layout }) {
    const { language } = this.page;
    if (diverged) {
      const last = diverged.layer === layout.layers.length;
      const values = { epoch: formatCount(diverged.epoch + 1), layer: diverged.layer + 1 };
      return language.say(last ? "race.diverged_output" : "race.diverged", values);
    }
    if (solved !== null) return language.say("race.solved", { epoch: formatCount(solved) });
    return layout.task === "regression" ? "" : language.say("race.not_solved");
  }

  /** @param {RaceLane} lane */
  #spoken(lane) {
    const { language } = this.page;
    const kind = this.neuron.element.textContent ?? "";
    const test = lane.frame?.body.accuracy
      ? formatPercent(lane.frame.body.accuracy.test)
      : formatLoss(lane.frame?.body.loss.test);
    return language.say("race.surface", { lane: this.name.toUpperCase(), kind, epoch: formatCount(lane.epoch), test });
  }

  /** @param {string} title */
  #createNeuron(title) {
    const { actions, catalog, language } = this.page;
    const naming = {
      label: language.say("race.neuron_of", { lane: title }),
      testid: `neuron-${this.name}`,
      bare: true,
    };
    const choose = (/** @type {string} */ chosen) =>
      actions.changeLane(this.name, (config) =>
        withLayer(config, "all", { neuron: chooseSpec(findSpec(catalog, "neurons", chosen)) }),
      );
    return createPickerButton(
      this.page.pickerPage(() => this.lane),
      naming,
      "all",
      choose,
      language.say("bar.mixed"),
    );
  }

  /** @param {string} title */
  #createActivation(title) {
    const { actions, catalog, language, options } = this.page;
    const naming = {
      label: language.say("race.activation_of", { lane: title }),
      testid: `activation-${this.name}`,
      bare: true,
    };
    const choose = (/** @type {string} */ chosen) =>
      actions.changeLane(this.name, (config) =>
        withLayer(config, "all", { activation: chooseSpec(findSpec(catalog, "activations", chosen)) }),
      );
    return createMenu(naming, options("activations"), choose, () => language.say("bar.mixed"));
  }

  /** @param {string} title */
  #createDepth(title) {
    const { actions, catalog, language } = this.page;
    const naming = {
      label: language.say("race.depth_of", { lane: title }),
      testid: `depth-${this.name}`,
      fewer: language.say("network.fewer_layers"),
      more: language.say("network.more_layers"),
    };
    const knob = { ...findField(catalog, "layers.units"), low: 0, high: catalog.limits.layers };
    const set = (/** @type {number} */ depth) =>
      actions.changeLane(this.name, (config) => withDepth(config, depth, catalog.default));
    return createStepper(naming, knob, set);
  }

  /** @param {string} title */
  #createUnits(title) {
    const { actions, catalog, language } = this.page;
    const naming = {
      label: language.say("race.units_of", { lane: title }),
      testid: `units-${this.name}`,
      fewer: language.say("race.fewer_units"),
      more: language.say("race.more_units"),
    };
    const knob = { ...findField(catalog, "layers.units"), low: 1, high: catalog.limits.units };
    const set = (/** @type {number} */ units) =>
      actions.changeLane(this.name, (config) =>
        config.layers.length > 0 ? withLayer(config, "all", { units }) : config,
      );
    return createStepper(naming, knob, set);
  }
}
