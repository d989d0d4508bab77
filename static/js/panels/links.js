/**
 * The canvas behind the columns: every link, from the features through the layers to the answer.
 */

import { drawLinks } from "../draw/links.js";
import { outputPorts, portsOf } from "../geometry.js";
import { contextOf, fitCanvas } from "./canvas.js";
import { find } from "./elements.js";

export class Links {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    this.columns = find(document, ".columns");
    this.canvas = find(this.columns, ".links", HTMLCanvasElement);
    this.answer = find(document, ".answer-surface");
  }

  /**
   * @param {Frame | null} frame @param {Geometry} geometry
   * @param {HTMLElement[]} areas of the units, one for each column
   */
  draw(frame, { size, centres }, areas) {
    const end = this.#end(areas[areas.length - 1]);
    const context = this.#clear(end.x);
    if (!frame) return;
    const { linkLow: low, linkHigh: high } = this.page.theme();
    const look = { low, high, thickest: Math.min(Math.max(2, size * 0.09), Math.max(6, size * 0.05)) };
    const top = areas[0].offsetTop;
    const columns = centres.map((column) => column.map(({ x, y }) => ({ x, y: y + top })));
    columns.forEach((column, index) => {
      const links = frame.arrays[`links.${index}`];
      const next = columns[index + 1];
      if (!links || links.shape[0] !== column.length) return;
      const to = next ? portsOf(next, size, "left") : outputPorts(links.shape[1], end, size * 0.4);
      // For a moment after a choice, frames still show the network before it.
      if (to.length !== links.shape[1]) return;
      const sensitivity = /** @type {Float32Array} */ (links.data);
      drawLinks(context, { sensitivity, from: portsOf(column, size, "right"), to }, look);
    });
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
   * Where the last links end: at the answer's edge where it stands beside the network, else at the end of the columns.
   *
   * @param {HTMLElement} last the area of the last column
   */
  #end(last) {
    const frame = this.columns.getBoundingClientRect();
    const { left, top, height } = this.answer.getBoundingClientRect();
    if (left >= frame.right) return { x: left - frame.left, y: top + height / 2 - frame.top };
    return { x: last.offsetLeft + last.offsetWidth, y: last.offsetTop + last.offsetHeight / 2 };
  }
}
