/**
 * The canvas behind the columns: every edge, from the features through the layers to the output.
 */

import { drawEdges } from "../../draw/edges.js";
import { outputPorts, portsOf } from "../../draw/geometry.js";
import { contextOf, fitCanvas } from "../../widgets/canvas.js";
import { find, on } from "../../widgets/dom.js";
import { LatePanel } from "../../widgets/late_panel.js";

/** While a unit is looked at, this much is seen of the edges that are not its own. */
const OTHERS = 0.25;

export class Edges {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    this.columns = find(document, ".columns");
    this.canvas = find(this.columns, ".edges", HTMLCanvasElement);
    this.output = find(document, ".output-surface");
    /** @type {(EdgeLayer & { index: number })[]} as drawn last */
    this.gaps = [];
    /** @type {Place | null} where the pointer is, while no unit is under it */
    this.pointed = null;
    /** @type {LatePanel<import("./edge_tip.js").EdgeTip> | null} */
    this.tip = null;
  }

  /** What the edge under the pointer says comes when a pointer first does. */
  listen() {
    const tip = new LatePanel(this.page, async () => {
      const { EdgeTip } = await import("./edge_tip.js");
      return () => new EdgeTip(this.page, this);
    });
    this.tip = tip;
    on(this.columns, "click", () => tip.panel?.follow());
    on(this.columns, "pointermove", (event) => {
      const { left, top } = this.columns.getBoundingClientRect();
      const place = { x: event.clientX - left + this.columns.scrollLeft, y: event.clientY - top };
      this.pointed = event.target === this.columns || event.target instanceof HTMLDivElement ? place : null;
      tip.get(true)?.show();
    });
    on(this.columns, "pointerleave", () => {
      this.pointed = null;
      tip.panel?.show();
    });
  }

  /**
   * @param {State} state @param {Geometry} geometry
   * @param {HTMLElement[]} areas of the units, one for each column
   */
  draw({ frame, inspect }, { size, centres }, areas) {
    const end = this.#end(areas[areas.length - 1]);
    const context = this.#clear(end.x);
    this.gaps = [];
    if (!frame) return;
    const look = {
      hues: this.page.theme().edgeHues,
      thickest: Math.min(Math.max(2, size * 0.09), Math.max(6, size * 0.05)),
      shown: inspect ? OTHERS : 1,
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
      const touches = (/** @type {number} */ from, /** @type {number} */ to) =>
        inspect?.layer === index ? to === inspect.unit : inspect?.layer === index - 1 && from === inspect.unit;
      if (inspect) drawEdges(context, layer, { ...look, shown: 1 }, touches);
    });
    // The number of the edge under the pointer is of the network as it is now.
    if (this.pointed) this.tip?.panel?.show();
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
