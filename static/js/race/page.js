/**
 * What the race's panels are given: the page of the playground's panels (page/page.js), with the race in its place.
 */

import { formulaLoader, loadCounts, loadPortraits } from "../model/catalog.js";
import { addressOf } from "../page/beside.js";
import { createPage } from "../page/page.js";
import { LatePanel } from "../widgets/late_panel.js";
import { fetchLateStyles } from "../widgets/late_styles.js";
import { NeuronCards } from "../widgets/neuron_cards.js";

/**
 * @param {Pick<RacePage, "catalog" | "language" | "store" | "actions" | "theme" | "ratio" | "signal" | "colourOf" | "looks">} given
 * @param {() => void} redraw @returns {RacePage}
 */
export function createRacePage(given, redraw) {
  const { catalog, language, store } = given;
  const get = fetch.bind(window);
  const complete = () => Promise.all([language.complete(), fetchLateStyles()]);
  const formulas = formulaLoader(catalog, addressOf("api/formulas"), get);
  const base = createPage(/** @type {any} */ ({ ...given, complete, formulas, redraw }));
  const pickerPage = (/** @type {() => RaceLane} */ lane) => {
    // Cards ask the page for the experiment that they are about: here it is one lane's.
    const own = { ...base, store: viewOf(store, lane) };
    const cards = new LatePanel(own, async () => {
      const [pictures] = await Promise.all([loadPortraits(addressOf("api/portraits"), get), formulas()]);
      return () => new NeuronCards(own, pictures, (...layers) => loadCounts(addressOf("api/counts"), get, ...layers));
    });
    return /** @type {Page} */ (Object.assign(own, { cards }));
  };
  return { ...base, ...given, complete, pickerPage };
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
