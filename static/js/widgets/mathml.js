/**
 * Formulas as elements, in lines that they fit.
 */

const MATHML = "http://www.w3.org/1998/Math/MathML";

/**
 * The longest formulas shrink to fit their line, though never so far that nobody could read them.
 *
 * @param {HTMLElement} line
 */
export function fitToLine(line) {
  line.style.fontSize = "";
  // A closing bar may stand beyond what the browser counts as the formula's width.
  const { left } = line.getBoundingClientRect();
  const ends = [...line.querySelectorAll("mo")].map((sign) => sign.getBoundingClientRect().right - left);
  const share = Math.max(0.65, line.clientWidth / Math.max(line.scrollWidth, ...ends));
  if (share < 1) line.style.fontSize = `${share * parseFloat(getComputedStyle(line).fontSize)}px`;
}

/**
 * MathML from the server, without the style attributes that the page's content security policy would refuse.
 *
 * @param {string} text
 */
export function formulaOf(text) {
  const root = new DOMParser().parseFromString(text, "text/xml").documentElement;
  if (root.namespaceURI !== MATHML) throw new Error("a formula is not MathML");
  for (const element of [root, ...root.querySelectorAll("*")]) element.removeAttribute("style");
  return document.importNode(root, true);
}
