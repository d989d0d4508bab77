/**
 * The chart of a run: two curves by epoch, on a logarithmic axis, a linear one, or one of shares from 0 to 100%.
 *
 * Each curve is a list of [epoch, value]. A value that is not finite leaves a gap, and so does one that is not over 0 on a
 * logarithmic axis, which has no place for it. What happened to the run stands at its epoch.
 */

import { epochAxis } from "./epoch_axis.js";
import { clamp, decades, linearScale, logScale, logTicks, niceTicks } from "./scale.js";

const EMPTY_DOMAIN = /** @type {const} */ ([0.01, 1]);
/** Decades are whole powers of ten, and doubles have none below. */
const LEAST = 1e-300;
const TICKS = 4;
const FAINT = 0.45;
/** A curve in this share of the height, from the corner where the chart is named, would run through the name. */
const NEAR = 0.35;

/** @param {Context} context @param {Chart} chart @returns {Axes} where what stands in it */
export function drawChart(context, chart) {
  const { width, height, margin, curves, marks, look } = chart;
  context.clearRect(0, 0, width, height);
  const values = valueDomain(curves, chart.scale);
  const scale = chart.scale === "log" ? logScale : linearScale;
  const epochs = epochAxis(chart.end);
  const straight = scale(values, [height - margin.bottom, margin.top]);
  /** @type {Axes} */
  const axes = {
    x: (epoch) => margin.left + epochs.shareOf(epoch) * (width - margin.right - margin.left),
    epochs,
    y: (value) => straight(clamp(values[0], values[1], value)),
    values,
    shows: (value) => Number.isFinite(value) && (chart.scale !== "log" || value > 0),
  };
  drawValueAxis(context, chart, axes);
  drawEpochAxis(context, chart, axes);
  drawEvents(context, chart, axes);
  if (chart.chance) drawChance(context, chart, axes, chart.chance);
  context.lineJoin = "round";
  for (const curve of curves.toSorted((a, b) => Number(b.faint ?? false) - Number(a.faint ?? false))) {
    context.globalAlpha = curve.faint ? FAINT : 1;
    drawCurve(context, curve, axes, look.line);
  }
  context.globalAlpha = 1;
  context.setLineDash([]);
  drawName(context, chart, axes);
  for (const mark of marks) drawMoment(context, chart, axes, mark);
  return axes;
}

/**
 * What the axis spans: whole decades around every value, from 0 to a round number, or 0 to 1.
 *
 * @param {readonly Curve[]} curves @param {Chart["scale"]} scale @returns {readonly [number, number]}
 */
export function valueDomain(curves, scale) {
  if (scale === "share") return [0, 1];
  let low = Infinity;
  let high = 0;
  for (const { samples } of curves) {
    for (const [, value] of samples) {
      if (!Number.isFinite(value) || value <= 0) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  if (scale === "log") return high > 0 ? decades(Math.max(low, LEAST), Math.max(high, LEAST)) : EMPTY_DOMAIN;
  if (high === 0) return [0, 1];
  const [, step] = niceTicks(0, high, TICKS);
  return [0, Math.ceil(high / step - 1e-9) * step];
}

/** @param {Context} context @param {Chart} chart @param {Axes} axes */
function drawValueAxis(context, { width, margin, look, scale }, { y, values }) {
  const [low, high] = values;
  context.font = look.font;
  context.fillStyle = look.ink;
  context.strokeStyle = look.grid;
  context.lineWidth = 1;
  context.setLineDash([]);
  context.textBaseline = "middle";
  context.textAlign = "right";
  for (const tick of scale === "log"
    ? logTicks(low, high, TICKS)
    : niceTicks(low, high, scale === "share" ? 2 : TICKS)) {
    const place = Math.round(y(tick)) + 0.5;
    context.beginPath();
    context.moveTo(margin.left, place);
    context.lineTo(width - margin.right, place);
    context.stroke();
    context.fillText(scale === "share" ? `${tick * 100}%` : shortText(tick), margin.left - 6, place);
  }
}

/**
 * What is drawn, in the corner on the right where its curves are not. Set off from what it meets.
 *
 * @param {Context} context @param {Chart} chart @param {Axes} axes
 */
function drawName(context, chart, axes) {
  const { width, height, margin, look, names } = chart;
  const under = standsLow(chart, axes);
  context.textAlign = "right";
  context.textBaseline = under ? "bottom" : "top";
  context.strokeStyle = look.ground;
  context.lineWidth = look.em / 3;
  const lines = under ? names.value.toReversed() : names.value;
  const [first, step] = under ? [height - margin.bottom - 3, -look.em] : [margin.top + 3, look.em];
  for (const [index, line] of lines.entries()) {
    const place = /** @type {const} */ ([width - margin.right - 2, first + index * step * 1.2]);
    context.strokeText(line, ...place);
    context.fillText(line, ...place);
  }
}

/**
 * Whether the name stands at the bottom. Losses fall and accuracies rise, so it is where they begin, unless the last third
 * of the curves is still there: all of it, so that one record alone moves no name.
 *
 * @param {Chart} chart @param {Axes} axes
 */
function standsLow({ curves, height, margin, scale }, { y }) {
  const places = curves
    .filter(({ faint }) => !faint)
    .flatMap(({ samples }) => samples.slice(-Math.ceil(samples.length / 3)).map(([, value]) => y(value)))
    .filter(Number.isFinite);
  const mean = places.reduce((sum, place) => sum + place, 0) / places.length;
  const down = (mean - margin.top) / (height - margin.top - margin.bottom);
  return scale === "share" ? !(down > 1 - NEAR) : down < NEAR;
}

/**
 * Ticks, and the axis' name at its end; a tick that would run into the name is left out.
 *
 * @param {Context} context @param {Chart} chart @param {Axes} axes
 */
function drawEpochAxis(context, { width, height, margin, look, names, formatEpoch }, { x, epochs }) {
  context.textBaseline = "bottom";
  context.textAlign = "right";
  context.fillText(names.epoch, width - margin.right, height);
  const room = width - margin.right - (names.epoch.length + 2) * look.em * 0.55;
  let written = -Infinity;
  for (const tick of epochs.ticks) {
    const text = formatEpoch(tick);
    const place = x(tick);
    // Lines upwards where the steps are not even: by them it is seen.
    if (epochs.long && tick > 0) drawUpright(context, Math.round(place) + 0.5, margin.top, height - margin.bottom);
    const half = (text.length * look.em) / 3.6;
    if (place + half > room || place - half < written + look.em / 2) continue;
    written = place + half;
    // Centred on the axis' end, it would run under the other axis' numbers.
    context.textAlign = tick === 0 ? "left" : "center";
    context.fillText(text, place, height);
  }
}

/** @param {Context} context @param {number} place @param {number} from @param {number} to */
function drawUpright(context, place, from, to) {
  context.beginPath();
  context.moveTo(place, from);
  context.lineTo(place, to);
  context.stroke();
}

/**
 * A dashed line where the run was changed, and where it went wrong one across the whole plot with a cross on it.
 *
 * @param {Context} context @param {Chart} chart @param {Axes} axes
 */
function drawEvents(context, { height, margin, look, events }, { x }) {
  const bottom = height - margin.bottom;
  const arm = look.em * 0.35;
  for (const { epoch, wrong } of events) {
    const place = Math.round(x(epoch)) + 0.5;
    context.strokeStyle = wrong ? look.warn : look.ink;
    context.lineWidth = wrong ? look.line : 1;
    context.setLineDash(wrong ? [] : [1, 3]);
    drawUpright(context, place, margin.top, bottom);
    context.setLineDash([]);
    if (wrong) {
      const middle = margin.top + 2 * arm;
      context.beginPath();
      for (const way of [1, -1]) {
        context.moveTo(place - arm, middle - way * arm);
        context.lineTo(place + arm, middle + way * arm);
      }
      context.stroke();
    } else {
      // A small roof on the axis: the dots alone are easily overlooked.
      context.beginPath();
      context.moveTo(place - arm, bottom);
      context.lineTo(place, bottom - 1.5 * arm);
      context.lineTo(place + arm, bottom);
      context.fillStyle = look.ink;
      context.fill();
    }
  }
}

/**
 * What guessing would reach.
 *
 * @param {Context} context @param {Chart} chart @param {Axes} axes @param {NonNullable<Chart["chance"]>} chance
 */
function drawChance(context, { width, margin, look }, { y }, { share, text }) {
  const place = Math.round(y(share)) + 0.5;
  context.strokeStyle = look.ink;
  context.lineWidth = 1;
  context.setLineDash([2, 4]);
  context.beginPath();
  context.moveTo(margin.left, place);
  context.lineTo(width - margin.right, place);
  context.stroke();
  context.setLineDash([]);
  context.textAlign = "left";
  context.textBaseline = "top";
  context.fillStyle = look.ink;
  context.fillText(text, margin.left + 4, place + 2);
}

/** @param {Context} context @param {Curve} curve @param {Axes} axes @param {number} line */
function drawCurve(context, { samples, colour, dash }, { x, y, shows }, line) {
  context.beginPath();
  let pen = false;
  for (const [epoch, value] of samples) {
    if (!shows(value)) pen = false;
    else if (pen) context.lineTo(x(epoch), y(value));
    else {
      context.moveTo(x(epoch), y(value));
      pen = true;
    }
  }
  context.setLineDash(dash);
  context.strokeStyle = colour;
  context.lineWidth = line;
  context.stroke();
}

/**
 * A line through one epoch, and a dot where it meets each curve.
 *
 * @param {Context} context @param {Chart} chart @param {Axes} axes @param {MomentMark} mark
 */
function drawMoment(context, { height, margin, look, curves }, { x, y, shows }, { epoch, values, colour }) {
  // Half a pixel, as the grid: a line of one pixel is then one pixel, not two that are half as dark.
  const place = Math.round(x(epoch)) + 0.5;
  context.beginPath();
  context.moveTo(place, margin.top);
  context.lineTo(place, height - margin.bottom);
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.stroke();
  values.forEach((value, index) => {
    if (!shows(value)) return;
    context.beginPath();
    context.arc(place, y(value), look.line * 2, 0, 2 * Math.PI);
    context.fillStyle = curves[index].colour;
    context.fill();
  });
}

/** @param {number} tick */
function shortText(tick) {
  return tick === 0 || (tick >= 0.001 && tick <= 1000)
    ? String(tick)
    : tick.toExponential(0).replace("e+", "e").replace("-", "−");
}
