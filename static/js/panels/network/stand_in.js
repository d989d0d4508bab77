/**
 * Beside the network: that it is the default one, because the link that was asked for could not be opened, and why.
 */

import { sayServer } from "../../text/server_messages.js";
import { byTestId, setText } from "../../widgets/dom.js";

/** @param {Page} page @returns {Panel} */
export function createStandIn(page) {
  const note = byTestId("stand-in");
  return {
    needs: { status: ["standsIn"] },
    show: ({ standsIn }) => {
      note.hidden = !standsIn;
      if (standsIn) setText(note, page.language.say("link.refused", { sentence: sayServer(page, standsIn) }));
    },
  };
}
