/**
 * What the server says, in the reader's language: its key names a message, its values fill it in, its path is the place.
 *
 * The server's own English stands where this page has no such message, as an older page beside a newer server. Not here:
 * what it means (model/state.js), nor where it is shown.
 */

import { formatCount, formatSetting } from "./format.js";
import { placeOf } from "./settings.js";

/**
 * @param {Pick<Page, "language" | "catalog">} page
 * @param {Said} said
 */
export function sayServer({ language, catalog }, { key, values, message, path = "", known = [] }) {
  if (language.table[key] === undefined) return message;
  const words = Object.entries(values).map(([name, value]) => [name, wordOf(language, value)]);
  const sentence = language.say(key, { known: known.join(", "), ...Object.fromEntries(words) });
  const place = key.startsWith("refused.") ? placeOf(language, catalog, path) : "";
  return place ? language.say("refused.at", { place, sentence }) : sentence;
}

/** @param {Language} language @param {string | number} value */
function wordOf(language, value) {
  if (typeof value === "number") return Number.isInteger(value) ? formatCount(value) : formatSetting(value);
  return language.table[`refused.word.${value}`] ?? value;
}
