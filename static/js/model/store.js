/**
 * Holds the one state there is, and says which parts of the page are dirty when another takes its place.
 *
 * Not here: how a state changes (state.js), nor when what is dirty is drawn (page/render_loop.js).
 */

/** @param {State} state @param {{ mark: (...parts: string[]) => void }} loop @returns {Store} */
export function createStore(state, loop) {
  const store = {
    state,
    set: (/** @type {State} */ next) => {
      const old = store.state;
      store.state = next;
      loop.mark("send", "network", "answer", "status");
      const [config, draft] = [next.config !== old.config, next.draft !== old.draft];
      const [inspect, lens] = [next.inspect !== old.inspect, next.lens !== old.lens];
      if (config || draft || inspect || lens || next.layout !== old.layout) loop.mark("controls");
      if (config || lens) loop.mark("place");
      if (next.frame !== old.frame || config) loop.mark("inspector");
      if (next.points !== old.points) loop.mark("points");
      if (next.frame !== old.frame || next.newest !== old.newest) loop.mark("readouts");
    },
  };
  return store;
}
