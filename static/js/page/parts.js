/**
 * The parts of the page that are shown: those that neither the link nor a presentation leaves out, nor the frame around it.
 *
 * Not here: how that is written as a style sheet (visibility.js).
 */

import { visibilitySheet } from "./visibility.js";

/** What an audience has no use for, whatever is done. */
const ASIDE = "runs,export";

/** What it has no use for unless a lab leaves it there. */
const RARE = `${ASIDE},optimizer,penalty,penalty_rate,batch,more,features,own,new_points,new_weights,label_noise,train,count,figures`;

/**
 * Shows those that the address says.
 *
 * @param {Framed} framed what a frame shows; empty where the page is no frame
 * @param {() => Display["mode"]} mode
 * @returns shows those that another link says; or, given none, those that the last one said, in another mode
 */
export function createParts(framed, mode) {
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets = [sheet];
  /** @type {{ hide?: string, show?: string, lab?: string }} */
  let said = Object.fromEntries(new URLSearchParams(location.search));
  const show = (query = said) => {
    said = query;
    const names = [query.hide, mode() === "present" && (query.lab ? ASIDE : RARE)].filter(Boolean).join();
    sheet.replaceSync(visibilitySheet({ ...query, hide: names }, framed));
    document.documentElement.dataset.hidden = names.replaceAll(",", " ");
  };
  show();
  return show;
}
