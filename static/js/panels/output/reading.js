/**
 * What nobody reads who points at nothing: the chart's numbers under the cross-hair, the place under the pointer on the
 * surface, and the network's answer at the place that is traced.
 *
 * Not here: the cross-hair and the mark of that place, which are there at once (loss_chart.js, plane.js).
 */

import { answerText } from "../../model/answer.js";
import { placeText } from "../../model/own_numbers.js";
import { eventAt } from "../../model/run_events.js";
import { looksBack } from "../../model/state.js";
import { formatCount, formatExact, formatPercent } from "../../text/format.js";
import { placeOf, sayValue } from "../../text/settings.js";
import { setAttribute, setText } from "../../widgets/dom.js";

/** What happened so near to the cross-hair, in shares of the axis, is named there. */
const NEAR = 0.02;

/** @typedef {{ row: Row | null, shareOf: (epoch: number) => number }} Place under the cross-hair, if it is anywhere */

/**
 * The numbers under the cross-hair, on the side of the chart where they hide nothing that is pointed at.
 *
 * @param {Pick<import("./loss_chart.js").LossChart, "box" | "cells" | "page" | "reader">} chart
 * @param {State} state @param {Place} place
 */
export function readChart({ box, cells, page, reader }, state, { row, shareOf }) {
  const { language } = page;
  const [epoch, ...values] = row ?? state.history.at(-1) ?? [0, Number.NaN, Number.NaN, Number.NaN, Number.NaN];
  const named = {
    epoch: formatCount(epoch),
    train: formatExact(values[0]),
    test: formatExact(values[1]),
    train_accuracy: formatPercent(values[2]),
    test_accuracy: formatPercent(values[3]),
  };
  const key = Number.isFinite(values[2]) ? "chart.reading" : "chart.reading_loss";
  const event = row === null ? "" : eventNear(page, state, epoch, shareOf);
  setAttribute(reader, "aria-valuetext", [language.say(key, named), event].filter(Boolean).join(". "));
  if (!row) return;
  box.classList.toggle("at-left", shareOf(epoch) > 0.5);
  const texts = [named.epoch, named.train, named.train_accuracy, named.test, named.test_accuracy, event];
  /** @type {HTMLElement} */ (cells[5].parentElement).hidden = event === "";
  for (const [index, cell] of cells.entries()) setText(cell, texts[index]);
}

/**
 * What happened where the cross-hair is, in words.
 *
 * @param {Pick<Page, "catalog" | "language">} page @param {State} state @param {number} at epoch
 * @param {Place["shareOf"]} shareOf
 */
function eventNear({ catalog, language }, state, at, shareOf) {
  const event = eventAt(state.events, at, ({ epoch }) => Math.abs(shareOf(epoch) - shareOf(at)) < NEAR);
  if (!event) return "";
  const { path, value, epoch } = event;
  if (path === null) return language.say("chart.diverged", { epoch: formatCount(epoch + 1) });
  const name = placeOf(language, catalog, path);
  const shown = sayValue(language, catalog, path, value);
  return language.say("chart.changed", { name, value: shown && ` ${shown}`, epoch: formatCount(epoch) });
}

/**
 * The place under the pointer; and what the network answers at the place that is traced, beside its mark and within the
 * surface. Of a moment that is looked back at nobody asks.
 *
 * @param {Pick<import("./plane.js").Plane, "answer" | "page" | "pointed" | "readout">} plane @param {State} state
 */
export function readPlane({ answer, page: { inspection, language }, pointed, readout }, state) {
  if (pointed) setText(readout, placeText(state, ...pointed));
  const { point, trace } = inspection;
  const text = point && trace && !looksBack(state) ? answerText(language, state, trace.prediction) : "";
  answer.hidden = text === "";
  if (!point || text === "") return;
  setText(answer, text);
  const reach = state.layout?.reach ?? 1;
  const [right, down] = [(point[0] / reach + 1) / 2, (1 - point[1] / reach) / 2];
  const { style } = answer;
  style.left = `${right * 100}%`;
  style.top = `${down * 100}%`;
  style.translate = `${right > 0.5 ? "calc(-100% - 0.7em)" : "0.7em"} ${down > 0.5 ? "calc(-100% - 0.3em)" : "0.3em"}`;
}
