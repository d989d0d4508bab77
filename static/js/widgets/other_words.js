/**
 * Words in another language on their way. Until they are here the page goes on in its own; what comes late waits for them.
 *
 * Not here: how they are put on the page, and when (change_words.js).
 */

import { byTestId, setAttribute } from "./dom.js";
import { closeDrawers } from "./drawer.js";

/**
 * @param {() => Promise<Language>} load the words that are chosen now
 * @param {() => string} chosen the tag of the language that is chosen now
 * @param {(language: Language) => void} remake fills it in, makes all panels and draws them
 * @param {(problem: Error) => void} failed
 * @returns {{ fetch: () => void, arrived: () => Promise<void> }} `arrived` settles once none is on its way
 */
export function createOtherWords(load, chosen, remake, failed) {
  /** The page as it came, for other words to be filled in. */
  const pristine = /** @type {HTMLElement} */ (document.body.cloneNode(true));
  let coming = Promise.resolve();
  const change = async () => {
    const coming = Promise.all([load(), import("./change_words.js")]);
    const busy = byTestId("lang");
    setAttribute(busy, "aria-busy", "true");
    // That the press was heard is seen before the page is made anew, which takes longer.
    const [[language, { changeWords }]] = await Promise.all([coming, painted()]).finally(() =>
      busy.removeAttribute("aria-busy"),
    );
    // Who has changed their mind meanwhile waits for none.
    const wanted = () => chosen() === language.tag;
    changeWords(pristine, wanted, () => remake(language));
  };
  return {
    fetch: () => {
      // By keyboard, one may be open; what is opened from now on is waited for.
      closeDrawers();
      coming = change().catch(failed);
    },
    arrived: () => coming,
  };
}

/** Settles once the next frame was shown. */
function painted() {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}
