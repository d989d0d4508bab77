/**
 * What the pages beside the playground have in common: an address that holds all that they show, the parts that are shown, and
 * the keys of a clock.
 *
 * Not here: what each of them shows (race, atlas, memory), nor their words (words.js).
 */

import { cut, withKeys } from "../text/link.js";
import { visibilitySheet } from "./visibility.js";

/** What stands in the address beside what is shown. */
const LOOKS = ["lang", "theme", "palette"];

/** What the address says of the looks, as a part of a query. */
export function looksIn() {
  const pairs = location.search.replace(/^\?/, "").split("&");
  return pairs.filter((pair) => LOOKS.includes(pair.split("=")[0])).join("&");
}

/** What is shown as a link, the looks beside it. @param {string | null} link @param {string} [moment] a key with its value */
export function writeAddress(link, moment = "") {
  if (link === null) return;
  const [query, behind] = cut(link);
  const parts = query.split("&").filter((pair) => !LOOKS.includes(pair.split("=")[0]));
  const whole = withKeys(parts.join("&") + behind, moment, looksIn());
  history.replaceState(null, "", `${location.pathname}${whole && "?"}${whole}`);
}

/**
 * Shows the parts that the address and, in somebody else's page, the frame leave.
 *
 * @returns whether it is in a frame
 */
export function showParts() {
  const framed = document.body.dataset.parts;
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets = [sheet];
  const query = Object.fromEntries(new URLSearchParams(location.search));
  sheet.replaceSync(visibilitySheet(query, JSON.parse(framed ?? "{}")));
  return framed !== undefined;
}

/**
 * What keys do to a clock, unless somebody types or presses something.
 *
 * @param {{ toggle: () => void, step: () => void, reset: () => void }} actions @returns {(event: KeyboardEvent) => void}
 */
export function clockKeys(actions) {
  const keys = /** @type {Record<string, () => void>} */ ({
    " ": () => actions.toggle(),
    ArrowRight: () => actions.step(),
    r: () => actions.reset(),
  });
  return (event) => {
    const { target } = event;
    const typing = target instanceof Element && target.closest("input,select,textarea,button,a,dialog,summary");
    const act = keys[event.key];
    if (!act || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  };
}
