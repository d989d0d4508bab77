/**
 * How the page looks and speaks: theme, palette and language, as the address has them. Nothing is stored anywhere else.
 *
 * Only these keys are read and written here; the rest of the query is somebody else's and stays as it is, letter for
 * letter.
 */

import { chooseLanguage, LANGUAGES } from "../text/language.js";

/** What there is to choose from, the default first; the language's default is the browser's. */
export const CHOICES = {
  lang: LANGUAGES,
  theme: /** @type {const} */ (["auto", "light", "dark"]),
  palette: /** @type {const} */ (["blue_orange", "purple_green"]),
  mode: /** @type {const} */ (["desk", "present"]),
};

/**
 * @param {string} search such as location.search
 * @param {readonly string[]} preferred languages, such as navigator.languages
 * @returns {Display}
 */
export function readDisplay(search, preferred) {
  const query = new URLSearchParams(search);
  const pick = (/** @type {"theme" | "palette" | "mode"} */ key) =>
    knownOf(CHOICES[key], query.get(key)) ?? CHOICES[key][0];
  return {
    lang: chooseLanguage(query.get("lang"), preferred),
    theme: /** @type {Display["theme"]} */ (pick("theme")),
    palette: /** @type {Display["palette"]} */ (pick("palette")),
    mode: /** @type {Display["mode"]} */ (pick("mode")),
  };
}

/**
 * The first of these keys whose value is none of its choices, and what it could have been.
 *
 * @param {string} search
 */
export function findUnknown(search) {
  const query = new URLSearchParams(search);
  for (const [key, choices] of Object.entries(CHOICES)) {
    const value = query.get(key);
    // A language may be asked for by its long name, as "zh-CN".
    const short = key === "lang" ? (value?.toLowerCase().split("-")[0] ?? null) : value;
    if (value !== null && !knownOf(choices, short)) return { key, value, known: choices.join(", ") };
  }
  return null;
}

/**
 * The query with one of the keys set. A theme or a palette that is the default is left out.
 *
 * @param {string} search @param {keyof Display} key @param {string} value
 */
export function withDisplay(search, key, value) {
  const kept = search.replace(/^\?/, "").split("&");
  const others = kept.filter((pair) => pair && decodeURIComponent(pair.split("=")[0]) !== key);
  const said = key === "lang" || value !== CHOICES[key][0] ? [`${key}=${value}`] : [];
  const pairs = [...others, ...said];
  return pairs.length > 0 ? `?${pairs.join("&")}` : "";
}

/**
 * What comes after this choice, round and round.
 *
 * @param {keyof Display} key @param {string} value
 */
export function nextOf(key, value) {
  const choices = /** @type {readonly string[]} */ (CHOICES[key]);
  return choices[(choices.indexOf(value) + 1) % choices.length];
}

/** @param {readonly string[]} choices @param {string | null} value */
function knownOf(choices, value) {
  return choices.find((choice) => choice === value);
}
