/**
 * The words of a language, fetched: on the playground what the page begins with, and the rest when something asks for it;
 * on a page beside it all at once. What is in the menus is named in them, in the language in which they were fetched.
 *
 * Not here: which language (display.js), nor how words are looked up (text/language.js).
 */

import { Language } from "../text/language.js";
import { fetchJson } from "./server_files.js";

/** What the playground begins with. @param {Display["lang"]} lang */
export async function loadFirstWords(lang) {
  const [first, ...rest] = filesOf(lang);
  const fetchRest = async () => {
    const [sentences, ...late] = await Promise.all(["api/sentences", ...rest].map(fetchJson));
    return { ...merged(late), sentences };
  };
  const { messages, entries } = await fetchJson(first);
  return new Language(lang, messages, entries, fetchRest);
}

/** Every word of a language. @param {Display["lang"]} lang */
export async function loadWords(lang) {
  const { messages, entries } = merged(await Promise.all(filesOf(lang).map(fetchJson)));
  return new Language(lang, messages, entries, async () => ({ sentences: await fetchJson("api/sentences") }));
}

/**
 * The same with the names of what is in the menus, where those came in another language.
 *
 * @param {(lang: Display["lang"]) => Promise<Language>} load
 */
export function withNames(load) {
  return async (/** @type {Display["lang"]} */ lang) => {
    const [language, names] = await Promise.all([load(lang), fetchJson(`api/names?lang=${lang}`)]);
    Object.assign(language.entries, names);
    return language;
  };
}

/** The first is what the playground begins with. @param {Display["lang"]} lang @returns {string[]} */
function filesOf(lang) {
  return JSON.parse(document.documentElement.dataset.words ?? "{}")[lang];
}

/** @param {Record<"messages" | "entries", Table>[]} files */
function merged(files) {
  const [messages, entries] = /** @type {const} */ (["messages", "entries"]).map((part) =>
    Object.assign({}, ...files.map((words) => words[part])),
  );
  return { messages, entries };
}
