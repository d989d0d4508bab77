/**
 * The canvas behind the columns: every edge, from the features through the layers to the output.
 */

import { directionOf, drawEdges } from "../../draw/edges.js";
import { nearestEdge, outputPorts, portsOf } from "../../draw/geometry.js";
import { findSpec } from "../../model/catalog.js";
import { formatFixed } from "../../text/format.js";
import { contextOf, fitCanvas } from "../../widgets/canvas.js";
import { find, make, on, setText } from "../../widgets/dom.js";

/** A pointer this near to an edge means it, in CSS pixels. */
const REACH = 6;

export class Edges {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    this.columns = find(document, ".columns");
    this.canvas = find(this.columns, ".edges", HTMLCanvasElement);
    this.output = find(document, ".output-surface");
    this.tip = make("div", { class: "edge-tip", testid: "link-tip" });
    this.tip.hidden = true;
    this.columns.append(this.tip);
    /** @type {(EdgeLayer & { index: number })[]} as drawn last */
    this.gaps = [];
    /** @type {Place | null} where the pointer is, while no unit is under it */
    this.pointed = null;
  }

  /** The edge under the pointer says its number; a click leads to it. Keyboards find the same numbers in the inspector. */
  listen() {
    on(this.columns, "click", () => {
      const edge = this.pointed && nearestEdge(this.pointed, this.gaps, REACH);
      if (edge) this.page.inspection.seek({ layer: this.gaps[edge.gap].index, unit: edge.to }, edge.from);
    });
    on(this.columns, "pointermove", (event) => {
      const { left, top } = this.columns.getBoundingClientRect();
      const place = { x: event.clientX - left + this.columns.scrollLeft, y: event.clientY - top };
      this.pointed = event.target === this.columns || event.target instanceof HTMLDivElement ? place : null;
      this.#showTip();
    });
    on(this.columns, "pointerleave", () => {
      this.pointed = null;
      this.#showTip();
    });
  }

  #showTip() {
    const place = this.pointed;
    const edge = place && nearestEdge(place, this.gaps, REACH);
    this.tip.hidden = !edge;
    this.columns.classList.toggle("on-edge", Boolean(edge));
    if (!edge || !place) return;
    const { index, mean, size, to } = this.gaps[edge.gap];
    const { language } = this.page;
    const at = edge.from * to.length + edge.to;
    const value = formatFixed(size[at], 2);
    const words = { from: this.#nameOf(index - 1, edge.from), to: this.#nameOf(index, edge.to), value };
    setText(this.tip, language.say(`inspector.link_${directionOf(mean[at], size[at])}`, words));
    this.tip.style.left = `${Math.min(place.x + 12, this.columns.clientWidth - this.tip.offsetWidth - 4)}px`;
    this.tip.style.top = `${Math.max(0, place.y - this.tip.offsetHeight - 8)}px`;
  }

  /** @param {number} layer -1 for the features @param {number} unit */
  #nameOf(layer, unit) {
    const { catalog, language, store } = this.page;
    const { features, layers } = store.state.config;
    if (layer < 0) return features[unit] ? findSpec(catalog, "features", features[unit]).label : "";
    if (layer >= layers.length) return language.say("output.title");
    return language.say("network.unit", { layer: layer + 1, unit: unit + 1 });
  }

  /**
   * @param {Frame | null} frame @param {Geometry} geometry
   * @param {HTMLElement[]} areas of the units, one for each column
   */
  draw(frame, { size, centres }, areas) {
    const end = this.#end(areas[areas.length - 1]);
    const context = this.#clear(end.x);
    this.gaps = [];
    if (!frame) return;
    const look = {
      hues: this.page.theme().edgeHues,
      thickest: Math.min(Math.max(2, size * 0.09), Math.max(6, size * 0.05)),
    };
    const top = areas[0].offsetTop;
    const columns = centres.map((column) => column.map(({ x, y }) => ({ x, y: y + top })));
    columns.forEach((column, index) => {
      const edges = frame.arrays[`links.${index}`];
      const sizes = frame.arrays[`links_size.${index}`];
      const next = columns[index + 1];
      if (!edges || !sizes || edges.shape[0] !== column.length) return;
      const to = next ? portsOf(next, size, "left") : outputPorts(edges.shape[1], end, size * 0.4);
      // For a moment after a choice, frames still show the network before it.
      if (to.length !== edges.shape[1]) return;
      const mean = /** @type {Float32Array} */ (edges.data);
      const layer = {
        index,
        mean,
        size: /** @type {Float32Array} */ (sizes.data),
        from: portsOf(column, size, "right"),
        to,
      };
      this.gaps.push(layer);
      drawEdges(context, layer, look);
    });
    // The number of the edge under the pointer is of the network as it is now.
    if (this.pointed) this.#showTip();
  }

  /** @param {number} width */
  #clear(width) {
    const height = this.columns.clientHeight;
    const ratio = this.page.ratio();
    this.canvas.style.width = `${width}px`;
    this.canvas.style.height = `${height}px`;
    fitCanvas(this.canvas, width, height, ratio);
    const context = contextOf(this.canvas);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    return context;
  }

  /**
   * Where the last edges end: at the output's edge where it stands beside the network, else at the end of the columns.
   *
   * @param {HTMLElement} last the area of the last column
   */
  #end(last) {
    const frame = this.columns.getBoundingClientRect();
    const { left, top, height } = this.output.getBoundingClientRect();
    if (left >= frame.right) return { x: left - frame.left, y: top + height / 2 - frame.top };
    return { x: last.offsetLeft + last.offsetWidth, y: last.offsetTop + last.offsetHeight / 2 };
  }
}
