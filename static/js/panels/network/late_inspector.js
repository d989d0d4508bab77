/**
 * The inspector, fetched when a unit is first to stay open.
 */

import { LatePanel } from "../../widgets/late_panel.js";

/** @param {Page} page @returns {Panel} */
export function createInspector(page) {
  const inspector = new LatePanel(
    page,
    async () => {
      const [{ Inspector }] = await Promise.all([import("./inspector.js"), page.formulas()]);
      return () => new Inspector(page);
    },
    ".inspector",
  );
  return {
    needs: { inspector: ["frame", "config"] },
    show: (state) => inspector.get(page.inspection.pinned !== null)?.show(state),
  };
}
