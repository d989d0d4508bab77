/**
 * The playground in somebody else's page: the run goes with its host, and nothing is asked of the server before somebody
 * sees it.
 *
 * Not here: what is said to the host and heard from it (embed/frame.js).
 */

import { fetchWordsOf } from "../panels/toolbar/status.js";

/** @param {Page} page @param {LiveSocket} socket */
export async function joinFrame(page, socket) {
  // On a page of its own nobody needs it.
  const { joinHost } = await import("../embed/frame.js");
  return joinHost(
    page,
    () => socket.start(),
    (sentence) => fetchWordsOf(page, sentence),
  );
}
