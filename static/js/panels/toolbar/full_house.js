/**
 * A server that is full: what that means, when it is tried again, and what is there to be seen meanwhile.
 *
 * Not here: trying again, which the connection does by itself (live/lifeline.js).
 */

import { LONGEST_WAIT_SECONDS } from "../../live/lifeline.js";
import { looksIn } from "../../page/beside.js";
import { sayServer } from "../../text/server_messages.js";
import { find, make, on } from "../../widgets/dom.js";

/** What needs no place on the server, and what is said of it. */
const PLACES = { labs: "full.labs", atlas: "full.atlas" };

/**
 * Instead of the page's middle until it shows a run (late/full_house.css); in a frame, which has no room, the status line has to do.
 *
 * @param {Pick<Page, "complete" | "language" | "catalog">} page @param {Said} [refusal]
 */
export async function openFullHouse(page, refusal) {
  if (!refusal || document.body.matches(".embed")) return;
  await page.complete();
  const { language } = page;
  const title = sayServer(page, refusal);
  const former = document.querySelector(".full-house");
  // There is a place, and a smaller network has the memory: it is chosen on the page.
  if (refusal.key === "say.busy_memory") return former?.remove();
  // Told once more: nobody's finger is to miss its button.
  if (former?.getAttribute("aria-label") === title) return;
  const retry = make("button", { class: "small-button", testid: "full-retry", text: language.say("full.retry") });
  on(retry, "click", () => location.reload());
  const places = Object.entries(PLACES).map(([place, said]) => {
    const link = make("a", { text: language.say(said) });
    const kept = looksIn();
    link.href = kept ? `${place}?${kept}` : place;
    return make("li", {}, link);
  });
  const house = make(
    "section",
    { class: "full-house", testid: "full-house", label: title },
    make("h2", { text: title }),
    make("p", { text: language.say("full.why", triesOf(refusal)) }),
    retry,
    make("p", { text: language.say("full.meanwhile") }),
    make("ul", {}, ...places),
  );
  former?.remove();
  // By keyboard it is reached before what it lies over.
  find(document, "main").before(house);
}

/** Between how many seconds it is tried again after many tries, as live/lifeline.js waits. @param {object & { retry_after?: number }} refusal */
export function triesOf({ retry_after: seconds = 0 }) {
  return {
    from: Math.round(Math.max(seconds, LONGEST_WAIT_SECONDS / 2)),
    to: Math.round(Math.max(seconds * 1.5, LONGEST_WAIT_SECONDS)),
  };
}
