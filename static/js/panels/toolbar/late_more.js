/**
 * What is rarely needed, fetched when its drawer is first opened.
 */

import { find, on } from "../../widgets/dom.js";
import { LatePanel } from "../../widgets/late_panel.js";

/** @param {Page} page @returns {Panel} */
export function createMoreDrawer(page) {
  const drawer = find(document, ".more", HTMLDetailsElement);
  const more = new LatePanel(page, async () => {
    const { createMore } = await import("./more.js");
    return () => createMore(page);
  });
  on(drawer, "toggle", () => drawer.open && more.fetch());
  return { needs: { controls: ["config", "until"] }, show: (state) => more.get(drawer.open)?.show(state) };
}
