/**
 * What was foretold in this tab, and how it is told once it has happened.
 */

import { prose } from "./step.js";

/** By lab and step. A page in another language finds it again. @type {Map<string, Guess>} */
const foretold = new Map();

/** @param {string} lab @param {number} number of the step */
const keyOf = (lab, number) => `${lab}.${number}`;

/** @param {string} lab @param {number} number @returns {Guess | undefined} */
export function guessOf(lab, number) {
  return foretold.get(keyOf(lab, number));
}

/** @param {string} lab @param {number} number @param {Guess} guess */
export function keepGuess(lab, number, guess) {
  foretold.set(keyOf(lab, number), guess);
}

/** @param {string} lab @param {number} number */
export function dropGuess(lab, number) {
  foretold.delete(keyOf(lab, number));
}

/** In the steps before this one. @param {Language} language @param {LabSheet} lab @param {number} number */
export function foretoldBefore(language, lab, number) {
  return lab.steps.slice(0, number - 1).flatMap((step, index) => {
    const guess = guessOf(lab.name, index + 1);
    return guess === undefined ? [] : [{ title: step.title, words: wordsOf(language, step, guess) }];
  });
}

/** @param {Language} language @param {LabStep} step @param {Guess} guess */
function wordsOf(language, { choices, number, answer }, guess) {
  if (typeof guess === "object") return likenessWords(language, guess.likeness, "sketch.alone");
  if (number) {
    const right = Math.abs(Number(guess) - number.answer) <= number.near;
    return comparedWords(language, right, String(guess), String(number.answer));
  }
  const words = (/** @type {string | number | undefined} */ id) =>
    prose(choices?.find((one) => one.id === id)?.html ?? "").textContent?.trim() ?? "";
  return comparedWords(language, guess === answer, words(guess), words(answer));
}

/** @param {Language} language @param {boolean} right @param {string} given @param {string} answer */
function comparedWords(language, right, given, answer) {
  return language.say(right ? "lab.was_right" : "lab.was_other", { given, answer });
}

/**
 * How like the network's boundary a sketch is, beside what no line at all would be.
 *
 * @param {Language} language @param {Likeness | null} likeness
 * @param {"sketch.alone" | "sketch.waits"} without what is said where there is none
 */
export function likenessWords(language, likeness, without) {
  if (!likeness) return language.say(without);
  const percent = (/** @type {number} */ share) => `${Math.round(share * 100)}%`;
  return language.say("sketch.alike", { alike: percent(likeness.alike), plain: percent(likeness.plain) });
}
