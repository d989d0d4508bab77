/**
 * One layer's part of the lens: two scores, two canvases, and the choice of what its space is seen by.
 */

import { formatExact, formatPercent } from "../../text/format.js";
import { createMenu } from "../../widgets/controls.js";
import { make, on, setAttribute, setText } from "../../widgets/dom.js";
import { createDrawer } from "../../widgets/drawer.js";

const PRINCIPAL = "principal";
const ENDS = /** @type {const} */ (["x", "y"]);

export class LensCell {
  /**
   * @param {Page} page @param {HTMLElement} parent
   * @param {number} layer from 0; -1 for the features
   * @param {(picture: "decision" | "space", opener: HTMLElement) => void} [enlarge]
   */
  constructor(page, parent, layer, enlarge = () => {}) {
    this.page = page;
    this.enlarge = enlarge;
    this.layer = layer;
    this.key = layer < 0 ? "input" : String(layer);
    const { language } = page;
    this.name = layer < 0 ? language.say("lens.features") : language.say("network.layer", { layer: layer + 1 });
    this.train = make("span", { class: "mark-train", testid: `lens-train-${this.key}` });
    this.test = make("span", { class: "mark-test", testid: `lens-test-${this.key}` });
    this.scores = make("p", { class: "lens-scores split" }, this.train, this.test);
    this.decision = this.#createCanvas("decision");
    this.space = this.#createCanvas("space");
    /** @type {{ end: "x" | "y", menu: Control<string | null> }[]} */
    this.axes = [];
    this.units = 0;
    const [decision, space] = [this.#createButton("decision"), this.#createButton("space")];
    this.spaceButton = space;
    this.spaceBox = make("div", { class: "lens-space" }, space);
    const views = make(
      "div",
      { class: "lens-views" },
      make("div", { class: "lens-decision" }, decision),
      this.spaceBox,
    );
    const figure = (/** @type {string} */ what) => make("span", { testid: `health-${what}-${this.key}` });
    this.figures = { gradient: figure("gradient"), dead: figure("dead"), saturated: figure("saturated") };
    this.bar = make("div", { class: "health-bar" });
    const { gradient, dead, saturated } = this.figures;
    this.health = make("p", { class: "lens-health" }, gradient, this.bar, dead, saturated);
    this.element = make("div", { class: "lens-cell" }, this.scores, views, this.health);
    this.element.setAttribute("role", "group");
    this.element.style.gridArea = `4 / ${layer + 2}`;
    parent.append(this.element);
  }

  /** @param {number} units of its layer @param {LensState} lens */
  show(units, { picture, pairs }) {
    for (const one of ["decision", "space", "health"]) this.element.classList.toggle(`shows-${one}`, one === picture);
    if (units !== this.units) this.#createAxes(units);
    this.units = units;
    const pair = pairs.find(({ layer }) => layer === this.layer);
    for (const { end, menu } of this.axes) menu.show(pair ? String(pair[end]) : PRINCIPAL);
  }

  /** @param {LensFacts} facts @param {number} index its place among them */
  say({ train, test, shown }, index) {
    const { language } = this.page;
    const [known, unknown] = [formatPercent(train[index]), formatPercent(test[index])];
    setText(this.train, known);
    setText(this.test, unknown);
    setAttribute(
      this.element,
      "aria-label",
      language.say("lens.cell", { name: this.name, train: known, test: unknown }),
    );
    setAttribute(this.space, "title", language.say("lens.shown", { share: formatPercent(shown[index]) }));
  }

  /** The features have no weights, so nothing to learn. */
  sayNothing() {
    this.health.hidden = true;
  }

  /** @param {{ gradient: number | null, dead: number | null, saturated: number | null, share: number }} health */
  sayHealth({ gradient, dead, saturated, share }) {
    const { language } = this.page;
    const count = (/** @type {number | null} */ part) => Math.round(Number(part) * this.units);
    this.health.hidden = false;
    setText(this.figures.gradient, language.say("lens.gradient", { value: formatExact(gradient ?? Number.NaN) }));
    setText(this.figures.dead, language.say("lens.dead", { count: count(dead), units: this.units }));
    setText(this.figures.saturated, language.say("lens.saturated", { count: count(saturated), units: this.units }));
    this.figures.dead.classList.toggle("warn", count(dead) > 0);
    this.bar.style.setProperty("--share", String(share));
    const words = Object.values(this.figures).map(({ textContent }) => textContent);
    setAttribute(this.element, "aria-label", `${this.name}: ${words.join(", ")}`);
  }

  remove() {
    this.element.remove();
  }

  /** @param {"decision" | "space"} view */
  #createCanvas(view) {
    const label = this.page.language.say(`lens.${view}_label`, { name: this.name });
    const canvas = make("canvas", { testid: `lens-${view}-${this.key}`, label });
    canvas.setAttribute("role", "img");
    return canvas;
  }

  /** Its picture, to be seen large. @param {"decision" | "space"} view */
  #createButton(view) {
    const label = this.page.language.say("lens.enlarge", { what: this[view].getAttribute("aria-label") ?? "" });
    const button = make("button", { class: "lens-enlarge", label }, this[view]);
    setAttribute(button, "aria-haspopup", "dialog");
    on(button, "click", () => this.enlarge(view, button));
    return button;
  }

  /**
   * A layer of one or two units is shown as it is.
   *
   * @param {number} units
   */
  #createAxes(units) {
    this.spaceBox.replaceChildren(this.spaceButton);
    this.axes = [];
    if (units < 3) return;
    const { language } = this.page;
    const options = [
      { value: PRINCIPAL, text: language.say("lens.principal") },
      ...Array.from({ length: units }, (_, unit) => ({
        value: String(unit),
        text: language.say("lens.unit", { unit: unit + 1 }),
      })),
    ];
    this.axes = ENDS.map((end) => ({
      end,
      menu: createMenu(
        { label: language.say(`lens.axis_${end}`), testid: `lens-${end}-${this.layer}` },
        options,
        (value) => this.#choose(end, value),
      ),
    }));
    const label = language.say("lens.axes", { name: this.name });
    this.spaceBox.append(createDrawer(label, ...this.axes.map(({ menu }) => menu.element)));
  }

  /** @param {"x" | "y"} end @param {string} value */
  #choose(end, value) {
    const { actions, store } = this.page;
    actions.look({
      pairs: withAxis(store.state.lens.pairs, this.layer, end, value === PRINCIPAL ? null : Number(value)),
    });
  }
}

/**
 * The pairs with another unit on one axis of a layer. Where the layer had none, a neighbour joins it on the other axis;
 * null gives both axes back to the principal ones.
 *
 * @param {readonly UnitPair[]} pairs @param {number} layer @param {"x" | "y"} end @param {number | null} unit
 * @returns {UnitPair[]}
 */
export function withAxis(pairs, layer, end, unit) {
  const others = pairs.filter((pair) => pair.layer !== layer);
  if (unit === null) return others;
  const beside = unit === 0 ? 1 : 0;
  const old = pairs.find((pair) => pair.layer === layer) ?? { layer, x: beside, y: beside };
  return [...others, { ...old, [end]: unit }];
}
