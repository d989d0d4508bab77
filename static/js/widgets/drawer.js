/**
 * A drawer: a small button that opens a panel over the page. A click elsewhere or Escape closes it.
 */

import { make } from "./dom.js";

/** @param {string} label @param {...HTMLElement} content @returns {HTMLDetailsElement} */
export function createDrawer(label, ...content) {
  const summary = make("summary", { label, title: label, text: "⋯" });
  return make("details", { class: "drawer small" }, summary, make("div", { class: "drawer-panel" }, ...content));
}

/** Closes those that are open. @param {(drawer: HTMLDetailsElement) => boolean} [due] which of them */
export function closeDrawers(due = () => true) {
  for (const drawer of /** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll(".drawer[open]"))) {
    if (due(drawer)) drawer.open = false;
  }
}

/** One pair of listeners for every drawer there is or will be. */
export function watchDrawers() {
  document.addEventListener("pointerdown", ({ target }) =>
    closeDrawers((drawer) => !drawer.contains(/** @type {Node} */ (target))),
  );
  document.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    const held = document.activeElement?.closest(".drawer[open]");
    closeDrawers();
    held?.querySelector("summary")?.focus();
  });
}
