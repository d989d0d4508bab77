/**
 * The page's address as the link of what it shows: read when it opens, written after every accepted choice.
 *
 * One entry of the history a gesture: a click makes one, a drag rewrites its own. Links are made and read by the server
 * (docs/reference/links.md); here they are text. Not here: who asks for a link to be opened (model/actions.js).
 */

/** What stands beside the experiment and stays when that changes; the link's other keys are of a moment. */
const STAYING = ["lens", "lang", "theme", "palette", "hide", "show"];

/** Browsers refuse more than about three writes a second for long. */
const REST_MILLISECONDS = 400;

export class Address {
  /**
   * @param {Pick<Location, "pathname" | "search" | "hash" | "origin">} place
   * @param {Pick<History, "pushState" | "replaceState">} history
   * @param {(run: () => void, milliseconds: number) => number} wait
   * @param {(timer: number) => void} forget
   */
  constructor(place, history, wait, forget) {
    this.place = place;
    this.history = history;
    this.wait = wait;
    this.forget = forget;
    /** @type {string | null | undefined} of the run shown; null for one that no link holds */
    this.link = undefined;
    this.gesture = 0;
    this.pushed = 0;
    /** @type {EventTarget | null} */
    this.target = null;
    this.timer = 0;
  }

  /** The link that the address holds, null for none. */
  get query() {
    const { search, hash } = this.place;
    return search.length > 1 || hash.includes("=") ? search + hash : null;
  }

  /**
   * The reader begins something new; arrow keys on one slider are one gesture.
   *
   * @param {EventTarget | null} target @param {string} [key]
   */
  begin(target, key = "") {
    const again = key.startsWith("Arrow") && target === this.target;
    this.target = target;
    if (!again) this.gesture += 1;
  }

  /**
   * A link has been followed: what the address says is now written as the server writes it.
   *
   * @param {string | null} link @param {Record<string, string>} page the keys beside the experiment
   */
  followed(link, page) {
    this.link = link;
    this.pushed = this.gesture;
    if (link !== null) this.#write("replaceState", search(link, Object.entries(page)));
  }

  /**
   * The server has taken a choice.
   *
   * @param {string | null} link
   */
  changed(link) {
    const first = this.link === undefined;
    if (link === this.link) return;
    this.link = link;
    if (link === null) return;
    if (first) this.followed(link, Object.fromEntries(this.#kept()));
    else if (this.gesture !== this.pushed) {
      this.pushed = this.gesture;
      this.#write("pushState", search(link, this.#kept()));
    } else {
      this.forget(this.timer);
      this.timer = this.wait(() => this.#write("replaceState", search(link, this.#kept())), REST_MILLISECONDS);
    }
  }

  /**
   * The whole link of the run shown, for another page.
   *
   * @param {number} epochs to open at, 0 for the beginning
   * @returns {string | null}
   */
  href(epochs) {
    if (typeof this.link !== "string") return null;
    const more = epochs > 0 ? [["epochs", String(epochs)]] : [];
    return this.place.origin + this.place.pathname + search(this.link, [...this.#kept(), ...more]);
  }

  /** What stands beside the experiment and stays: language, looks, what is hidden. */
  #kept() {
    return [...new URLSearchParams(this.place.search)].filter(([key]) => STAYING.includes(key));
  }

  /** @param {"pushState" | "replaceState"} way @param {string} query */
  #write(way, query) {
    this.forget(this.timer);
    const { pathname, search, hash } = this.place;
    if (query !== search || hash) this.history[way](null, "", pathname + query);
  }
}

/** @param {string} link @param {readonly (readonly string[])[]} pairs */
function search(link, pairs) {
  const beside = pairs.map(([key, value]) => `${key}=${encodeURIComponent(value).replaceAll("%2C", ",")}`);
  const query = [link, ...beside].filter(Boolean).join("&");
  return query && `?${query}`;
}

/**
 * The link in a text that was pasted: an address of this page or of TensorFlow Playground, or what follows its #.
 *
 * @param {string} text @param {string} origin this page's
 * @returns {string | null}
 */
export function linkIn(text, origin) {
  const word = text.trim();
  if (/^#[^\s=]+=\S*$/.test(word)) return word;
  if (/\s/.test(word) || !/^https?:/.test(word)) return null;
  try {
    const { origin: from, search, hash } = new URL(word);
    if (from !== origin && !/networkShape|_hide=|dataset=|activation=/i.test(hash)) return null;
    return search + hash || null;
  } catch {
    return null;
  }
}
