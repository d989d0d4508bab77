/**
 * Everything of the playground that has words: made at the beginning, and anew in another language beside a run that goes on.
 *
 * Not here: what it is joined to (main.js), nor where its panels are drawn (regions.js).
 */

import { acceptDrops } from "../page/file_drop.js";
import { createPage } from "../page/page.js";
import { createTableButton } from "../panels/data/table_button.js";
import { createDrawers } from "../panels/take_home/drawers.js";
import { createDisplay } from "../panels/toolbar/display.js";
import { createHelpButton } from "../panels/toolbar/help_button.js";
import { createRaceLink } from "../panels/toolbar/race_link.js";
import { fetchHintsWhenNear } from "../widgets/hints.js";
import { fetchLateMarkup } from "../widgets/late_markup.js";
import { fetchLateStyles } from "../widgets/late_styles.js";
import { saveFile } from "../widgets/save_file.js";
import { createCards, createLab, createRestorer } from "./late.js";
import { createRegions } from "./regions.js";

/**
 * What has no words, and stays: of the page's, and what that is joined to.
 *
 * @typedef {Pick<Page, "actions" | "address" | "catalog" | "formulas" | "inspection" | "keeper" | "pictured" |
 *   "redraw" | "store" | "theme" | "thumbnails"> & {
 *   inFrame: boolean,
 *   messages: Dispatch,
 *   showParts: ReturnType<typeof import("../page/parts.js").createParts>,
 *   socket: LiveSocket,
 *   stage: import("../panels/toolbar/follow_looks.js").Looked,
 * }} Lasting
 */

/** @param {Lasting} lasting @param {AbortSignal} signal ends when it is made anew */
export function makePage(lasting, signal) {
  const { inFrame, messages, showParts, socket, stage } = lasting;
  const { language, looks, loop, otherWords } = stage;
  /** Another ratio than the screen's, if not 0. */
  let sharpness = 0;
  const base = createPage({
    ...lasting,
    language,
    signal,
    ratio: () => sharpness || window.devicePixelRatio,
    // What comes in other words by then is made anew with them.
    complete: async () => {
      await otherWords.coming;
      if (!signal.aborted) await Promise.all([language.complete(), fetchLateStyles(), fetchLateMarkup()]);
    },
  });
  const page = Object.assign(base, { cards: createCards(base) });
  const { dataset } = document.documentElement;
  dataset.drop = language.say("export.drop");
  createRegions(page, socket, loop);
  const showChosen = createDisplay(page, looks);
  const restore = createRestorer(page);
  const readTable = createTableButton(page);
  // What is no saved model may be a table, however it is called: the server knows them by what they hold.
  if (!inFrame) acceptDrops(document.documentElement, { ".safetensors": restore, "": readTable }, signal);
  createHelpButton(page);
  const lab = createLab(page, messages, socket);
  lab.get("lab" in dataset);
  if (!inFrame) createRaceLink(page);
  fetchHintsWhenNear(page);
  createDrawers(page, {
    checkpoint: () => socket.fresh(),
    copy: (text) => navigator.clipboard.writeText(text),
    fetch: fetch.bind(window),
    picture: async () => {
      const { PICTURE_RATIO, takePicture } = await import("../panels/take_home/picture.js");
      // Everything is drawn at another ratio, for as long as that takes.
      sharpness = PICTURE_RATIO;
      loop.markAll();
      loop.draw();
      sharpness = 0;
      loop.markAll();
      return takePicture(page);
    },
    restore,
    save: saveFile,
  });
  const showLooks = (/** @type {keyof Display | undefined} */ key) => {
    if (key === "mode") showParts();
    showChosen();
  };
  return { page, lab, showLooks };
}
