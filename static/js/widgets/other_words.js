/**
 * Words in another language on their way. Until they are here the page goes on in its own; what comes late waits for them.
 *
 * Not here: how they are put on the page, and when (change_words.js).
 */

import { byTestId } from "./dom.js";
import { closeDrawers } from "./drawer.js";

export class OtherWords {
  /** @param {() => Display["lang"]} chosen the language that is chosen now @param {(lang: Display["lang"]) => Promise<Language>} load */
  constructor(chosen, load) {
    this.chosen = chosen;
    this.load = load;
    /** The page as it came, for other words to be filled in. */
    this.pristine = /** @type {HTMLElement} */ (document.body.cloneNode(true));
    /** Settles once none are on their way. */
    this.coming = Promise.resolve();
    /** Fills them in, makes all panels and draws them. @type {(language: Language) => void} */
    this.remake = () => {};
    /** @type {(problem: Error) => void} */
    this.failed = () => {};
  }

  fetch() {
    // By keyboard, one may be open; what is opened from now on is waited for.
    closeDrawers();
    const button = byTestId("lang");
    // Until the page is made anew, and the button with it.
    button.ariaBusy = "true";
    this.coming = this.#change().catch((problem) => {
      button.ariaBusy = null;
      this.failed(problem);
    });
  }

  async #change() {
    const lang = this.chosen();
    const [language, { changeWords }] = await Promise.all([this.load(lang), import("./change_words.js"), painted()]);
    // Who has changed their mind meanwhile waits for none.
    changeWords(
      this.pristine,
      () => this.chosen() === lang,
      () => this.remake(language),
    );
  }
}

/** That the press was heard is seen before the page is made anew, which takes longer. */
function painted() {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}
