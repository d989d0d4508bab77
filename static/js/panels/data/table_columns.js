/**
 * Which columns of a table are x, y and the label, and what they become when the reader points at one. Pure.
 */

/** @type {readonly TableRole[]} */
export const ROLES = ["x", "y", "label"];

/**
 * A column in another part. Whoever had that part takes the one that becomes free, so that all three are always taken.
 *
 * @param {TableAnswer} table @param {number} column from 0
 * @param {TableRole} [role] the next one, where none is told
 * @returns {TableChoices}
 */
export function nextRoles({ columns, chosen }, column, role) {
  const parts = { x: chosen?.x ?? null, y: chosen?.y ?? null, label: chosen?.label ?? null };
  const now = ROLES.findIndex((each) => parts[each] === column);
  const next = role ?? ROLES[(now + 1) % ROLES.length];
  if (now >= 0) parts[ROLES[now]] = parts[next];
  parts[next] = column;
  return Object.fromEntries(ROLES.map((each) => [each, nameOf(columns, parts[each])]));
}

/**
 * How the server knows a column again: by its name where that is one, else by its number from 1.
 *
 * @param {TableColumn[]} columns @param {number | null} index
 */
function nameOf(columns, index) {
  if (index === null) return "";
  const { name } = columns[index];
  const alike = columns.filter((column) => column.name.toLowerCase() === name.toLowerCase());
  // A name that was cut for showing is none to ask by.
  return alike.length > 1 || name.endsWith("…") ? String(index + 1) : name;
}
