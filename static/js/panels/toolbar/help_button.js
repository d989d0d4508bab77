/**
 * The button of the help mode, which is fetched when it is first pressed.
 */

import { byTestId, on } from "../../widgets/dom.js";
import { LatePanel } from "../../widgets/late_panel.js";

/** @param {Page} page */
export function createHelpButton(page) {
  const load = async () => {
    const { createHelp } = await import("./help.js");
    return () => createHelp(page, true);
  };
  const help = new LatePanel(page, load, undefined, "help");
  on(byTestId("help"), "click", () => help.fetch());
  // Whoever changes the language in the middle of it goes on with it.
  if (document.documentElement.hasAttribute("data-helping")) help.fetch();
}
