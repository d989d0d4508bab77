/**
 * The network: the features, a column for each hidden layer, and the edges up to the output.
 *
 * Columns and units are added and removed at the end only, so the control under the reader's hand stays the same element
 * while depth or width is dragged. Where things stand is draw/geometry.js' matter, how they look draw/'s.
 */

import { neighbour, placeUnits } from "../../draw/geometry.js";
import { drawValue } from "../../draw/inspected.js";
import { centredColours, drawSurface } from "../../draw/surface.js";
import { unitMap } from "../../live/frames.js";
import { findField } from "../../model/catalog.js";
import { withDepth } from "../../model/config.js";
import { formatFixed } from "../../text/format.js";
import { contextOf, fitCanvas, imageOf } from "../../widgets/canvas.js";
import { createMenu, createStepper } from "../../widgets/controls.js";
import { find, on } from "../../widgets/dom.js";
import { LatePanel } from "../../widgets/late_panel.js";
import { Edges } from "./edges.js";
import { Features } from "./features.js";
import { Layer } from "./layer.js";

/** CSS pixels of the smallest number that is still read. */
const LEAST_TEXT = 9;

export class Network {
  /** @param {Page} page @param {() => void} drawAgain with the next frame */
  constructor(page, drawAgain) {
    this.page = page;
    this.drawAgain = drawAgain;
    /** CSS pixels of a unit's side as drawn last. */
    this.drawnSize = 0;
    /** @type {Needs} */
    this.needs = {
      controls: ["config", "inspect", "layout"],
      place: ["config"],
      network: ["config", "frame", "inspect"],
    };
    this.root = find(document, ".network");
    this.columns = find(this.root, ".columns");
    // Not seen before everything in it has its place.
    this.columns.classList.add("coming");
    this.edges = new Edges(page);
    this.featureArea = find(this.columns, ".feature-units");
    this.features = new Features(page, this.featureArea);
    /** @type {string[]} those that are on */
    this.inputs = [];
    /** @type {Layer[]} */
    this.layers = [];
    /** @type {Geometry} */
    this.geometry = { size: 0, centres: [] };
    this.depth = this.#createDepth();
    this.forest = this.#awaitForest();
    this.family = this.#createFamily();
    /** What the names' room was found for. */
    this.measured = "";
    /** @type {Config | null} the network that was left for a forest */
    this.left = null;
    this.#listen();
  }

  /** @param {State} state */
  show(state) {
    const { config } = state;
    this.#showFamily(config.forest ? "forest" : "network");
    this.depth.show(config.layers.length);
    this.inputs = config.features;
    this.features.show(this.inputs);
    while (this.layers.length > config.layers.length) this.layers.pop()?.remove();
    for (let index = this.layers.length; index < config.layers.length; index++) {
      this.layers.push(new Layer(this.page, this.columns, index));
    }
    for (const layer of this.layers) layer.show(config.layers[layer.index], state.inspect);
    this.columns.classList.toggle("straight", config.layers.length === 0);
    this.columns.classList.toggle("coming", !state.good);
    this.#keepOneTabStop(state);
    this.forest.get(config.forest !== undefined)?.show(state);
  }

  /** Measures the boxes and places every unit. Needed after the columns, the widths or the window have changed. */
  place() {
    this.#cramp();
    const columns = this.layers.map(({ area, units }) => ({
      left: area.offsetLeft,
      width: area.offsetWidth,
      units: units.length,
    }));
    const height = this.featureArea.offsetHeight;
    const { size, centres } = placeUnits({ columns, height, largest: height * 0.2 });
    this.geometry = { size, centres: [this.features.place(this.inputs, size), ...centres] };
    // What is measured comes first: else the browser would lay the page out anew.
    this.layers.forEach(({ units }, index) => {
      units.forEach((tile, unit) => void placeTile(tile, size, centres[index][unit], columns[index].left));
    });
  }

  /** Short names where the long ones have no room: measured at full length, not guessed, for any language and any window. */
  #cramp() {
    const { columns, layers } = this;
    const measured = [layers.length, layers[0]?.area.offsetWidth, getComputedStyle(columns).fontSize].join();
    if (measured === this.measured) return;
    columns.classList.remove("cramped");
    const cramped = layers.some((layer) => layer.isCramped());
    columns.classList.toggle("cramped", cramped);
    this.measured = measured;
  }

  /** @param {State} state */
  draw(state) {
    const { size } = this.geometry;
    const ratio = this.page.ratio();
    this.features.draw();
    // A hundred pictures of another size take longer than a frame may: for one, they are seen as they were, made larger or smaller.
    const waits = this.drawnSize !== 0 && this.drawnSize !== size;
    this.drawnSize = size;
    if (waits) this.drawAgain();
    else {
      this.layers.forEach((layer, index) => {
        layer.units.forEach((canvas, unit) => {
          fitCanvas(canvas, size, size, ratio);
          this.#drawUnit(state, canvas, index, unit);
          this.#drawTraced(canvas, index, unit);
        });
      });
    }
    const areas = [this.featureArea, ...this.layers.map((layer) => layer.area)];
    this.edges.draw(state, this.geometry, areas);
    this.forest.panel?.show(state);
  }

  /** What only forests have comes when there is one. @returns {LatePanel<import("./forest.js").Forest>} */
  #awaitForest() {
    const load = async () => {
      const { Forest, askForNumbers } = await import("./forest.js");
      const told = await askForNumbers();
      return () => new Forest(this.page, told);
    };
    return new LatePanel(this.page, load, undefined, "forest");
  }

  /** Which family of models learns. On the way back, the network is the one that was left. */
  #createFamily() {
    const { actions, catalog, language, store } = this.page;
    const options = [
      { value: "network", text: language.say("network.family_network") },
      { value: "forest", text: language.say("network.family_forest") },
    ];
    const naming = { label: language.say("network.family"), testid: "family", bare: true };
    const menu = createMenu(naming, options, async (chosen) => {
      const panel = await this.forest.fetch();
      const { config } = store.state;
      if (!panel) this.family.show(config.forest ? "forest" : "network");
      else if (chosen === "forest") {
        this.left = config;
        actions.open(panel.of(config));
      } else actions.open(panel.without(config, this.left ?? catalog.default));
    });
    find(this.root, ".family").append(menu.element);
    return menu;
  }

  /** @param {string} family */
  #showFamily(family) {
    const { dataset } = document.documentElement;
    this.family.show(family);
    // A column says of itself what it is when it is made.
    if (dataset.family !== family) while (this.layers.length > 0) this.layers.pop()?.remove();
    dataset.family = family;
  }

  #createDepth() {
    const { actions, catalog, language, store } = this.page;
    const naming = {
      label: language.say("network.depth"),
      fewer: language.say("network.fewer_layers"),
      more: language.say("network.more_layers"),
      testid: "depth",
    };
    const stepper = createStepper(naming, findField(catalog, "depth"), (depth) =>
      actions.open(withDepth(store.state.config, depth, catalog.default)),
    );
    find(this.root, ".depth").append(stepper.element);
    return stepper;
  }

  /** @param {State} state @param {HTMLCanvasElement} canvas @param {number} layer @param {number} unit */
  #drawUnit({ frame }, canvas, layer, unit) {
    const map = frame && unitMap(frame, layer, unit);
    if (!map) return;
    const colours = centredColours(this.page.theme().ramp, map.low, map.high);
    drawSurface(contextOf(canvas), { field: map.field, side: map.side, colours, image: imageOf(canvas) });
  }

  /** What the unit makes of the place that is traced. @param {HTMLCanvasElement} canvas @param {number} layer @param {number} unit */
  #drawTraced(canvas, layer, unit) {
    const value = this.page.inspection.trace?.layers[layer]?.[unit];
    if (value === undefined) return;
    const { ink, ground, family } = this.page.theme();
    const ratio = this.page.ratio();
    const usual = Number.parseFloat(getComputedStyle(this.columns).fontSize) * 0.8;
    const size = Math.max(LEAST_TEXT, Math.min(usual, canvas.width / ratio / 3)) * ratio;
    drawValue(contextOf(canvas), formatFixed(value, 2), canvas.width, { ink, halo: ground, line: 1, family, size });
  }

  /**
   * The network is one stop of the Tab key; arrows move inside it.
   *
   * @param {State} state
   */
  #keepOneTabStop({ inspect }) {
    const hidden = inspect !== null && inspect.layer < this.layers.length;
    const stop = hidden ? inspect : { layer: 0, unit: 0 };
    this.layers.forEach((layer, index) => {
      layer.units.forEach((canvas, unit) => {
        canvas.tabIndex = index === stop.layer && unit === stop.unit ? 0 : -1;
      });
    });
  }

  #listen() {
    const { inspection } = this.page;
    /** @type {Unit | null} */
    let hovered = null;
    const look = () => inspection.look(hovered ?? unitOf(document.activeElement));
    on(this.columns, "click", ({ target }) => {
      const unit = unitOf(target);
      if (unit) inspection.pin(unit);
    });
    this.edges.listen();
    on(this.columns, "pointerover", ({ target, pointerType }) => {
      if (pointerType === "mouse") hovered = unitOf(target);
      look();
    });
    on(this.columns, "pointerleave", () => {
      hovered = null;
      look();
    });
    on(this.columns, "focusin", look);
    // The next element has the focus only after this event.
    on(this.columns, "focusout", () => queueMicrotask(look));
    on(this.columns, "keydown", (event) => {
      const unit = unitOf(event.target);
      if (!unit) return;
      if (event.key === "Escape") /** @type {HTMLElement} */ (event.target).blur();
      if (event.key === "Enter") inspection.pin(unit);
      const next = neighbour(
        this.layers.map((layer) => layer.units.length),
        unit,
        event.key,
      );
      if (!next) return;
      event.preventDefault();
      this.layers[next.layer].units[next.unit].focus();
    });
  }
}

/** @param {EventTarget | null} target */
function unitOf(target) {
  if (!(target instanceof HTMLCanvasElement) || target.dataset.unit === undefined) return null;
  return { layer: Number(target.dataset.layer), unit: Number(target.dataset.unit) };
}

/**
 * @param {HTMLElement} tile @param {number} size @param {Place} centre
 * @param {number} left of the column
 */
function placeTile(tile, size, centre, left) {
  // Whole pixels: a canvas between two pixels is blurred by the compositor.
  tile.style.left = `${Math.round(centre.x - left - size / 2)}px`;
  tile.style.top = `${Math.round(centre.y - size / 2)}px`;
  tile.style.width = `${size}px`;
  tile.style.height = `${size}px`;
}
