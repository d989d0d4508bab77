/**
 * What only a forest has on the page: its numbers, its levels' names, how large it has grown and which level answers.
 *
 * Fetched when a forest is first chosen, or comes with a link.
 */

import { formatCount } from "../../text/format.js";
import { find, make, setAttribute, setText } from "../../widgets/dom.js";
import { createDrawer } from "../../widgets/drawer.js";
import { createFields } from "../../widgets/knobs.js";

/** @typedef {{ default: ForestConfig, fields: Record<string, Knob> }} Numbers */

/** A forest's numbers, as this server offers them. @returns {Promise<Numbers>} */
export async function askForNumbers() {
  const answer = await fetch(new URL("api/forest", document.baseURI));
  if (!answer.ok) throw new Error(`${answer.url} answered ${answer.status}`);
  return answer.json();
}

export class Forest {
  /** @param {Page} page @param {Numbers} told */
  constructor(page, told) {
    this.page = page;
    this.usual = told.default;
    Object.assign(page.catalog.fields, told.fields);
    const { actions, language, store } = page;
    const change = (/** @type {string} */ field, /** @type {Value} */ value) => {
      const { config } = store.state;
      actions.open({ ...config, forest: { .../** @type {ForestConfig} */ (config.forest), [field]: value } });
    };
    this.fields = createFields(page, "forest.", "-forest", change, () => true);
    // In the place of a neuron's formula.
    find(document, ".formula").prepend(make("p", { class: "forest-note", text: language.say("forest.note") }));
    this.size = make("span", { class: "forest-size", testid: "forest-size" });
    this.element = make("div", { class: "forest", help: "forest" }, this.size);
    this.element.append(createDrawer(language.say("forest.settings"), this.fields.element));
    find(document, ".network .family").after(this.element);
  }

  /** A forest on the same points. @param {Config} config @returns {Config} */
  of(config) {
    return { ...this.page.catalog.default, ...sharedOf(config), forest: this.usual };
  }

  /** A network, `like` the one that is given, on the same points. @param {Config} config @param {Config} like @returns {Config} */
  without(config, like) {
    const { forest, ...network } = { ...like, ...sharedOf(config) };
    return network;
  }

  /** @param {State} state */
  show({ config, newest }) {
    const { forest } = config;
    this.element.hidden = !forest;
    if (!forest) return;
    const { language } = this.page;
    this.fields.show((field) => forest[/** @type {keyof ForestConfig} */ (field)]);
    const nodes = newest?.body.nodes ?? 0;
    const best = newest?.body.best ?? 0;
    const words = { count: formatCount(nodes), level: best };
    setText(this.size, language.say(best > 0 ? "forest.size" : "forest.size_only", words));
    this.#name(best);
  }

  /** Columns are levels, tiles forests. @param {number} best the level that answers */
  #name(best) {
    const { language } = this.page;
    for (const title of document.querySelectorAll(".network [data-number]")) {
      const level = Number(/** @type {HTMLElement} */ (title).dataset.number);
      setText(title, language.say(level === best ? "forest.level_best" : "forest.level", { level }));
    }
    for (const tile of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".network .unit"))) {
      const values = { level: Number(tile.dataset.layer) + 1, forest: Number(tile.dataset.unit) + 1 };
      setAttribute(tile, "aria-label", language.say("forest.unit", values));
    }
  }
}

/** What means the same for both families. @param {Config} config */
function sharedOf({ data, features, seeds }) {
  return { data, features, seeds };
}
