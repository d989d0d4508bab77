/**
 * Holds the one state there is, and says which of its fields are others when another takes its place.
 *
 * Not here: how a state changes (state.js), who needs which field (each panel says so itself), nor when it is drawn
 * (page/render_loop.js).
 */

/** @param {State} state @param {{ changed: (fields: readonly (keyof State)[]) => void }} loop @returns {Store} */
export function createStore(state, loop) {
  const store = {
    state,
    set: (/** @type {State} */ next) => {
      const old = store.state;
      store.state = next;
      const fields = /** @type {(keyof State)[]} */ (Object.keys(next));
      loop.changed(fields.filter((field) => next[field] !== old[field]));
    },
  };
  return store;
}
