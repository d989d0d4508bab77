/**
 * Formulas as elements, in lines that they fit.
 */

const MATHML = "http://www.w3.org/1998/Math/MathML";

/** Parts of the letters' size: below the first, a formula of several statements takes two lines; none goes below the second. */
const FOLDED = 0.85;
const LEAST = 0.65;
/** So often a formula is measured until it fits. */
const PASSES = 3;

/**
 * The longest formulas shrink to fit their lines, though never so far that nobody could read them, or take two lines where
 * they are several statements, each an element (statements.js). All are measured before any is changed: else the browser would lay the
 * page out anew for each. More than once, because the smallest signs and spaces do not shrink with the rest.
 *
 * @param {...HTMLElement} lines
 */
export function fitToLine(...lines) {
  for (const { classList, style } of lines) {
    style.fontSize = "";
    classList.remove("folded");
  }
  let long = measure(lines).filter(({ share }) => share < 1);
  const natural = new Map(long.map(({ line, size }) => [line, size]));
  for (const { line, share } of long) line.classList.toggle("folded", line.children.length > 1 && share < FOLDED);
  for (let pass = 0; pass < PASSES && long.length > 0; pass++) {
    for (const { line, share, size } of long) {
      const whole = natural.get(line) ?? size;
      const wanted = pass === 0 && line.classList.contains("folded") ? FOLDED * whole : share * size;
      line.style.fontSize = `${Math.max(LEAST * whole, wanted)}px`;
    }
    long = measure(long.map(({ line }) => line)).filter(({ share }) => share < 1);
  }
}

/** What of their formulas the lines hold, and the size of their letters in pixels. @param {HTMLElement[]} lines */
function measure(lines) {
  return lines.map((line) => {
    // A closing bar may stand beyond what the browser counts as the formula's width.
    const { left } = line.getBoundingClientRect();
    const ends = [...line.querySelectorAll("mo")].map((sign) => sign.getBoundingClientRect().right - left);
    const share = line.clientWidth / Math.max(line.scrollWidth, ...ends);
    return { line, share, size: parseFloat(getComputedStyle(line).fontSize) };
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
