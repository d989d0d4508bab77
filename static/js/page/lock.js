/**
 * Parts of the page that are seen, but not to be used: what `lock` of a link names.
 *
 * Panels make their controls anew when the network changes, so the page is watched. Not here: what is not even seen
 * (visibility.js).
 */

import { selectorOf } from "./visibility.js";

export class Lock {
  /** @param {ParentNode & Node} root */
  constructor(root) {
    this.root = root;
    this.selector = "";
    this.observer = new MutationObserver(() => this.#apply());
  }

  /** @param {string} names with commas between, none for nothing */
  set(names) {
    this.observer.disconnect();
    for (const element of this.root.querySelectorAll("[data-locked]")) {
      element.removeAttribute("data-locked");
      element.removeAttribute("inert");
    }
    this.selector = names.split(",").filter(Boolean).map(selectorOf).join(",");
    if (!this.selector) return;
    this.#apply();
    this.observer.observe(this.root, { childList: true, subtree: true });
  }

  #apply() {
    for (const element of this.root.querySelectorAll(this.selector)) {
      if (element.hasAttribute("inert")) continue;
      element.setAttribute("data-locked", "");
      element.setAttribute("inert", "");
    }
  }
}
