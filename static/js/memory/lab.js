/**
 * A lab beside the memory: what the panel needs of this page, and what stays in the address while the memory changes.
 *
 * Not here: the panel itself (panels/lab), which comes when a link names a lab.
 */

import { Dispatch } from "../live/dispatch.js";
import { find } from "../widgets/dom.js";
import { LatePanel } from "../widgets/late_panel.js";

/** What stands in the address beside the memory, as long as the lab does. */
const STAYING = ["lab", "step", "hide", "lock"];

export class BesideMemory {
  /**
   * @param {Pick<MemoryPage, "store" | "actions">} page @param {{ send: (command: any) => boolean | void, opening: boolean }} socket
   * @param {Pick<History, "pushState">} past
   */
  constructor({ store, actions }, socket, past) {
    this.store = store;
    this.actions = actions;
    this.socket = socket;
    this.past = past;
    /** @type {LatePanel<import("../panels/lab/guide.js").Guide> | null} */
    this.panel = null;
    this.messages = new Dispatch();
    this.words = new AbortController();
  }

  /** In the page's language. @param {Pick<MemoryPage, "catalog" | "language" | "complete">} page @param {() => void} redraw */
  make({ catalog, language, complete }, redraw) {
    this.words.abort();
    this.words = new AbortController();
    this.messages = new Dispatch();
    const { store, actions, socket, messages, past, words } = this;
    const address = { place: location, history: past, flush: () => {} };
    const page = { address, catalog, language, store, actions, signal: words.signal, complete, redraw };
    this.panel = new LatePanel(/** @type {any} */ (page), async () => {
      const { Guide } = await import("../panels/lab/guide.js");
      return () => new Guide(page, messages, socket, (element) => find(document, ".track").before(element));
    });
    this.panel.get("lab" in document.documentElement.dataset);
  }

  /** What a link says of labs. @param {Record<string, string>} query */
  obey(query) {
    if (query.lab) void this.panel?.fetch().then((panel) => panel?.obey(query));
  }

  /** An answer of the server's. @param {{ type: string }} message */
  hear(message) {
    this.messages.dispatch(message, /** @type {any} */ ({}));
  }
}

/**
 * A memory's link with what the address says of the lab, where the link itself says nothing.
 *
 * @param {string} link @param {Record<string, string>} page what the server read beside the memory @param {string} search
 */
export function withLab(link, page, search) {
  if (page.lab) return link;
  const staying = search.replace(/^\?/, "").split("&");
  return [link, ...staying.filter((pair) => STAYING.includes(pair.split("=")[0]))].filter(Boolean).join("&");
}
