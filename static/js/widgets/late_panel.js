/**
 * A panel that is fetched when the reader first asks for it, with the words and styles that only such panels need.
 *
 * Until it is there, nothing of it is on the page but the button that opens it. Where it cannot be had, the status line
 * says so, and asking again tries again.
 */

import { fillLateWords, find } from "./dom.js";

/** @template Panel */
export class LatePanel {
  /**
   * @param {Pick<Page, "complete" | "language" | "redraw" | "signal" | "store">} page
   * @param {() => Promise<() => Panel>} load fetches what makes it
   * @param {string} [markup] selects what the template has of it, under `data-late`
   */
  constructor(page, load, markup) {
    this.page = page;
    this.load = load;
    this.markup = markup;
    /** @type {Panel | null} */
    this.panel = null;
    /** @type {Promise<Panel | null> | null} */
    this.coming = null;
    this.failed = false;
  }

  /**
   * The panel, where it is there already; if not, it is on its way from when it is first wanted.
   *
   * @param {boolean} wanted @returns {Panel | null}
   */
  get(wanted) {
    // What is wanted with every frame is not asked for with every frame.
    if (wanted && !this.failed) void this.fetch();
    if (!wanted) this.failed = false;
    return this.panel;
  }

  /** @returns {Promise<Panel | null>} null where it could not be had, or where the page is in another language by now */
  fetch() {
    this.coming ??= this.#fetch();
    return this.coming;
  }

  async #fetch() {
    const { complete, language, redraw, signal, store } = this.page;
    try {
      const [create] = await Promise.all([this.load(), complete()]);
      if (signal.aborted) return null;
      if (this.markup) fillLateWords(find(document, this.markup), language);
      this.failed = false;
      this.panel = create();
      redraw();
    } catch (problem) {
      this.coming = null;
      this.failed = true;
      const values = { reason: /** @type {Error} */ (problem).message };
      if (!signal.aborted) store.set({ ...store.state, remark: { tone: "warn", key: "page.no_part", values } });
    }
    return this.panel;
  }
}
