/**
 * Which language the page speaks, and its words: one file per language in static/messages, the same keys in each.
 * What the server says is in the Chinese file only; it is added to the English one when that is sent (app/web/english.py).
 *
 * Names and labels of entries come from the catalog, in English, and their sentences when somebody comes near what they
 * explain. A language's `entries` may translate them under keys such as "neurons.linear.sentence"; where it does not, the
 * server's own words stand. Sentences that the server makes up while it runs are shown as they are.
 */

import { pluralForm } from "./plural.js";

export const LANGUAGES = /** @type {const} */ (["en", "zh"]);

/**
 * The language asked for in the address, else the first of the browser's that is known, else English.
 *
 * @param {string | null} requested
 * @param {readonly string[]} preferred such as navigator.languages
 * @returns {typeof LANGUAGES[number]}
 */
export function chooseLanguage(requested, preferred) {
  const wanted = [requested ?? "", ...preferred].map((tag) => tag.toLowerCase().split("-")[0]);
  return wanted.map((tag) => LANGUAGES.find((known) => known === tag)).find(Boolean) ?? "en";
}

export class Language {
  /**
   * @param {string} tag @param {Table} table
   * @param {Table} entries translations of the catalog's words, may be empty
   * @param {() => Promise<Partial<Rest>>} [fetchRest] the words of panels that are fetched later, and of hints
   */
  constructor(tag, table, entries, fetchRest = async () => ({})) {
    this.tag = tag;
    this.table = table;
    this.entries = entries;
    /** @type {Table} */
    this.sentences = {};
    this.fetchRest = fetchRest;
    /** @type {(() => void)[]} What says its words anew when all are here. */
    this.waiting = [];
    /** @type {Promise<void> | null} */
    this.completing = null;
    /** There is nothing to wait for: they are here, or they could not be had. */
    this.whole = false;
  }

  /** Every word there is, those of panels that are fetched later and of hints, too. Rejects where they cannot be had. */
  complete() {
    this.completing ??= this.#complete();
    return this.completing;
  }

  async #complete() {
    try {
      const { messages, entries, sentences } = await this.fetchRest();
      Object.assign(this.table, messages);
      Object.assign(this.entries, entries);
      Object.assign(this.sentences, sentences);
      for (const fill of this.waiting.splice(0)) fill();
    } catch (problem) {
      // Another time they may.
      this.completing = null;
      throw problem;
    } finally {
      this.whole = true;
    }
  }

  /**
   * The message under `key` with every {name} filled in, and of every {name:form|forms} the one that its number takes.
   *
   * @param {string} key @param {Record<string, string | number>} [values]
   */
  say(key, values = {}) {
    const text = this.table[key];
    if (text === undefined) throw new Error(`no message "${key}" in language ${this.tag}`);
    return text.replace(/\{(\w+)(?::([^{}|]*)\|([^{}]*))?\}/g, (_, name, one, other) =>
      other === undefined ? String(values[name]) : pluralForm(this.tag, values[name], one, other),
    );
  }

  /**
   * @param {string} place such as "neurons.linear" or "knobs.degree"
   * @param {string} original the catalog's own words
   */
  translate(place, original) {
    return this.entries[place] ?? original;
  }

  /**
   * What the catalog's entry, knob or field at a place is: the first of these places that has a sentence, in the
   * reader's language if any has; "" before it is here.
   *
   * @param {string[]} places such as "neurons.linear" @param {string} [original] the catalog's own words
   */
  describe(places, original = "") {
    const keys = places.map((place) => `${place}.sentence`);
    const tables = [this.entries, this.sentences];
    return tables.flatMap((table) => keys.map((key) => table[key])).find((found) => found !== undefined) ?? original;
  }

  /**
   * The same for a hint, which is filled in at once and, where it is not here yet, again when it is.
   *
   * @param {...string} places @returns {Hint}
   */
  hint(...places) {
    return this.#whenHere(() => this.describe(places));
  }

  /**
   * A message that is only a hint; those do not come with what the page begins with.
   *
   * @param {string} key @returns {Hint}
   */
  hintOf(key) {
    return this.#whenHere(() => this.table[key] ?? "");
  }

  /** @param {() => string} wordsOf "" before they are here @returns {Hint} */
  #whenHere(wordsOf) {
    return (fill) => {
      const words = wordsOf();
      fill(words);
      if (!words) this.waiting.push(() => fill(wordsOf()));
    };
  }

  /**
   * One of a knob's choices in words.
   *
   * @param {string} choice
   */
  word(choice) {
    return this.translate(`words.${choice}`, choice.replaceAll("_", " "));
  }
}
