/**
 * The edge under the pointer says its number; a click leads to it. Keyboards find the same numbers in the inspector.
 */

import { directionOf, nearestEdge } from "../../draw/pointed_edge.js";
import { findSpec } from "../../model/catalog.js";
import { formatFixed } from "../../text/format.js";
import { make, setText } from "../../widgets/dom.js";

/** A pointer this near to an edge means it, in CSS pixels. */
const REACH = 6;

export class EdgeTip {
  /** @param {Page} page @param {import("./edges.js").Edges} edges as drawn last, and where the pointer is */
  constructor(page, edges) {
    this.page = page;
    this.edges = edges;
    this.tip = make("div", { class: "edge-tip", testid: "link-tip" });
    this.tip.hidden = true;
    edges.columns.append(this.tip);
  }

  /** Opens the number of the edge under the pointer. */
  follow() {
    const edge = this.#pointed();
    if (edge) this.page.inspection.seek({ layer: this.edges.gaps[edge.gap].index, unit: edge.to }, edge.from);
  }

  show() {
    const place = this.edges.pointed;
    const edge = this.#pointed();
    const { columns, gaps } = this.edges;
    this.tip.hidden = !edge;
    columns.classList.toggle("on-edge", Boolean(edge));
    if (!edge || !place) return;
    const { index, mean, size, to } = gaps[edge.gap];
    const { language } = this.page;
    const at = edge.from * to.length + edge.to;
    const value = formatFixed(size[at], 2);
    const words = { from: this.#nameOf(index - 1, edge.from), to: this.#nameOf(index, edge.to), value };
    setText(this.tip, language.say(`inspector.link_${directionOf(mean[at], size[at])}`, words));
    this.tip.style.left = `${Math.min(place.x + 12, columns.clientWidth - this.tip.offsetWidth - 4)}px`;
    this.tip.style.top = `${Math.max(0, place.y - this.tip.offsetHeight - 8)}px`;
  }

  #pointed() {
    return this.edges.pointed && nearestEdge(this.edges.pointed, this.edges.gaps, REACH);
  }

  /** @param {number} layer -1 for the features @param {number} unit */
  #nameOf(layer, unit) {
    const { catalog, language, store } = this.page;
    const { features, layers } = store.state.config;
    if (layer < 0) return features[unit] ? findSpec(catalog, "features", features[unit]).label : "";
    if (layer >= layers.length) return language.say("output.title");
    return language.say("network.unit", { layer: layer + 1, unit: unit + 1 });
  }
}
