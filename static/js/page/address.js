/**
 * The page's address as the link of what it shows: read when it opens, written after every accepted choice.
 *
 * One entry of the history a gesture: a click makes one, a drag or a run of clicks on one button rewrites its own. Links
 * are made and read by the server (docs/reference/links.md); here they are text. A run that no link holds has a name in the
 * address instead, under which the tab keeps it (keeper.js). Not here: who asks for a link to be opened (model/actions.js).
 */

import { withKeys } from "../text/link.js";

/** What stands beside the experiment and stays when that changes. */
const STAYING = ["lang", "theme", "palette", "mode", "hide", "show", "lock", "lab", "step"];
/** What the page says of itself at any time; the link's other keys are of a moment. */
const PRESENT = ["speed", "until", "lens", "discrete", "test"];

/** Browsers refuse more than about three writes a second for long. */
const REST_MILLISECONDS = 400;
/** Presses of one button that follow so soon are one entry: five times "one unit more", stroke upon stroke. */
const RUN_MILLISECONDS = 1500;

export class Address {
  /**
   * @param {Pick<Location, "pathname" | "search" | "hash" | "origin">} place
   * @param {Pick<History, "pushState" | "replaceState">} history
   * @param {(run: () => void, milliseconds: number) => number} wait
   * @param {(timer: number) => void} forget
   * @param {{ beside: () => Record<string, string>, keep: (name: string) => void, now: () => number, random: () => number }}
   *   page what it says of itself now, and keeps for this tab
   */
  constructor(place, history, wait, forget, page) {
    this.place = place;
    this.history = history;
    this.wait = wait;
    this.forget = forget;
    this.page = page;
    /** @type {string | null | undefined} of the run shown; null for one that no link holds */
    this.link = undefined;
    this.gesture = 0;
    /** Which entry of the history the gesture belongs to, and which was written last. */
    this.entry = this.pushed = 0;
    /** @type {EventTarget | null} */
    this.target = null;
    this.begunAt = -Infinity;
    this.timer = 0;
    /** @type {(() => void) | null} */
    this.waiting = null;
    this.name = "";
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
    const again = target !== null && target === this.target;
    const soon = this.page.now() - this.begunAt < RUN_MILLISECONDS;
    this.target = target;
    this.begunAt = this.page.now();
    if (again && key.startsWith("Arrow")) return;
    this.gesture += 1;
    if (!again || !soon) this.entry = this.gesture;
  }

  /**
   * A link has been followed: what the address says is now written as the server writes it. Where no link holds the run,
   * the address has its name already.
   *
   * @param {string | null} link @param {Record<string, string>} page the keys beside the experiment
   */
  followed(link, page) {
    this.link = link;
    this.pushed = this.entry;
    if (link !== null) this.#write("replaceState", () => search(link, Object.entries(page)));
  }

  /**
   * The server has taken a choice.
   *
   * @param {string | null} link null for one that no link holds
   */
  changed(link) {
    const first = this.link === undefined;
    if (link === this.link && link !== null) return;
    this.link = link;
    if (first) this.followed(link, Object.fromEntries(this.#staying()));
    else if (this.entry === this.pushed) this.#soon(() => this.#write("replaceState", () => this.#query(link)));
    else {
      this.pushed = this.entry;
      this.name = "";
      this.#write("pushState", () => this.#query(link));
    }
  }

  /** Another entry of the history: what comes of it is no entry of its own. */
  arrived() {
    this.forget(this.timer);
    this.waiting = null;
    this.begin(null);
    this.pushed = this.entry;
    this.name = new URLSearchParams(this.place.search).get("kept") ?? "";
  }

  /** What the page says of itself is other now; before the reader has done anything, a bare address stays bare. */
  refresh() {
    if (this.gesture === 0 || this.link === undefined) return;
    const parts = this.place.search.slice(1).split("&");
    const others = parts.filter((part) => part && !PRESENT.includes(part.split("=")[0]));
    this.#write("replaceState", () => search(others.join("&") + this.place.hash, Object.entries(this.page.beside())));
  }

  /** Writes at once what waits to be written: the page is left. */
  flush() {
    this.forget(this.timer);
    this.waiting?.();
  }

  /** @param {string | null} link */
  #query(link) {
    if (link !== null) return search(link, this.#beside());
    // A name that no other tab has given to points of its own.
    this.name ||= this.page.random().toString(36).slice(2, 12);
    this.page.keep(this.name);
    return search(`kept=${this.name}`, this.#beside());
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
    return this.place.origin + this.place.pathname + search(this.link, [...this.#beside(), ...more]);
  }

  /** What stands beside the experiment: speed and lens as they are now, the rest as the address has it. */
  #beside() {
    return [...Object.entries(this.page.beside()), ...this.#staying()];
  }

  #staying() {
    return [...new URLSearchParams(this.place.search)].filter(([key]) => STAYING.includes(key));
  }

  /** @param {() => void} write */
  #soon(write) {
    this.forget(this.timer);
    this.waiting = write;
    this.timer = this.wait(write, REST_MILLISECONDS);
  }

  /** @param {"pushState" | "replaceState"} way @param {() => string} made */
  #write(way, made) {
    this.forget(this.timer);
    this.waiting = null;
    const query = made();
    const { pathname, search, hash } = this.place;
    if (query !== search + hash) this.history[way](null, "", pathname + query);
  }
}

/** @param {string} link @param {readonly (readonly string[])[]} pairs */
function search(link, pairs) {
  const beside = pairs.map(([key, value]) => `${key}=${encodeURIComponent(value).replaceAll("%2C", ",")}`);
  const query = withKeys(link, ...beside);
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
