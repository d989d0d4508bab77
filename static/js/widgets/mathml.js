/**
 * Formulas as elements, in lines that they fit.
 */

const MATHML = "http://www.w3.org/1998/Math/MathML";

/**
 * The longest formulas shrink to fit their lines, though never so far that nobody could read them. All are measured before
 * any is changed: else the browser would lay the page out anew for each.
 *
 * @param {...HTMLElement} lines
 */
export function fitToLine(...lines) {
  for (const { style } of lines) style.fontSize = "";
  const sizes = lines.map((line) => {
    // A closing bar may stand beyond what the browser counts as the formula's width.
    const { left } = line.getBoundingClientRect();
    const ends = [...line.querySelectorAll("mo")].map((sign) => sign.getBoundingClientRect().right - left);
    const share = Math.max(0.65, line.clientWidth / Math.max(line.scrollWidth, ...ends));
    return share < 1 ? `${share * parseFloat(getComputedStyle(line).fontSize)}px` : "";
  });
  lines.forEach(({ style }, index) => {
    style.fontSize = sizes[index];
  });
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
