/**
 * Formulas of the catalog as elements: MathML where there is some, else the formula as it is written.
 */

import { make } from "./dom.js";

const MATHML = "http://www.w3.org/1998/Math/MathML";

/** @param {{ formula: string, formula_mathml?: string }} spec */
export function formulaOf({ formula, formula_mathml }) {
  return formula_mathml ? parseMath(formula_mathml) : make("code", { text: formula });
}

/**
 * The longest formulas shrink to fit their line, though never so far that nobody could read them.
 *
 * @param {HTMLElement} line
 */
export function fitToLine(line) {
  line.style.fontSize = "";
  const share = Math.max(0.65, line.clientWidth / line.scrollWidth);
  if (share < 1) line.style.fontSize = `${share * parseFloat(getComputedStyle(line).fontSize)}px`;
}

/**
 * MathML from the catalog, without the style attributes that the page's content security policy would refuse.
 *
 * @param {string} text
 */
function parseMath(text) {
  const root = new DOMParser().parseFromString(text, "text/xml").documentElement;
  if (root.namespaceURI !== MATHML) throw new Error("a formula is not MathML");
  for (const element of [root, ...root.querySelectorAll("*")]) element.removeAttribute("style");
  return document.importNode(root, true);
}
