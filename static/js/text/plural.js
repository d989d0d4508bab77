/**
 * Which of a word's two forms goes with a number: "{count} {count:point|points}" in a message.
 *
 * The first stands for the plural category "one" of the language, the second for all others: so English has it, and
 * Chinese needs neither. Not here: how numbers are written (format.js).
 */

/** @type {Record<string, Intl.PluralRules>} Made when first asked for: that takes a slow phone its time. */
const rules = {};

/**
 * @param {string} tag of the language @param {string | number} value as it is shown, such as "1,200"
 * @param {string} one @param {string} other
 */
export function pluralForm(tag, value, one, other) {
  rules[tag] ??= new Intl.PluralRules(tag);
  return rules[tag].select(Number(String(value).replaceAll(",", ""))) === "one" ? one : other;
}
