/**
 * Who is taken for whom: a table of true against predicted classes or, for a regression, how far off the values are.
 *
 * The server counts; here the counts get rows, columns and shades. Nothing is done while the panel is hidden.
 */

import { drawMark } from "../../draw/points.js";
import { scalingsOf } from "../../model/own_units.js";
import { formatCount, formatLoss } from "../../text/format.js";
import { contextOf, fitCanvas } from "../../widgets/canvas.js";
import { byTestId, find, make, on, setAttribute, setText } from "../../widgets/dom.js";

export class Confusion {
  /** @param {Page} page @param {Confusion | null} before of the page in another language */
  constructor(page, before) {
    this.page = page;
    this.panel = find(document, "#panel-confusion");
    this.table = find(this.panel, "table");
    this.tools = find(this.panel, ".history-tools");
    this.split = before?.split ?? /** @type {"train" | "test"} */ ("test");
    this.built = "";
    /** @type {HTMLElement[][]} */
    this.cells = [];
    this.#listen();
  }

  /** @param {State} state */
  draw({ config, frame, layout, points }) {
    if (!layout || this.panel.hidden || !frame) return;
    const classes = layout.task === "classification";
    this.tools.hidden = !classes;
    // For a moment after a choice, frames still tell of the data before it.
    const tests = points?.test.length !== 0;
    setAttribute(byTestId("confusion-test"), "aria-disabled", String(!tests));
    if (!tests && this.split === "test") this.#choose("train");
    if (classes && frame.body.confusion?.test.length === layout.classes) this.#count(frame.body.confusion);
    if (!classes && frame.body.fit) this.#measure(frame.body.fit, scalingsOf(config.data)[2].factor);
  }

  /** @param {{ train: number[][], test: number[][] }} confusion */
  #count(confusion) {
    const counts = confusion[this.split];
    this.#build(`classes ${counts.length}`, () => this.#buildClasses(counts.length));
    counts.forEach((row, actual) => {
      const total = Math.max(
        1,
        row.reduce((sum, count) => sum + count, 0),
      );
      row.forEach((count, predicted) => {
        const cell = this.cells[actual][predicted];
        setText(cell, formatCount(count));
        cell.style.setProperty("--share", (count / total).toFixed(2));
      });
    });
  }

  /** @param {{ train: Fit, test: Fit }} fit @param {number} factor by which the reader's own values became what is learnt */
  #measure(fit, factor) {
    this.#build("fit", () => this.#buildFit());
    for (const [column, split] of /** @type {const} */ (["train", "test"]).entries()) {
      setText(this.cells[0][column], formatLoss(fit[split].r2));
      setText(this.cells[1][column], formatLoss(inOwn(fit[split].error, factor)));
    }
  }

  /** @param {string} what @param {() => void} build */
  #build(what, build) {
    const { theme, ratio } = this.page;
    const key = `${what} ${theme().ink} ${theme().ground} ${ratio()} ${this.panel.clientWidth}`;
    if (key === this.built) return;
    this.built = key;
    build();
  }

  /** @param {number} count */
  #buildClasses(count) {
    const { language } = this.page;
    const heads = Array.from({ length: count }, (_, target) => this.#head("col", target));
    const corner = make("td", { class: "corner", text: language.say("confusion.corner") });
    this.cells = heads.map((_, actual) =>
      heads.map((_, predicted) => make("td", { class: actual === predicted ? "right" : "wrong" })),
    );
    const rows = this.cells.map((cells, actual) => make("tr", {}, this.#head("row", actual), ...cells));
    this.#fill("confusion.caption", make("tr", {}, corner, ...heads), rows);
    this.#kind({ many: count > 4, fit: false });
    for (const [index, canvas] of this.table.querySelectorAll("canvas").entries()) this.#mark(canvas, index % count);
  }

  #buildFit() {
    const { language } = this.page;
    const heads = ["output.train_head", "output.test_head"].map((key) => headOf("col", language.say(key)));
    this.cells = [0, 1].map(() => heads.map(() => make("td")));
    const rows = ["confusion.r2", "confusion.error"].map((key, index) =>
      make("tr", {}, headOf("row", language.say(key)), ...this.cells[index]),
    );
    this.#fill("confusion.fit_caption", make("tr", {}, make("td"), ...heads), rows);
    this.#kind({ many: false, fit: true });
  }

  /** @param {{ many: boolean, fit: boolean }} kind what the sheet lays out in another way */
  #kind({ many, fit }) {
    this.table.classList.toggle("many-classes", many);
    this.table.classList.toggle("fit", fit);
  }

  /** @param {string} caption @param {HTMLElement} heads @param {HTMLElement[]} rows */
  #fill(caption, heads, rows) {
    this.table.replaceChildren(
      make("caption", { class: "for-readers", text: this.page.language.say(caption) }),
      make("thead", {}, heads),
      make("tbody", {}, ...rows),
    );
  }

  /** @param {string} scope @param {number} target */
  #head(scope, target) {
    const name = this.page.language.say("output.class", { class: target });
    const head = headOf(scope, String(target));
    head.prepend(make("canvas", { class: "class-mark" }));
    setAttribute(head, "aria-label", name);
    return head;
  }

  /** @param {HTMLCanvasElement} canvas @param {number} target */
  #mark(canvas, target) {
    const { theme, ratio } = this.page;
    fitCanvas(canvas, canvas.clientWidth, canvas.clientWidth, ratio());
    const x = canvas.width / 2;
    const look = theme().classLook(target);
    drawMark(contextOf(canvas), { ...look, x, y: x, radius: x * 0.6, hollow: false, halo: "transparent" });
  }

  #listen() {
    const buttons = this.tools.querySelectorAll("button");
    for (const button of buttons) {
      on(button, "click", () => {
        this.#choose(button.dataset.testid === "confusion-train" ? "train" : "test");
        this.draw(this.page.store.state);
      });
    }
  }

  /** @param {"train" | "test"} split */
  #choose(split) {
    this.split = split;
    for (const each of this.tools.querySelectorAll("button")) {
      setAttribute(each, "aria-pressed", String(each.dataset.testid === `confusion-${split}`));
    }
  }
}

/** @param {number | null} error @param {number} factor */
function inOwn(error, factor) {
  return error === null ? null : error / factor;
}

/** @param {string} scope @param {string} text */
function headOf(scope, text) {
  const head = make("th", { text });
  head.setAttribute("scope", scope);
  return head;
}
