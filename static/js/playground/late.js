/**
 * What the playground fetches later, and puts together from several rooms: cards of neurons, small pictures, a lab, what
 * brings a saved model back.
 *
 * Not here: panels that one room fetches by itself (panels/).
 */

import { loadCounts, loadPortraits } from "../model/catalog.js";
import { addressOf, fetchJson } from "../page/server_files.js";
import { find } from "../widgets/dom.js";
import { LatePanel } from "../widgets/late_panel.js";
import { createLatePart } from "../widgets/late_part.js";

/** Small pictures of datasets and features. @param {Catalog} catalog @param {Promise<unknown>} pictured @param {() => void} redraw */
export function createThumbnails(catalog, pictured, redraw) {
  return createLatePart(async () => {
    await pictured;
    const packed = fetchJson("api/thumbnails");
    const [{ unpack }] = await Promise.all([import("../panels/output/later.js"), packed]);
    return unpack(await packed, catalog);
  }, redraw);
}

/** Where kinds of neurons are chosen. @param {Omit<Page, "cards">} base @returns {Page["cards"]} */
export function createCards(base) {
  const load = async () => {
    const get = fetch.bind(window);
    const [{ NeuronCards }, portraits] = await Promise.all([
      import("../widgets/neuron_cards.js"),
      loadPortraits(addressOf("api/portraits"), get),
      base.formulas(),
    ]);
    return () => new NeuronCards(base, portraits, (...layers) => loadCounts(addressOf("api/counts"), get, ...layers));
  };
  return new LatePanel(base, load, undefined, "cards");
}

/**
 * What a link says of labs, and of what is not to be used.
 *
 * @param {Page} page @param {Dispatch} messages @param {LiveSocket} socket
 */
export function createLab(page, messages, socket) {
  return new LatePanel(page, async () => {
    const { Lab } = await import("../panels/lab/lab.js");
    return () => new Lab(page, messages, socket, (element) => find(document, ".stage").prepend(element));
  });
}

/** Opens a saved model. @param {Page} page @returns {(file: File) => Promise<void>} */
export function createRestorer(page) {
  const load = async () => {
    const { createRestore } = await import("../panels/take_home/restore.js");
    return () => createRestore(page);
  };
  const restorer = new LatePanel(page, load, undefined, "restore");
  return async (file) => (await restorer.fetch())?.(file);
}
