/**
 * A page beside the playground in somebody else's page: what the frame of a run does (embed/frame.js), for a race or a
 * memory.
 *
 * Not here: which parts are shown (visibility.js).
 */

import { joinHost } from "../embed/frame.js";
import { withKeys } from "../text/link.js";

/**
 * What a frame follows: of a run its state, of a machine this.
 *
 * @typedef {{ playing: boolean, remark: Sentence | null, epoch: number, shown: boolean, history: readonly unknown[],
 *   link: string | null | undefined }} Followed `shown`: there is a picture; `link` is undefined before anything is open
 */

/**
 * @template S
 * @param {{ store: { state: S, set: (next: S) => void }, actions: object, catalog: Catalog, looks: () => string }} page
 * @param {string} name of the page, in an address
 * @param {(state: S) => Followed} follow @param {(state: S) => object} factsOf what its host is told beside that
 * @param {() => void} begin connects
 * @param {(sentence: Sentence) => string} words
 */
export function joinMachineHost({ store, actions, catalog, looks }, name, follow, factsOf, begin, words) {
  const followed = (/** @type {S} */ state) => {
    const { playing, remark, epoch, shown, history } = follow(state);
    const newest = shown ? { body: { epoch, loss: null, accuracy: null } } : null;
    return { playing, remark, parameters: null, newest, history };
  };
  const view = {
    state: followed(store.state),
    set: (/** @type {any} */ next) => void Object.assign(view, { state: next }),
  };
  const set = store.set;
  store.set = (next) => {
    set(next);
    view.set(followed(next));
  };
  const address = {
    get link() {
      return follow(store.state).link;
    },
    href: () => {
      const { link } = follow(store.state);
      if (link === null || link === undefined) return null;
      const query = withKeys(link, looks());
      return new URL(`${name}${query && "?"}${query}`, document.baseURI).href;
    },
  };
  const page = /** @type {Page} */ (/** @type {unknown} */ ({ store: view, actions, address, catalog }));
  return joinHost(page, begin, words, () => factsOf(store.state));
}
