/**
 * What is done to the page as a whole: keys pressed anywhere, links that come with the address or are pasted; and what a
 * field has to say of what was typed into it.
 *
 * Not here: files dropped (file_drop.js), what a key means (shortcuts.js), what stands in the address (address.js).
 */

import { linkIn } from "./address.js";
import { shortcutFor } from "./shortcuts.js";

/** @param {Actions} actions @param {() => boolean} ours whether keys are this page's */
export function listen(actions, ours) {
  document.addEventListener("keydown", (event) => {
    const target = event.target instanceof HTMLElement ? event.target : document.body;
    const shortcut = shortcutFor({
      key: event.key,
      modified: event.ctrlKey || event.altKey || event.metaKey,
      command: (event.ctrlKey || event.metaKey) && !event.altKey,
      target: {
        tag: target.tagName,
        type: target.getAttribute("type") ?? "",
        arrows: target.dataset.unit !== undefined,
      },
    });
    if (!shortcut || event.defaultPrevented || !ours()) return;
    // Space would scroll the page.
    event.preventDefault();
    if (shortcut === "help") /** @type {HTMLElement | null} */ (document.querySelector("[data-testid=help]"))?.click();
    else actions[shortcut]();
  });
}

/**
 * What was typed and is no number is said; the next one that is takes the word back.
 *
 * @param {Store} store
 */
export function hearTyped(store) {
  document.addEventListener("typed", (event) => {
    const { detail } = /** @type {CustomEvent<{ key: string, values: Record<string, string> } | null>} */ (event);
    const { remark } = store.state;
    if (detail) store.set({ ...store.state, remark: { tone: "warn", ...detail } });
    else if (remark?.key?.startsWith("number.")) store.set({ ...store.state, remark: null });
  });
}

/**
 * Links come with the address, by going back and forward, and by pasting; what no link holds, the tab may have kept.
 *
 * @param {Pick<Page, "actions" | "address" | "keeper" | "store">} page
 */
export function takeLinks({ actions, address, keeper, store }) {
  const open = (/** @type {string} */ link) => {
    const run = keeper.find(link);
    if (!run) return actions.follow(link);
    // What the server reads of a link, the page reads here itself.
    const query = new URLSearchParams(link);
    const speed = Number(query.get("speed"));
    actions.speed(speed > 0 ? speed : null);
    if ((query.get("lens") === "on") !== store.state.lens.open) actions.toggleLens();
    actions.see({ discrete: query.get("discrete"), test: query.get("test") });
    actions.reopen(run);
  };
  const begin = (/** @type {Event} */ event) =>
    address.begin(event.target, event instanceof KeyboardEvent ? event.key : "");
  for (const kind of ["pointerdown", "keydown", "drop"]) document.addEventListener(kind, begin, true);
  document.addEventListener(
    "change",
    (event) => {
      // The end of a drag begins nothing.
      if (event.target instanceof HTMLInputElement && event.target.type === "range") return;
      begin(event);
    },
    true,
  );
  window.addEventListener("popstate", () => {
    address.arrived();
    open(address.query ?? "");
  });
  document.addEventListener("paste", (event) => {
    const typing = event.target instanceof Element && event.target.closest("input, textarea, [contenteditable]");
    const link = typing ? null : linkIn(event.clipboardData?.getData("text/plain") ?? "", location.origin);
    if (link === null) return;
    event.preventDefault();
    address.begin(null);
    actions.follow(link);
  });
  if (address.query !== null) open(address.query);
}

/**
 * Who leaves is asked where that would lose points: no link holds them, and no file.
 *
 * @param {Pick<Page, "address" | "keeper" | "store">} page
 */
export function askWhoLeaves({ address, keeper, store }) {
  window.addEventListener("pagehide", () => address.flush());
  window.addEventListener("beforeunload", (event) => {
    const { config, draft } = store.state;
    const points = draft ?? /** @type {Point[]} */ (config.data.points ?? []);
    if (address.link === null && points.length > 0 && keeper.misses(points)) event.preventDefault();
  });
}
