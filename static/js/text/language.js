/**
 * Which language the page speaks, and its words: one file per language in static/messages, the same keys in each.
 * What the server says is in the Chinese file only; it is added to the English one when that is sent (app/web/english.py).
 *
 * Names, labels and sentences of entries come from the catalog, in English. A language's `entries` may translate them
 * under keys such as "neurons.linear.sentence"; where it does not, the catalog's own words stand. Sentences that the
 * server makes up while it runs are shown as they are.
 */

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
   * @param {() => Promise<Table>} [fetchRest] the words of panels that are fetched later
   */
  constructor(tag, table, entries, fetchRest = async () => ({})) {
    this.tag = tag;
    this.table = table;
    this.entries = entries;
    this.fetchRest = fetchRest;
    /** @type {Promise<void> | null} */
    this.completing = null;
    /** There is nothing to wait for: they are here, or they could not be had. */
    this.whole = false;
  }

  /** Every word there is, those of panels that are fetched later, too. Rejects where they cannot be had. */
  complete() {
    this.completing ??= this.#complete();
    return this.completing;
  }

  async #complete() {
    try {
      Object.assign(this.table, await this.fetchRest());
    } catch (problem) {
      // Another time they may.
      this.completing = null;
      throw problem;
    } finally {
      this.whole = true;
    }
  }

  /**
   * The message under `key` with every {name} filled in.
   *
   * @param {string} key @param {Record<string, string | number>} [values]
   */
  say(key, values = {}) {
    const text = this.table[key];
    if (text === undefined) throw new Error(`no message "${key}" in language ${this.tag}`);
    return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  }

  /**
   * @param {string} place such as "neurons.linear" or "knobs.degree"
   * @param {string} original the catalog's own words
   */
  translate(place, original) {
    return this.entries[place] ?? original;
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
