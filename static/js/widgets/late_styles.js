/**
 * The style sheet of all panels that are fetched later: one, fetched with the first of them.
 */

import { find } from "./dom.js";

/** Where the system chooses the colours, that sheet has what is said without them (late/forced.css). */
const CONTRAST = "(forced-colors: active)";

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

/** It is there as soon as the system chooses the colours, whatever the reader asks for. */
export function followContrast() {
  const contrast = matchMedia(CONTRAST);
  // Where it cannot be had there is nothing to say: panels that need it ask again.
  const obey = () => void (contrast.matches && fetchLateStyles().catch(() => {}));
  obey();
  contrast.addEventListener("change", obey);
}
