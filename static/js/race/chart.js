/**
 * One chart of all lanes: test solid, train dashed, each with its name at its end. By epochs, or by what they cost.
 */

import { drawChart } from "../draw/chart.js";
import { clamp } from "../draw/scale.js";
import { formatCount, formatLoss, formatPercent, formatSetting } from "../text/format.js";
import { contextOf, fitCanvas } from "../widgets/canvas.js";
import { createMenu } from "../widgets/controls.js";
import { byTestId, find, setAttribute } from "../widgets/dom.js";

/** Columns of a record: the test's value is one behind the train's. */
const COLUMNS = { loss: 1, accuracy: 3 };

/** Multiply-adds are told in millions. */
const MILLION = 1e6;

export class RaceChart {
  /** @param {RacePage} page */
  constructor(page) {
    this.page = page;
    this.canvas = byTestId("chart", HTMLCanvasElement);
    this.root = find(document, ".race-history");
    /** @type {"loss" | "accuracy"} */
    this.value = "loss";
    /** @type {"epochs" | "multiply_adds"} */
    this.across = "epochs";
    this.#createTools();
  }

  /** @param {RaceState} state */
  draw(state) {
    const [width, height] = [this.canvas.clientWidth, this.canvas.clientHeight];
    if (width === 0 || state.lanes.length === 0) return;
    const { theme, ratio, language } = this.page;
    fitCanvas(this.canvas, width, height, ratio());
    const context = contextOf(this.canvas);
    context.setTransform(ratio(), 0, 0, ratio(), 0, 0);
    const em = Number.parseFloat(getComputedStyle(this.root).fontSize);
    const { soft, grid, ground, warn, family } = theme();
    const regression = state.lanes[0].layout.task === "regression";
    const value = regression ? "loss" : this.value;
    const labels = state.lanes.map((lane) => this.#labelOf(lane));
    const room = Math.min(width * 0.3, Math.max(...labels.map((label) => label.length)) * em * 0.62 + em);
    const margin = {
      left: Math.round(em * 3.4),
      right: Math.round(room),
      top: Math.round(em * 0.6),
      bottom: Math.round(em * 1.4),
    };
    const axes = drawChart(context, {
      curves: this.#curves(state, value, em),
      marks: [],
      events: [],
      chance: null,
      end: this.#end(state),
      scale: value === "loss" ? "log" : "share",
      names: {
        value: [language.say(value === "loss" ? "output.loss" : "output.accuracy")],
        epoch: language.say(this.across === "epochs" ? "chart.epochs" : "race.axis_multiply_adds"),
      },
      width,
      height,
      margin,
      look: { ink: soft, grid, ground, warn, font: `${em}px ${family}`, em, line: Math.max(1.5, em * 0.14) },
      formatEpoch: (epoch) => (this.across === "epochs" ? formatCount(epoch) : formatSetting(epoch)),
    });
    this.#drawLabels(context, state, value, axes, { width, height, margin, em, family });
    setAttribute(this.canvas, "aria-label", this.#describe(state, value));
  }

  /** What an epoch of a lane counts on the axis. @param {RaceState} state @param {RaceLane} lane */
  #unit({ points }, lane) {
    if (this.across === "epochs") return 1;
    return ((points?.train.length ?? 1) * lane.cost.multiply_adds) / MILLION;
  }

  /** @param {RaceState} state */
  #end(state) {
    const ends = state.lanes.map((lane) => Math.max(state.epochs, lane.epoch) * this.#unit(state, lane));
    return Math.max(...ends, 1e-9);
  }

  /** @param {RaceState} state @param {"loss" | "accuracy"} value @param {number} em @returns {Curve[]} */
  #curves(state, value, em) {
    const first = COLUMNS[value];
    return state.lanes.flatMap((lane) => {
      const unit = this.#unit(state, lane);
      const colour = this.page.colourOf(lane.lane);
      const samples = (/** @type {number} */ column) =>
        lane.history.map((row) => /** @type {const} */ ([row[0] * unit, row[column]]));
      return [
        { samples: samples(first), colour, dash: [em * 0.3, em * 0.3] },
        { samples: samples(first + 1), colour, dash: [] },
      ];
    });
  }

  /**
   * Each lane's name beside its last test value, apart from the others.
   *
   * @param {CanvasRenderingContext2D} context @param {RaceState} state @param {"loss" | "accuracy"} value @param {Axes} axes
   * @param {{ width: number, height: number, margin: Chart["margin"], em: number, family: string }} room
   */
  #drawLabels(context, state, value, axes, { width, height, margin, em, family }) {
    const column = COLUMNS[value] + 1;
    const placed = state.lanes
      .map((lane) => {
        const last = lane.history.at(-1)?.[column] ?? Number.NaN;
        const y = axes.shows(last) ? axes.y(last) : height - margin.bottom;
        return { text: this.#labelOf(lane), colour: this.page.colourOf(lane.lane), y };
      })
      .toSorted((one, other) => one.y - other.y);
    spread(placed, em * 1.25, margin.top, height - margin.bottom);
    context.font = `600 ${em}px ${family}`;
    context.textAlign = "left";
    context.textBaseline = "middle";
    for (const { text, colour, y } of placed) {
      context.fillStyle = colour;
      context.fillText(text, width - margin.right + em * 0.4, y, margin.right - em * 0.5);
    }
  }

  /** @param {RaceLane} lane */
  #labelOf({ lane, config }) {
    const kinds = [
      ...new Set((config.layers.length ? config.layers : [config.output]).map(({ neuron }) => neuron.name)),
    ];
    const names = kinds.map((kind) => this.page.options("neurons").find(({ value }) => value === kind)?.text ?? kind);
    return `${lane.toUpperCase()} ${names.join(", ")}`;
  }

  /** @param {RaceState} state @param {"loss" | "accuracy"} value */
  #describe(state, value) {
    const { language } = this.page;
    const format = value === "loss" ? formatLoss : formatPercent;
    const each = state.lanes.map((lane) => {
      const last = lane.history.at(-1);
      return language.say("race.chart_lane", { lane: this.#labelOf(lane), test: format(last?.[COLUMNS[value] + 1]) });
    });
    return `${language.say(value === "loss" ? "race.chart_loss" : "race.chart_accuracy")} ${each.join("; ")}`;
  }

  #createTools() {
    const { language, store } = this.page;
    const tools = find(this.root, ".race-tools");
    const values = ["loss", "accuracy"].map((name) => ({ value: name, text: language.say(`output.${name}`) }));
    const axes = [
      { value: "epochs", text: language.say("race.by_epochs") },
      { value: "multiply_adds", text: language.say("race.by_multiply_adds") },
    ];
    const naming = (/** @type {string} */ key) => ({
      label: language.say(`race.${key}`),
      testid: `chart-${key}`,
      bare: true,
    });
    const value = createMenu(naming("shown"), values, (name) => {
      this.value = /** @type {"loss" | "accuracy"} */ (name);
      this.draw(store.state);
    });
    const across = createMenu(naming("across"), axes, (name) => {
      this.across = /** @type {"epochs" | "multiply_adds"} */ (name);
      this.draw(store.state);
    });
    value.show(this.value);
    across.show(this.across);
    tools.append(value.element, across.element);
  }
}

/**
 * Moves places, which grow, so far apart that none is nearer than `apart` to the next, and keeps them in their room.
 *
 * @param {{ y: number }[]} placed @param {number} apart @param {number} top @param {number} bottom
 */
export function spread(placed, apart, top, bottom) {
  placed.forEach((one, index) => {
    one.y = clamp(top, bottom, one.y);
    if (index > 0) one.y = Math.max(one.y, placed[index - 1].y + apart);
  });
  let low = bottom;
  for (const one of placed.toReversed()) {
    one.y = Math.min(one.y, low);
    low = one.y - apart;
  }
}
