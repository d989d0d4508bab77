/**
 * A drawer: a small button that opens a panel over the page. A click elsewhere or Escape closes it.
 */

import { make } from "./elements.js";

/**
 * @param {string} label for assistive technology
 * @param {HTMLElement} content
 * @returns {HTMLDetailsElement}
 */
export function createDrawer(label, content) {
  const summary = make("summary", { label, title: label, text: "⋯" });
  const drawer = make("details", { class: "drawer small" }, summary, make("div", { class: "drawer-panel" }, content));
  closeOutside(drawer);
  return drawer;
}

/** @param {HTMLDetailsElement} drawer */
export function closeOutside(drawer) {
  document.addEventListener("pointerdown", ({ target }) => {
    if (target instanceof Node && !drawer.contains(target)) drawer.open = false;
  });
  drawer.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    drawer.open = false;
    drawer.querySelector("summary")?.focus();
  });
}
