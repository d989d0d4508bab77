/**
 * The page in another language. Fetched when somebody asks for one.
 */

import { fillWords } from "./dom.js";

/**
 * The page with other words, as it came: the panels that `remake` makes find in it what they look for.
 *
 * @param {HTMLElement} pristine the body before any panel was made
 * @param {import("../text/language.js").Language} language
 * @param {() => void} remake
 */
export function changeWords(pristine, language, remake) {
  const { scrollX, scrollY } = window;
  const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.testid : undefined;
  document.body.replaceChildren(...pristine.cloneNode(true).childNodes);
  document.body.className = pristine.className;
  fillWords(document, language);
  remake();
  window.scrollTo(scrollX, scrollY);
  const again = document.querySelector(`[data-testid="${focused}"]`);
  if (again instanceof HTMLElement) again.focus({ preventScroll: true });
}
