/**
 * What the race's panels are given: the page of the playground's panels (page/page.js), with the race in its place.
 */

import { formulaLoader, loadCounts, loadPortraits } from "../model/catalog.js";
import { createPage } from "../page/page.js";
import { addressOf } from "../page/server_files.js";
import { LatePanel } from "../widgets/late_panel.js";
import { NeuronCards } from "../widgets/neuron_cards.js";

/**
 * @param {Pick<RacePage, "catalog" | "language" | "store" | "actions" | "theme" | "ratio" | "signal" | "complete" | "colourOf" | "looks">} given
 * @param {() => void} redraw @returns {RacePage}
 */
export function createRacePage(given, redraw) {
  const { catalog, store } = given;
  const get = fetch.bind(window);
  const formulas = formulaLoader(catalog, addressOf("api/formulas"), get);
  const base = createPage(/** @type {any} */ ({ ...given, formulas, redraw }));
  const pickerPage = (/** @type {() => RaceLane} */ lane) => {
    // Cards ask the page for the experiment that they are about: here it is one lane's.
    const own = { ...base, store: viewOf(store, lane) };
    const load = async () => {
      const [pictures] = await Promise.all([loadPortraits(addressOf("api/portraits"), get), formulas()]);
      return () => new NeuronCards(own, pictures, (...layers) => loadCounts(addressOf("api/counts"), get, ...layers));
    };
    const cards = new LatePanel(own, load, undefined, `cards ${lane().lane}`);
    return /** @type {Page} */ (Object.assign(own, { cards }));
  };
  return { ...base, ...given, pickerPage };
}

/** @param {RaceStore} store @param {() => RaceLane} lane */
function viewOf(store, lane) {
  return /** @type {Store} */ ({
    get state() {
      const { config, layout } = lane();
      return /** @type {State} */ (/** @type {unknown} */ ({ config, layout }));
    },
    set: ({ remark }) => store.set({ ...store.state, remark }),
  });
}
