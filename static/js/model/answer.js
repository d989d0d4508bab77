/**
 * What the network answers at one place, in words: the class and how sure it is, or a value, in the reader's own names and
 * numbers where there are any. Pure.
 */

import { formatCount, formatEnd } from "../text/format.js";
import { columnsOf, ownNumber, scalingsOf } from "./own_units.js";

/**
 * @param {Language} language @param {Pick<State, "config" | "layout">} state
 * @param {readonly (number | null)[]} prediction of two classes the share of the second; of more, of each; or a value
 * @returns {string} empty where there is no finite answer
 */
export function answerText(language, { config: { data, loss }, layout }, prediction) {
  if (!layout || prediction.length === 0 || prediction.some((one) => one === null || !Number.isFinite(one))) return "";
  const numbers = /** @type {number[]} */ (prediction);
  if (layout.task === "regression") {
    const scaling = scalingsOf(data)[2];
    // Two steps of a thousand across the values that are learnt: more would be noise.
    const value = ownValueText(scaling, numbers[0], 0.002);
    const name = columnsOf(data)[2];
    return name ? `${name} = ${value}` : value;
  }
  const shares = numbers.length > 1 ? numbers : [1 - numbers[0], numbers[0]];
  const best = shares.indexOf(Math.max(...shares));
  const name = layout.class_names[best] || language.say("output.class", { class: best });
  // Margins are no probabilities (nncore/heads.py).
  if (loss.name === "hinge") return name;
  return `${name}, ${percentOf(shares[best])}`;
}

/**
 * A value of a regression in the reader's own numbers.
 *
 * @param {import("./own_units.js").Scaling} scaling @param {number} value as it is learnt
 * @param {number} span from the lowest number to the highest beside which it is read, as they are learnt
 */
export function ownValueText(scaling, value, span) {
  const own = ownNumber(scaling, value);
  // A reader's prices and years are no powers of ten.
  const plain = scaling.factor !== 1 && Math.abs(own) >= 1000 && Math.abs(own) < 1e7;
  return plain ? formatCount(own) : formatEnd(own, span / Math.abs(scaling.factor));
}

/** Whole percents; nothing that is learnt is quite certain. @param {number} share */
function percentOf(share) {
  return share > 0.99 ? "> 99%" : `${Math.round(share * 100)}%`;
}
