/**
 * The tab of the table that says who is taken for whom: what it is called for these data. The table itself is fetched when
 * the tab is first chosen.
 */

import { byTestId, find, setText } from "../../widgets/dom.js";
import { LatePanel } from "../../widgets/late_panel.js";

/** @param {Page} page @returns {Panel} */
export function createConfusionTab(page) {
  const [tab, panel] = [byTestId("tab-confusion"), find(document, "#panel-confusion")];
  const table = new LatePanel(
    page,
    async () => {
      const { Confusion } = await import("./confusion.js");
      return (before) => new Confusion(page, before);
    },
    "#panel-confusion",
  );
  return {
    needs: { readouts: ["frame", "newest"] },
    show: (state) => {
      if (state.layout) {
        const classes = state.layout.task === "classification";
        setText(tab, page.language.say(classes ? "confusion.tab" : "confusion.tab_fit"));
      }
      table.get(!panel.hidden)?.draw(state);
    },
  };
}
