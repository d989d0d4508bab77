/**
 * What the network answers at one place, in words: the class and how sure it is, or a value, in the reader's own names and
 * numbers where there are any. Pure.
 */

import { columnsOf, ownValueText, scalingsOf } from "./own_units.js";

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

/** Whole percents; nothing that is learnt is quite certain. @param {number} share */
function percentOf(share) {
  return share > 0.99 ? "> 99%" : `${Math.round(share * 100)}%`;
}
