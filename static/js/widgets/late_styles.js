/**
 * The style sheet of all panels that are fetched later: one, fetched with the first of them.
 */

import { find } from "./dom.js";

/** @type {Promise<void> | null} */
let coming = null;

/** Rejects where it cannot be had; asked again, it is tried again. */
export function fetchLateStyles() {
  coming ??= new Promise((resolve, reject) => {
    const sheet = Object.assign(document.createElement("link"), {
      rel: "stylesheet",
      href: document.documentElement.dataset.lateStyles,
      onload: resolve,
      onerror: () => {
        coming = null;
        sheet.remove();
        reject(new Error(sheet.href));
      },
    });
    // Before the sheets that have the last word: those of the dark and of frames.
    find(document, "link[data-first]").after(sheet);
  });
  return coming;
}

/** Where the system chooses the colours, it has what is said without them (late/forced.css): it is there from then on. */
export function followContrast() {
  // Where it cannot be had there is nothing to say: panels that need it ask again.
  const obey = (/** @type {{ matches: boolean }} */ { matches }) => void (matches && fetchLateStyles().catch(() => {}));
  const contrast = matchMedia("(forced-colors: active)");
  contrast.onchange = obey;
  obey(contrast);
}
