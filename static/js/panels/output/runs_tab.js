/**
 * The tab of the pinned runs. The table, and what is said of this run beside the one before, are fetched when there is
 * something to compare or to show.
 */

import { find } from "../../widgets/dom.js";
import { LatePanel } from "../../widgets/late_panel.js";

/** @param {Page} page @returns {Panel} */
export function createRunsTab(page) {
  const panel = find(document, "#panel-runs");
  const runs = new LatePanel(
    page,
    async () => {
      const { Runs } = await import("./runs.js");
      return () => new Runs(page);
    },
    "#panel-runs",
  );
  return {
    needs: { readouts: ["past", "history", "playing", "drifted", "lens"] },
    show: (state) => runs.get(!panel.hidden || state.past !== null)?.show(state),
  };
}
