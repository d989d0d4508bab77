/**
 * The button of the layer lens. The lens itself is fetched when it is first opened.
 */

import { find, on, setAttribute } from "../../widgets/dom.js";
import { LatePanel } from "../../widgets/late_panel.js";

/** @param {Page} page @returns {{ needs: Needs, show: Show, place: () => void, draw: Show }} */
export function createLens(page) {
  const button = find(document, ".lens-button");
  on(button, "click", () => page.actions.toggleLens());
  const lens = new LatePanel(page, async () => {
    const { Lens } = await import("./lens.js");
    return () => new Lens(page);
  });
  return {
    needs: {
      controls: ["config", "lens"],
      place: ["config", "lens"],
      network: ["frame", "inspect", "layout", "lens", "points", "tests"],
    },
    show: (state) => {
      setAttribute(button, "aria-expanded", String(state.lens.open));
      lens.get(state.lens.open)?.show(state);
    },
    place: () => lens.panel?.place(),
    draw: (state) => lens.panel?.draw(state),
  };
}
