/**
 * The chart of the run: loss or accuracy by epoch, on a log or linear axis, and a cross-hair that reads it.
 *
 * It is fetched after the page (history.js), and the cross-hair's words once somebody is near (reading.js). The canvas carries the text alternative; the cross-hair over it is a slider, so that arrow keys and screen readers read
 * every epoch that was recorded, as the pointer does.
 */

import { drawChart } from "../../draw/chart.js";
import { epochAxis } from "../../draw/epoch_axis.js";
import { clamp } from "../../draw/scale.js";
import { recordAt, recordFrom } from "../../model/moments.js";
import { axisEnd, looksBack } from "../../model/state.js";
import { formatCount, formatLoss, formatPercent } from "../../text/format.js";
import { contextOf, fitCanvas } from "../../widgets/canvas.js";
import { byTestId, find, on, setAttribute } from "../../widgets/dom.js";
import { createLateReading } from "./late_reading.js";

const SCALES = { log: "chart.scale_log", linear: "chart.scale_linear", share: "chart.scale_share" };

export class LossChart {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    this.root = find(document, ".history");
    this.canvas = byTestId("chart", HTMLCanvasElement);
    this.reader = find(this.root, ".chart-reader");
    this.box = find(this.root, ".reading");
    this.cells = [...this.box.querySelectorAll("td")];
    this.log = byTestId("chart-log", HTMLButtonElement);
    this.accuracy = byTestId("tab-accuracy", HTMLButtonElement);
    this.reading = createLateReading(page);
    /** @type {number | null} the epoch under the cross-hair */
    this.epoch = null;
    this.margin = { left: 0, right: 0, top: 0, bottom: 0 };
    this.#listen();
  }

  /** @param {State} state @param {Chart["margin"]} [margin] around the plot; as before without it */
  draw(state, margin = this.margin) {
    const [width, height] = [this.canvas.clientWidth, this.canvas.clientHeight];
    const { theme, ratio, language } = this.page;
    const em = Number.parseFloat(getComputedStyle(this.root).fontSize);
    this.margin = margin;
    this.#describe(state);
    if (width === 0) return;
    fitCanvas(this.canvas, width, height, ratio());
    const context = contextOf(this.canvas);
    context.setTransform(ratio(), 0, 0, ratio(), 0, 0);
    const { soft, grid, ground, warn, family } = theme();
    drawChart(context, {
      curves: this.#curves(state, em),
      marks: this.#marks(state),
      events: state.events.map(({ epoch, path }) => ({ epoch, wrong: path === null })),
      chance: this.#chance(state),
      end: axisEnd(state),
      scale: this.#scale(),
      names: {
        value: [this.#nameOf(state), ...(this.#past(state) ? [language.say("chart.before")] : [])],
        epoch: language.say(this.#axis(state).long ? "chart.epochs_log" : "chart.epochs"),
      },
      width,
      height,
      margin: this.margin,
      look: { ink: soft, grid, ground, warn, font: `${em}px ${family}`, em, line: Math.max(1.5, em * 0.14) },
      formatEpoch: (epoch) => formatCount(epoch),
    });
    const row = this.#row(state);
    this.box.hidden = row === null;
    setAttribute(this.reader, "aria-valuemax", String(axisEnd(state)));
    setAttribute(this.reader, "aria-valuenow", String((row ?? state.history.at(-1))?.[0] ?? 0));
    const { shareOf } = this.#axis(state);
    this.reading(row !== null)?.readChart(this, state, { row, shareOf });
  }

  /** The record under the cross-hair. @param {State} state */
  #row({ history }) {
    return this.epoch === null ? null : recordAt(history, this.epoch);
  }

  /** Whether accuracies are shown, not losses. */
  get #showsAccuracy() {
    return this.accuracy.getAttribute("aria-selected") === "true";
  }

  /** @param {State} state */
  #axis(state) {
    return epochAxis(axisEnd(state));
  }

  /** @param {State} state @returns {Chart["chance"]} */
  #chance({ layout }) {
    if (!this.#showsAccuracy || !layout || layout.classes < 2) return null;
    const share = 1 / layout.classes;
    return { share, text: this.page.language.say("chart.chance", { share: formatPercent(share).replace(".0%", "%") }) };
  }

  #scale() {
    if (this.#showsAccuracy) return "share";
    return isPressed(this.log) ? "log" : "linear";
  }

  /** @param {State} state @param {number} em @returns {Curve[]} */
  #curves(state, em) {
    const { train, test } = this.page.theme();
    const first = this.#showsAccuracy ? 3 : 1;
    const curvesOf = (/** @type {readonly Row[]} */ rows, faint = false) => {
      const samples = (/** @type {number} */ column) => rows.map((row) => /** @type {const} */ ([row[0], row[column]]));
      return [
        { samples: samples(first), colour: train, dash: [], faint },
        { samples: samples(first + 1), colour: test, dash: [em * 0.45, em * 0.25], faint },
      ];
    };
    const end = axisEnd(state);
    const past = this.#past(state)?.history.filter(([epoch]) => epoch <= end);
    return [...curvesOf(state.history), ...curvesOf(past ?? [], true)];
  }

  /** The run before, where its values are of the kind that is shown. @param {State} state */
  #past({ config, past }) {
    const alike = this.#showsAccuracy || JSON.stringify(past?.config.loss) === JSON.stringify(config.loss);
    return alike ? past : null;
  }

  /** @param {State} state @returns {MomentMark[]} */
  #marks(state) {
    const { accent, ink } = this.page.theme();
    const kind = this.#showsAccuracy ? "accuracy" : "loss";
    const marks = [];
    if (looksBack(state) && state.frame) {
      const { epoch, [kind]: pair } = state.frame.body;
      marks.push({ epoch, values: [pair?.train ?? Number.NaN, pair?.test ?? Number.NaN], colour: accent });
    }
    const row = this.#row(state);
    if (row) marks.push({ epoch: row[0], values: kind === "loss" ? row.slice(1, 3) : row.slice(3), colour: ink });
    return marks;
  }

  /** @param {State} state */
  #nameOf({ config }) {
    const { language, options } = this.page;
    if (this.#showsAccuracy) return language.say("output.accuracy");
    return options("losses").find(({ value }) => value === config.loss.name)?.text ?? language.say("output.loss");
  }

  /**
   * The chart in a sentence, as of now.
   *
   * @param {State} state
   */
  #describe(state) {
    const { history } = state;
    const { language } = this.page;
    const last = history.at(-1);
    const name = this.#nameOf(state);
    if (!last) return setAttribute(this.canvas, "aria-label", language.say("chart.empty", { name }));
    const [format, column] = this.#showsAccuracy ? [formatPercent, 3] : [formatLoss, 1];
    const epoch = formatCount(last[0]);
    const start = { train: format(history[0][column]), test: format(history[0][column + 1]) };
    const values = { name, epoch, train: format(last[column]), test: format(last[column + 1]) };
    const scale = language.say(SCALES[this.#scale()]);
    const sentence = { ...values, scale, from_train: start.train, from_test: start.test };
    const wrong = state.events.find(({ path }) => path === null);
    const diverged = wrong ? ` ${language.say("chart.diverged", { epoch: formatCount(wrong.epoch + 1) })}` : "";
    const before = this.#past(state) ? ` (${language.say("chart.before")})` : "";
    setAttribute(this.canvas, "aria-label", language.say("chart.summary", sentence) + diverged + before);
  }

  #listen() {
    const { actions, store } = this.page;
    on(this.log, "click", () => {
      setAttribute(this.log, "aria-pressed", String(!isPressed(this.log)));
      this.draw(store.state);
    });
    on(this.reader, "pointermove", (event) => this.#point(this.#epochUnder(event)));
    on(this.reader, "pointerleave", () => this.#point(null));
    on(this.reader, "blur", () => this.#point(null));
    on(this.reader, "click", (event) => actions.lookBackTo(this.#epochUnder(event)));
    on(this.reader, "keydown", (event) => this.#press(event));
  }

  /** @param {PointerEvent | MouseEvent} event */
  #epochUnder({ clientX }) {
    const { left, width } = this.reader.getBoundingClientRect();
    const share = (clientX - left - this.margin.left) / (width - this.margin.left - this.margin.right);
    return this.#axis(this.page.store.state).epochAt(clamp(0, 1, share));
  }

  /** @param {number | null} epoch */
  #point(epoch) {
    if (this.epoch === epoch) return;
    this.epoch = epoch;
    this.draw(this.page.store.state);
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    const { actions, store } = this.page;
    const { history } = store.state;
    const step = Math.max(1, Math.round(history.length / 100));
    /** @type {Record<string, number>} */
    const steps = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 };
    const far = { Home: -history.length, End: history.length }[event.key] ?? (steps[event.key] ?? 0) * step;
    if (event.key === "Enter" && this.epoch !== null) actions.lookBackTo(this.epoch);
    else if (event.key === "Escape" && this.epoch !== null) this.#point(null);
    else if (far !== 0) this.#point(recordFrom(history, this.epoch, far)?.[0] ?? null);
    else return;
    event.preventDefault();
  }
}

/** @param {HTMLElement} button */
function isPressed(button) {
  return button.getAttribute("aria-pressed") === "true";
}
