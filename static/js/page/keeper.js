/**
 * What no link holds, kept for this tab: own points that are too many for one, or too few for a run.
 *
 * A reload of the tab finds them again by the name in its address (`?kept=`); nobody else does, and no other run is ever
 * shown in their place (app/links/link.py refuses the name in a sentence). What was saved as a file is not lost with the tab.
 */

const KEY = "kept-";
/** Entries of the history that can be gone back to; each may be of some hundred kilobytes. */
const MOST = 12;

export class Keeper {
  /** @param {() => Storage} storage throws where the browser gives a page none */
  constructor(storage) {
    this.storage = storage;
    /** The points that are in a file of the reader's. */
    this.taken = "";
  }

  /**
   * @param {string} name @param {Kept} run
   * @returns {boolean} whether there was room
   */
  keep(name, run) {
    try {
      const storage = this.storage();
      const names = namesIn(storage).filter((one) => one !== name);
      for (const old of names.slice(0, Math.max(0, names.length + 1 - MOST))) storage.removeItem(KEY + old);
      storage.setItem(KEY + name, JSON.stringify({ at: Date.now(), ...run }));
      return true;
    } catch {
      return false;
    }
  }

  /** @param {string | null} search of an address @returns {Kept | null} */
  find(search) {
    const name = new URLSearchParams(search ?? "").get("kept");
    try {
      return name === null ? null : JSON.parse(this.storage().getItem(KEY + name) ?? "null");
    } catch {
      return null;
    }
  }

  /** @param {readonly Point[]} points are now in a file */
  take(points) {
    this.taken = JSON.stringify(points);
  }

  /** Whether these points are in no file. @param {readonly Point[]} points */
  misses(points) {
    return JSON.stringify(points) !== this.taken;
  }
}

/** Oldest first. @param {Storage} storage */
function namesIn(storage) {
  const names = Object.keys(storage).filter((key) => key.startsWith(KEY));
  const made = (/** @type {string} */ key) => JSON.parse(storage.getItem(key) ?? "{}").at ?? 0;
  return names
    .map((key) => ({ name: key.slice(KEY.length), at: made(key) }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ name }) => name);
}
