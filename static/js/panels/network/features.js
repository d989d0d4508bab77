/**
 * The column of features: every one is a switch, and those that are on are what the network is told.
 *
 * Pictures come after the page: the values are the server's. Where the other columns stand is draw/geometry.js' matter.
 */

import { centredColours, drawSurface } from "../../draw/surface.js";
import { findSpec } from "../../model/catalog.js";
import { contextOf, fitCanvas, imageOf } from "../../widgets/canvas.js";
import { fillHint, make, on, setAttribute } from "../../widgets/dom.js";

/** A tile's share of its row; one that is off is smaller still. */
const TILE_SHARE = 0.84;
const OFF_SHARE = 0.55;

export class Features {
  /** @param {Page} page @param {HTMLElement} area */
  constructor(page, area) {
    this.page = page;
    this.area = area;
    this.tiles = page.catalog.features.map((spec) => this.#createTile(spec.name));
    area.replaceChildren(...this.tiles.map(({ button }) => button));
    /** The side of a tile that is on, in CSS pixels. */
    this.size = 0;
  }

  /** @param {string[]} names those that are on */
  show(names) {
    for (const { name, button } of this.tiles) setAttribute(button, "aria-pressed", String(names.includes(name)));
  }

  /**
   * Gives every feature its row, and tells where the edges of those that are on begin.
   *
   * @param {string[]} names @param {number} unit the side of a unit @returns {Place[]} as centres of units
   */
  place(names, unit) {
    const { offsetLeft: left, offsetWidth: width, offsetHeight: height } = this.area;
    // A link may hide features that are off (page/visibility.js): then those that are on are no switches.
    for (const { button } of this.tiles) button.disabled = getComputedStyle(button).pointerEvents === "none";
    const tiles = this.tiles.filter(({ button }) => button.offsetParent !== null);
    const row = height / tiles.length;
    this.area.style.setProperty("--row", `${row}px`);
    this.size = Math.floor(Math.min(unit, row * TILE_SHARE));
    tiles.forEach(({ name, button, canvas }, index) => {
      button.style.top = `${Math.round(index * row)}px`;
      button.style.height = `${Math.floor(row)}px`;
      const side = names.includes(name) ? this.size : Math.round(this.size * OFF_SHARE);
      canvas.style.width = canvas.style.height = `${side}px`;
      canvas.style.marginRight = `${Math.round((this.size - side) / 2)}px`;
    });
    const at = (/** @type {string} */ name) => tiles.findIndex((tile) => tile.name === name);
    return names.map((name) => ({ x: left + width - unit / 2, y: (at(name) + 0.5) * row }));
  }

  draw() {
    const sides = this.tiles.map(({ canvas }) => canvas.clientWidth);
    for (const [index, { canvas, name }] of this.tiles.entries()) {
      const side = sides[index];
      const picture = side > 0 && this.page.thumbnails()?.features[name];
      if (!picture) continue;
      fitCanvas(canvas, side, side, this.page.ratio());
      const colours = centredColours(this.page.theme().ramp, picture.low, picture.high);
      drawSurface(contextOf(canvas), { ...picture, colours, image: imageOf(canvas) });
    }
  }

  /** @param {string} name */
  #createTile(name) {
    const { catalog, language } = this.page;
    const { label } = findSpec(catalog, "features", name);
    const canvas = make("canvas");
    const button = make(
      "button",
      {
        class: "feature",
        testid: `feature-${name}`,
        label: language.say("network.feature", { feature: label }),
      },
      make("span", { text: label }),
      canvas,
    );
    fillHint(language.hint(`features.${name}`), (words) => setAttribute(button, "title", words));
    on(button, "click", () => this.#toggle(name));
    return { name, button, canvas };
  }

  /** @param {string} name */
  #toggle(name) {
    const { actions, catalog, store } = this.page;
    const on = new Set(store.state.config.features);
    if (!on.delete(name)) on.add(name);
    if (on.size === 0) {
      store.set({ ...store.state, remark: { tone: "warn", key: "data.last_feature" } });
      return;
    }
    const features = catalog.features.map((spec) => spec.name).filter((one) => on.has(one));
    actions.open({ ...store.state.config, features });
  }
}
