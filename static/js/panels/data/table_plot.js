/**
 * The points of a table as they will lie in the plane, small, with the names of their axes and of their classes.
 */

import { drawMark, drawPoints } from "../../draw/points.js";
import { linearScale } from "../../draw/scale.js";
import { contextOf, fitCanvas } from "../../widgets/canvas.js";
import { make, setAttribute, setText } from "../../widgets/dom.js";

export class TablePlot {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    this.canvas = make("canvas", { testid: "table-plot", role: "img" });
    this.across = make("span", { class: "plot-x" });
    this.up = make("span", { class: "plot-y" });
    this.classes = make("ul", { class: "plot-classes", label: page.language.say("csv.classes") });
    const square = make("div", { class: "plot-square" }, this.up, this.canvas, this.across);
    this.element = make("div", { class: "table-plot" }, square, this.classes);
  }

  /** @param {TableReply} reply @param {TableAnswer} table */
  show({ knobs, classes = [] }, table) {
    const { language, ratio, theme } = this.page;
    this.element.hidden = !knobs;
    const { chosen } = table;
    if (!knobs || !chosen) return;
    const side = this.canvas.clientWidth;
    fitCanvas(this.canvas, side, side, ratio());
    const context = contextOf(this.canvas);
    const { width } = this.canvas;
    // Marks on the edge of the data's square are whole.
    const edge = width * 0.04;
    context.clearRect(0, 0, width, width);
    const values = knobs.task === "regression";
    drawPoints(context, {
      points: knobs.points,
      lookOf: values ? (target) => theme().valueLook((target + 1) / 2) : theme().classLook,
      x: linearScale([-1, 1], [edge, width - edge]),
      y: linearScale([-1, 1], [width - edge, edge]),
      radius: width * Math.min(0.022, 0.011 * Math.max(1, Math.sqrt(300 / knobs.points.length))),
      hollow: false,
      halo: theme().ground,
    });
    const [x, y, label] = [chosen.x, chosen.y, chosen.label].map((index) => table.columns[index].name);
    setText(this.across, `${x} →`);
    setText(this.up, `${y} →`);
    this.across.title = x;
    this.up.title = y;
    const names = { x, y, label, count: knobs.points.length };
    setAttribute(this.canvas, "aria-label", language.say("csv.plot", names));
    this.#showClasses(classes);
  }

  /** @param {string[]} names */
  #showClasses(names) {
    const { ratio, theme } = this.page;
    this.classes.hidden = names.length === 0;
    this.classes.replaceChildren(
      ...names.map((name) => {
        const text = make("span", { class: "class-name", text: name, title: name });
        return make("li", { class: "class" }, make("canvas", { class: "class-mark" }), text);
      }),
    );
    for (const [index, canvas] of this.classes.querySelectorAll("canvas").entries()) {
      fitCanvas(canvas, canvas.clientWidth, canvas.clientWidth, ratio());
      const x = canvas.width / 2;
      const mark = { ...theme().classLook(index), x, y: x, radius: x * 0.6, hollow: false, halo: "transparent" };
      drawMark(contextOf(canvas), mark);
    }
  }
}
