/**
 * A formula in pieces that lines can be broken between. Browsers break no formula by themselves.
 */

/** Signs that a line may begin with. */
const BREAKS = ["+", "−"];

/**
 * Broken before what is added, subtracted or multiplied at the formula's top level, and after commas.
 *
 * @param {Element} formula a `math` of one row
 */
export function inTerms(formula) {
  const pieces = [/** @type {Element[]} */ ([])];
  for (const part of [...(formula.firstElementChild?.children ?? [])]) {
    const before = pieces[pieces.length - 1];
    if (before.length > 0 && mayBegin(part, before[before.length - 1])) pieces.push([]);
    pieces[pieces.length - 1].push(part);
  }
  return pieces.flatMap((parts, index) => {
    const math = /** @type {Element} */ (formula.cloneNode());
    const row = document.createElementNS(formula.namespaceURI, "mrow");
    // At the beginning of a row a browser takes it for a sign, and sets it without its spaces.
    if (index > 0 && BREAKS.includes(parts[0].textContent ?? "")) parts[0].setAttribute("form", "infix");
    row.append(...parts);
    math.append(row);
    return index > 0 ? [document.createElement("wbr"), math] : [math];
  });
}

/** @param {Element} part @param {Element} before what stands before it in the line */
function mayBegin({ localName, textContent }, before) {
  if (before.textContent === ",") return true;
  if (localName !== "mo") return false;
  return textContent === "(" ? before.textContent === ")" : BREAKS.includes(textContent ?? "");
}
