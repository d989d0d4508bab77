/**
 * A panel that is fetched when the reader first asks for it, with the words and styles that only such panels need.
 *
 * Until it is there, nothing of it is on the page but the button that opens it. Where it cannot be had, the status line
 * says so, and asking again tries again. Where the page was made anew in another language meanwhile, whoever asked is given
 * the new page's.
 */

import { fillLateWords, find } from "./dom.js";

/** The newest page's panel of each name. @type {Map<string, LatePanel<any>>} */
const newest = new Map();

/** @template Panel */
export class LatePanel {
  /**
   * @param {Pick<Page, "complete" | "language" | "redraw" | "signal" | "store">} page
   * @param {() => Promise<(before: Panel | null) => Panel>} load fetches what makes it, of what it was on the page before
   * @param {string} [markup] selects what the template has of it, under `data-late`
   * @param {string} [name] by which it is found on a page in another language
   */
  constructor(page, load, markup, name = markup) {
    this.page = page;
    this.load = load;
    this.markup = markup;
    this.name = name ?? "";
    /** @type {Panel | null} */
    this.panel = null;
    /** @type {Promise<Panel | null> | null} */
    this.coming = null;
    this.failed = false;
    /** @type {LatePanel<Panel> | undefined} */
    const former = newest.get(this.name);
    /** @type {Panel | null} as it was left in another language */
    this.before = former?.panel ?? former?.before ?? null;
    if (name) newest.set(name, this);
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

  /** @returns {Promise<Panel | null>} null where it could not be had, or where a page in another language has no such panel */
  fetch() {
    this.coming ??= this.#fetch();
    return this.coming;
  }

  /** @returns {Promise<Panel | null>} */
  async #fetch() {
    const { complete, language, redraw, signal, store } = this.page;
    try {
      const [create] = await Promise.all([this.load(), complete()]);
      if (!signal.aborted) {
        if (this.markup) fillLateWords(find(document, this.markup), language);
        this.failed = false;
        this.panel = create(this.before);
        this.before = null;
        redraw();
      }
    } catch (problem) {
      if (!signal.aborted) {
        this.coming = null;
        this.failed = true;
        const values = { reason: /** @type {Error} */ (problem).message };
        store.set({ ...store.state, remark: { tone: "warn", key: "page.no_part", values } });
      }
    }
    const next = signal.aborted && newest.get(this.name);
    return next && next !== this ? next.fetch() : this.panel;
  }
}
