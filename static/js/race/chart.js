/**
 * One chart of all lanes, each with its name at its end: the run at hand, or the band of all its seeds.
 *
 * Not here: what its curves are (curves.js), nor what one takes home of it (take_home.js).
 */

import { drawChart } from "../draw/chart.js";
import { clamp } from "../draw/scale.js";
import { formatCount, formatLoss, formatPercent, formatSetting } from "../text/format.js";
import { contextOf, fitCanvas } from "../widgets/canvas.js";
import { createMenu } from "../widgets/controls.js";
import { byTestId, find, setAttribute, setText } from "../widgets/dom.js";
import { curvesOf, endOf, lastOf, shownValue, showsSeeds, unitOf } from "./curves.js";

const BAND_STRENGTH = 0.16;

export class RaceChart {
  /** @param {RacePage} page */
  constructor(page) {
    this.page = page;
    this.canvas = byTestId("chart", HTMLCanvasElement);
    this.root = find(document, ".race-history");
    this.key = find(this.root, ".chart-key");
    this.menus = this.#createTools();
  }

  /** @param {RaceState} state */
  draw(state) {
    const { language, ratio } = this.page;
    const { value, across, over } = state.chart;
    this.menus.value.show(shownValue(state));
    this.menus.value.enable(state.lanes[0]?.layout.task !== "regression");
    this.menus.across.show(across);
    this.menus.over.show(over);
    this.menus.over.element.hidden = Object.keys(state.repeated).length === 0;
    setText(this.key, language.say(showsSeeds(state) ? "race.key_band" : "race.key"));
    const [width, height] = [this.canvas.clientWidth, this.canvas.clientHeight];
    if (width === 0 || state.lanes.length === 0) return;
    fitCanvas(this.canvas, width, height, ratio());
    const context = contextOf(this.canvas);
    context.setTransform(ratio(), 0, 0, ratio(), 0, 0);
    this.paint(context, state, width, height);
    setAttribute(this.canvas, "aria-label", this.#describe(state, value));
  }

  /** On any context that draws. @param {Context} context @param {RaceState} state @param {number} width @param {number} height */
  paint(context, state, width, height) {
    const { theme, language } = this.page;
    const em = Number.parseFloat(getComputedStyle(this.root).fontSize);
    const { soft, grid, ground, warn, family } = theme();
    const value = shownValue(state);
    const { across } = state.chart;
    const labels = state.lanes.map((lane) => this.#labelOf(lane));
    const room = Math.min(width * 0.3, Math.max(...labels.map((label) => label.length)) * em * 0.62 + em);
    const margin = {
      left: Math.round(em * 3.4),
      right: Math.round(room),
      top: Math.round(em * 0.6),
      bottom: Math.round(em * 1.4),
    };
    const { curves, bands } = curvesOf(state, em, this.page.colourOf);
    const measured = state.lanes.some((lane) => Number.isFinite(unitOf(state, lane)));
    const axis = { epochs: "chart.epochs", multiply_adds: "race.axis_multiply_adds", seconds: "race.axis_seconds" };
    const axes = drawChart(context, {
      curves,
      marks: [],
      events: [],
      chance: null,
      end: endOf(state),
      scale: value === "loss" ? "log" : "share",
      names: {
        value: [language.say(value === "loss" ? "output.loss" : "output.accuracy")],
        epoch: language.say(measured ? axis[across] : "race.axis_no_seconds"),
      },
      width,
      height,
      margin,
      look: { ink: soft, grid, ground, warn, font: `${em}px ${family}`, em, line: Math.max(1.5, em * 0.14) },
      formatEpoch: (epoch) => (measured ? (across === "epochs" ? formatCount(epoch) : formatSetting(epoch)) : ""),
    });
    for (const band of bands) drawBand(context, axes, band);
    this.#drawLabels(context, state, axes, { width, height, margin, em, family });
  }

  /**
   * Each lane's name beside its last test value, apart from the others.
   *
   * @param {Context} context @param {RaceState} state @param {Axes} axes
   * @param {{ width: number, height: number, margin: Chart["margin"], em: number, family: string }} room
   */
  #drawLabels(context, state, axes, { width, height, margin, em, family }) {
    const placed = state.lanes
      .map((lane) => {
        const last = lastOf(state, lane);
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

  /** @param {RaceState} state @param {Shown} value */
  #describe(state, value) {
    const { language } = this.page;
    const format = value === "loss" ? formatLoss : formatPercent;
    const each = state.lanes.map((lane) => {
      const values = { lane: this.#labelOf(lane), test: format(lastOf(state, lane)) };
      const runs = state.repeated[lane.lane]?.runs.length ?? 0;
      return language.say(showsSeeds(state) ? "race.chart_band" : "race.chart_lane", { ...values, runs });
    });
    return `${language.say(value === "loss" ? "race.chart_loss" : "race.chart_accuracy")} ${each.join("; ")}`;
  }

  #createTools() {
    const { actions, language } = this.page;
    const tools = find(this.root, ".race-tools");
    const create = (
      /** @type {keyof RaceState["chart"]} */ part,
      /** @type {string} */ label,
      /** @type {Record<string, string>} */ texts,
    ) => {
      const naming = { label: language.say(`race.${label}`), testid: `chart-${label}`, bare: true };
      const options = Object.entries(texts).map(([value, key]) => ({ value, text: language.say(key) }));
      const menu = createMenu(naming, options, (value) => actions.chart({ [part]: value }));
      tools.append(menu.element);
      return menu;
    };
    return {
      over: create("over", "over", { run: "race.over_run", seeds: "race.over_seeds" }),
      value: create("value", "shown", { loss: "output.loss", accuracy: "output.accuracy" }),
      across: create("across", "across", {
        epochs: "race.by_epochs",
        multiply_adds: "race.by_multiply_adds",
        seconds: "race.by_seconds",
      }),
    };
  }
}

/** The middle half of a lane's runs. @param {Context} context @param {Axes} axes @param {Band} band */
function drawBand(context, { x, y, values }, { colour, rows }) {
  if (rows.length === 0) return;
  // What is not finite lies beyond the axis.
  const place = (/** @type {number} */ value) => y(Number.isNaN(value) ? values[0] : clamp(...values, value));
  context.beginPath();
  rows.forEach((row, index) => {
    if (index === 0) context.moveTo(x(row.x), place(row.high));
    else context.lineTo(x(row.x), place(row.high));
  });
  for (const row of rows.toReversed()) context.lineTo(x(row.x), place(row.low));
  context.closePath();
  context.globalAlpha = BAND_STRENGTH;
  context.fillStyle = colour;
  context.fill();
  context.globalAlpha = 1;
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
