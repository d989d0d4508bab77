/**
 * The drawers of what can be taken home: each is fetched when it is first opened.
 */

import { find, on } from "../../widgets/dom.js";
import { LatePanel } from "../../widgets/late_panel.js";

/** @param {Page} page @param {import("./share.js").Services & import("./export.js").Services} services */
export function createDrawers(page, services) {
  openLate(
    page,
    ".share",
    async () => {
      const { createShare } = await import("./share.js");
      return () => createShare(page, services);
    },
    ".share > .drawer-panel",
  );
  openLate(page, ".export", async () => {
    const { createExport } = await import("./export.js");
    return () => createExport(page, services);
  });
}

/** @param {Page} page @param {string} selector @param {() => Promise<() => void>} load @param {string} [markup] */
function openLate(page, selector, load, markup) {
  const drawer = find(document, selector, HTMLDetailsElement);
  const panel = new LatePanel(page, load, markup);
  on(drawer, "toggle", () => drawer.open && panel.fetch());
}
