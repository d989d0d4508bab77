/**
 * Formulas that have a line of their own in a lab's words fit the sheet, however narrow. One that would become too small to
 * be read scrolls, and the Tab key reaches it.
 */

import { fitToLine } from "../../widgets/mathml.js";

/** @param {HTMLElement} box whose formulas are fitted whenever its width changes @param {typeof ResizeObserver} [Observer] */
export function keepFormulasInside(box, Observer = ResizeObserver) {
  const lines = [...box.querySelectorAll("p")].filter(isFormula);
  for (const line of lines) line.classList.add("lab-formula");
  if (lines.length === 0) return;
  let width = 0;
  new Observer(() => {
    if (box.clientWidth === width) return;
    width = box.clientWidth;
    // Not at once: what is resized while sizes are told is told with a warning.
    requestAnimationFrame(() => fit(lines));
  }).observe(box);
}

/** Nothing else is on its line. @param {HTMLElement} line */
function isFormula(line) {
  return line.childNodes.length === 1 && line.firstElementChild?.localName === "math";
}

/** @param {HTMLElement[]} lines */
function fit(lines) {
  fitToLine(...lines);
  for (const line of lines) {
    if (line.scrollWidth > line.clientWidth) line.tabIndex = 0;
    else line.removeAttribute("tabindex");
  }
}
