/**
 * A saved model, brought back: what was exported here (or by `neuron-playground train --checkpoint`) opens again.
 *
 * The server checks it in full. Looked at here is only what spares a round trip: its size, and whether it is one.
 */

import { parseBinary } from "../../live/frames.js";
import { formatCount } from "../../text/format.js";

/**
 * @param {Page} page
 * @returns {(file: File) => Promise<void>}
 */
export function createRestore({ actions, catalog, store }) {
  /** @param {string} key @param {{ [name: string]: string }} values */
  const warn = (key, values) => store.set({ ...store.state, remark: { tone: "warn", key, values } });
  return async (file) => {
    const most = catalog.limits.checkpoint_bytes;
    const limit = formatCount(Math.floor(most / 1000));
    if (file.size > most) return warn("export.too_large", { name: file.name, limit });
    const data = await file.arrayBuffer();
    if (isCheckpoint(data)) actions.restore(data);
    else warn("export.no_model", { name: file.name });
  };
}

/** @param {ArrayBuffer} data */
function isCheckpoint(data) {
  try {
    return parseBinary(data).kind === "checkpoint";
  } catch {
    return false;
  }
}
