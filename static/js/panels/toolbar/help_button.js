/**
 * The button of the help mode, which is fetched when it is first pressed.
 */

import { byTestId, on } from "../../widgets/dom.js";
import { LatePanel } from "../../widgets/late_panel.js";

/** @param {Page} page */
export function createHelpButton(page) {
  const help = new LatePanel(page, async () => {
    const { createHelp } = await import("./help.js");
    return () => createHelp(page, true);
  });
  on(byTestId("help"), "click", () => help.fetch());
}
