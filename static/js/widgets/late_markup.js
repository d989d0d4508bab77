/**
 * What late panels find in their places (static/late.html): one file, fetched with the first of them.
 *
 * The page begins with the places alone, under `data-late`, and is so again where it is made anew in another language.
 * Not here: the words in it, which are filled in with its panel (late_panel.js).
 */

import { find } from "./dom.js";

/** @type {Promise<HTMLTemplateElement[]> | null} */
let coming = null;

/** Rejects where it cannot be had; asked again, it is tried again. */
export async function fetchLateMarkup() {
  coming ??= load();
  for (const { content, dataset } of await coming) {
    const place = find(document, dataset.for ?? "");
    if (!place.firstChild) place.append(content.cloneNode(true));
  }
}

/** @returns {Promise<HTMLTemplateElement[]>} one for each place */
async function load() {
  try {
    const address = new URL(document.documentElement.dataset.lateMarkup ?? "", document.baseURI);
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${address} answered ${response.status}`);
    const parsed = new DOMParser().parseFromString(await response.text(), "text/html");
    return [...parsed.querySelectorAll("template")];
  } catch (problem) {
    coming = null;
    throw problem;
  }
}
