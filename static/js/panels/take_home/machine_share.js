/**
 * The share panel for a page beside the playground, a race or a memory: the playground's own, with that in a run's place.
 */

import { fillWords, find, on } from "../../widgets/dom.js";
import { saveFile } from "../../widgets/save_file.js";
import { createShare } from "./share.js";

/**
 * @param {Pick<Page, "catalog" | "language" | "complete">} page
 * @param {{ href: (epochs: number) => string | null, config: () => Config, epoch: () => number, offers?: Record<string, string>, parts?: boolean }} shown
 *   its address from an epoch on, what files are named after, the epoch at hand, and what the panel takes
 */
export function createMachineShare({ catalog, language, complete }, { href, config, epoch, offers, parts }) {
  const drawer = find(document, ".share", HTMLDetailsElement);
  const run = {
    get state() {
      const body = { epoch: epoch(), edits: 0 };
      return { config: config(), draft: null, drifted: false, frame: { body } };
    },
  };
  const given = /** @type {Page} */ (/** @type {unknown} */ ({ address: { href }, catalog, language, store: run }));
  on(
    drawer,
    "toggle",
    () => {
      const panel = find(drawer, ".drawer-panel");
      panel.removeAttribute("data-late");
      fillWords(panel, language);
      complete();
      const copy = (/** @type {string} */ text) => navigator.clipboard.writeText(text);
      const services = { copy, fetch: fetch.bind(window), save: saveFile, checkpoint: async () => null };
      createShare(given, services, { offers, parts });
    },
    { once: true },
  );
}
