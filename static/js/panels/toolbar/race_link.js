/**
 * The way to the race: the present experiment as the first lane, and beside it the same with another neuron.
 *
 * Not here: the race (race/main.js).
 */

import { looksIn } from "../../page/beside.js";
import { cut, withKeys } from "../../text/link.js";
import { byTestId, on } from "../../widgets/dom.js";

/**
 * A race's query (docs/reference/links.md): all lanes share what the link says, the second has a neuron of its own.
 *
 * @param {string} link of the experiment, without a question mark
 */
export function raceQuery(link) {
  const keys = new URLSearchParams(cut(link)[0]);
  const key = keys.get("layers") === "0" ? "output" : "neuron";
  const other = keys.get(key)?.startsWith("quadratic") ? "linear" : "quadratic";
  return `?${withKeys(link, `b.${key}=${other}`)}`;
}

/** @param {Page} page */
export function createRaceLink({ address, store }) {
  const anchor = /** @type {HTMLAnchorElement} */ (byTestId("race"));
  on(anchor, "click", (event) => {
    const { link } = address;
    if (typeof link !== "string") {
      event.preventDefault();
      store.set({ ...store.state, remark: { tone: "warn", key: "link.too_long" } });
      return;
    }
    anchor.href = `race${withKeys(raceQuery(link), looksIn())}`;
  });
}
