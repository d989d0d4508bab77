/**
 * A formula of several statements, as formulas of their own: a line may end between them (fitToLine in mathml.js).
 */

/**
 * The statements of a formula, each with its comma, as formulas of their own, between which a line may end.
 *
 * @param {Element} math
 * @returns {Element[]}
 */
export function statementsOf(math) {
  const [row] = math.children;
  const rows = [/** @type {Element[]} */ ([])];
  for (const part of row?.children ?? []) {
    const ends = part.localName === "mspace" && part.previousElementSibling?.textContent === ",";
    if (ends) rows.push([]);
    else rows[rows.length - 1].push(part);
  }
  return rows.map((parts) => {
    const statement = /** @type {Element} */ (math.cloneNode());
    statement.append(...parts);
    return statement;
  });
}
