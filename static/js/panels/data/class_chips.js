/**
 * The classes that points are drawn with: a chip each, with its mark and its name, and one for another class.
 *
 * Not here: what a choice does (draw_points.js).
 */

import { drawMark } from "../../draw/points.js";
import { contextOf, fitCanvas } from "../../widgets/canvas.js";
import { make, on, setAttribute } from "../../widgets/dom.js";

export class ClassChips {
  /**
   * @param {Page} page @param {HTMLElement} root @param {number} most classes
   * @param {{ pick: (label: number) => void, add: () => void }} wanted
   */
  constructor(page, root, most, wanted) {
    this.page = page;
    this.root = root;
    this.most = most;
    this.wanted = wanted;
    /** What the chips were built for. */
    this.builtFor = "";
  }

  /** @param {Layout} layout @param {number} classes @param {number} chosen */
  show(layout, classes, chosen) {
    const { theme, ratio } = this.page;
    const key = `${classes} ${layout.class_names.join("|")} ${theme().ink} ${ratio()}`;
    if (this.builtFor !== key) {
      this.builtFor = key;
      this.#make(layout, classes);
    }
    this.root.querySelectorAll("[aria-pressed]").forEach((chip, index) => {
      setAttribute(chip, "aria-pressed", String(index === chosen));
    });
  }

  /** @param {Layout} layout @param {number} classes */
  #make(layout, classes) {
    const { language, theme, ratio } = this.page;
    const chips = Array.from({ length: classes }, (_, index) => this.#createChip(index, layout));
    const label = language.say("draw.more_classes");
    const more = make("button", {
      class: "chip",
      testid: "draw-class-more",
      text: "+",
      label,
      title: label,
    });
    on(more, "click", this.wanted.add);
    this.root.classList.toggle("roomy", classes <= 4 && layout.class_names.some(Boolean));
    this.root.replaceChildren(...chips, ...(classes < this.most ? [more] : []));
    this.root.querySelectorAll("canvas").forEach((canvas, index) => {
      fitCanvas(canvas, canvas.clientWidth, canvas.clientWidth, ratio());
      const x = canvas.width / 2;
      const mark = { ...theme().classLook(index), x, y: x, radius: x * 0.6, hollow: false, halo: "transparent" };
      drawMark(contextOf(canvas), mark);
    });
  }

  /** @param {number} index @param {Layout} layout */
  #createChip(index, { class_names: names }) {
    const label = names[index] || this.page.language.say("output.class", { class: index });
    const canvas = make("canvas", { class: "class-mark" });
    const chip = make("button", { class: "chip", testid: `draw-class-${index}`, label, title: label });
    chip.append(canvas, make("span", { text: names[index] || String(index) }));
    chip.setAttribute("aria-pressed", "false");
    on(chip, "click", () => this.wanted.pick(index));
    return chip;
  }
}
