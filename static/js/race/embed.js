/**
 * The race in somebody else's page: what the frame of a run does (embed/frame.js), for a race.
 *
 * Its facts are those of every lane. Not here: which parts are shown (page/visibility.js).
 */

import { joinHost } from "../embed/frame.js";
import { withKeys } from "../text/link.js";
import { epochOf, placesOf } from "./state.js";

/**
 * @param {Pick<RacePage, "store" | "actions" | "catalog" | "looks">} page @param {() => void} begin connects
 * @param {(sentence: Sentence) => string} words
 */
export function joinRaceHost({ store, actions, catalog, looks }, begin, words) {
  // A frame follows a run; of a race, it follows this.
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
      return store.state.lanes.length > 0 ? store.state.link : undefined;
    },
    href: () => {
      const { link } = store.state;
      return link === null ? null : new URL(`race?${withKeys(link, looks())}`, document.baseURI).href;
    },
  };
  const page = /** @type {Page} */ (/** @type {unknown} */ ({ store: view, actions, address, catalog }));
  return joinHost(page, begin, words, () => factsOf(store.state));
}

/** @param {RaceState} state */
function followed(state) {
  const { playing, remark, lanes } = state;
  // Ready is who has shown every lane.
  const shown = lanes.length > 0 && lanes.every(({ frame }) => frame !== null);
  const newest = shown ? { body: { epoch: epochOf(state), loss: null, accuracy: null } } : null;
  return { playing, remark, parameters: null, newest, history: lanes[0]?.history ?? [] };
}

/** @param {RaceState} state */
export function factsOf(state) {
  const places = placesOf(state);
  return {
    lanes: state.lanes.map(({ lane, epoch, parameters, solved, diverged, frame }) => ({
      lane,
      epoch,
      parameters,
      loss: frame?.body.loss ?? null,
      accuracy: frame?.body.accuracy ?? null,
      solved,
      diverged: diverged !== null,
      place: places?.[lane] ?? null,
    })),
    over: places !== null,
  };
}
