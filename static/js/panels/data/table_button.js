/**
 * The button of the table of points, which is fetched when it is first opened, or when a file of one is dropped.
 */

import { byTestId, on } from "../../widgets/dom.js";
import { LatePanel } from "../../widgets/late_panel.js";

/**
 * @param {Page} page
 * @returns {import("../../page/file_drop.js").Take} takes a file from anywhere on the page
 */
export function createTableButton(page) {
  const table = new LatePanel(
    page,
    async () => {
      const { createTable } = await import("./csv_table.js");
      return () => createTable(page);
    },
    "dialog.table",
  );
  on(byTestId("table"), "click", async () => (await table.fetch())?.open());
  return async (file, others) => (await table.fetch())?.take(file, others);
}
