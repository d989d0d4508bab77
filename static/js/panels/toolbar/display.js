/**
 * The buttons for theme, palette and language, and the looks put on the page. What they mean for the address is
 * page/display.js' matter.
 */

import { findUnknown, nextOf, readDisplay, withDisplay } from "../../page/display.js";
import { byTestId, find, on, setAttribute } from "../../widgets/dom.js";
import { followContrast } from "../../widgets/late_styles.js";

/** Which windows the dark sheet is for. */
const MEDIA = { auto: "(prefers-color-scheme: dark)", light: "not all", dark: "all" };

export class Looks {
  /**
   * @param {Pick<Location, "pathname" | "search" | "hash">} place
   * @param {Pick<History, "replaceState">} history
   * @param {readonly string[]} languages that the browser prefers
   */
  constructor(place, history, languages) {
    this.place = place;
    this.history = history;
    this.languages = languages;
    this.now = readDisplay(place.search, languages);
    /** @type {(key: keyof Display) => void} what else a choice changes */
    this.changed = () => {};
    this.#apply();
    followContrast();
  }

  /** @param {keyof Display} key @param {string} value */
  choose(key, value) {
    this.keep(key, value);
    this.#apply();
    this.changed(key);
  }

  /** As it is, whatever was chosen. @param {keyof Display} key @param {string} value */
  keep(key, value) {
    Object.assign(this.now, { [key]: value });
    this.#write(key, value);
  }

  /**
   * A link was followed: what it says of the looks is obeyed, what it leaves out stays, and the address then says it.
   *
   * @returns what the link says and nobody knows, if anything
   */
  settle() {
    const { search } = this.place;
    const named = readDisplay(search, this.languages);
    const unknown = findUnknown(search);
    for (const key of /** @type {(keyof Display)[]} */ (Object.keys(this.now))) {
      if (this.now[key] === named[key] && key !== unknown?.key) continue;
      if (new URLSearchParams(search).has(key) && key !== unknown?.key) this.choose(key, named[key]);
      else this.#write(key, this.now[key]);
    }
    return unknown;
  }

  #apply() {
    find(document, "[data-dark]", HTMLLinkElement).media = MEDIA[this.now.theme];
    Object.assign(document.documentElement.dataset, { palette: this.now.palette, mode: this.now.mode });
  }

  /** @param {keyof Display} key @param {string} value */
  #write(key, value) {
    const { pathname, search, hash } = this.place;
    this.history.replaceState(null, "", pathname + withDisplay(search, key, value) + hash);
  }
}

/**
 * @param {Page} page @param {Looks} looks
 * @returns {() => void} shows what is chosen now
 */
export function createDisplay({ language }, looks) {
  // The race has no presentation.
  const keys = /** @type {const} */ (["theme", "palette", "mode"]).filter((key) =>
    document.querySelector(`[data-testid=${key}]`),
  );
  for (const key of [...keys, /** @type {const} */ ("lang")]) {
    on(byTestId(key), "click", () => looks.choose(key, nextOf(key, looks.now[key])));
  }
  return () => {
    for (const key of keys) {
      const button = byTestId(key);
      const choice = looks.now[key];
      const said = language.say(`display.${key}`, { choice: language.say(`display.${choice}`) });
      button.dataset.state = choice;
      setAttribute(button, "aria-label", said);
      setAttribute(button, "title", said);
    }
  };
}
