/**
 * The reader's own points as a file: with it, they are not lost when the page is left.
 */

import { tableOf } from "./own_table.js";

/** @param {Pick<Page, "keeper" | "store">} page @returns {Blob} CSV */
export function tableFile({ keeper, store }) {
  const { config, draft, layout, points: shown } = store.state;
  const points = draft ?? /** @type {Point[]} */ (config.data.points);
  const names = config.data.task === "regression" ? [] : (layout?.class_names ?? []);
  keeper.take(points);
  return new Blob([tableOf(config.data, points, names, shown, layout?.extent ?? 1)], { type: "text/csv" });
}
