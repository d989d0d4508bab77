/**
 * Sentences on what is in the catalog: only those of what the page begins with come with it, the others when somebody
 * comes near what they explain, by pointer, finger or keyboard, or when a run is shown that has others.
 *
 * Not here: where a hint is shown (controls.js), and which words there are (text/language.js).
 */

import { on } from "./dom.js";

/** What a hint can be about. */
const EXPLAINED = "button, input, label, select, summary, [data-hint]";

/**
 * The sentence of an entry that is shown without being asked for. Where it is not here yet it comes by itself.
 *
 * @param {Pick<Page, "language" | "redraw">} page @param {string} place such as "neurons.linear"
 * @param {string} [original] the catalog's own words
 */
export function describe({ language, redraw }, place, original) {
  const words = language.describe([place], original);
  if (!words && !language.whole) void language.complete().then(redraw, redraw);
  return words;
}

/**
 * Has the hints' words fetched before a tooltip can open. What cannot be had is asked for again the next time: nobody is
 * told that a tooltip is missing.
 *
 * @param {Pick<Page, "language" | "signal">} page
 */
export function fetchHintsWhenNear({ language, signal }) {
  for (const near of /** @type {const} */ (["pointerover", "focusin"])) {
    const look = (/** @type {Event} */ { target }) => {
      if (target instanceof Element && target.closest(EXPLAINED)) void language.complete().catch(() => {});
    };
    on(document, near, look, { signal, passive: true });
  }
}
