/**
 * The chosen neuron in a quiet place: its formula, its sentence, and its knobs for every layer of the kind.
 */

import { findSpec, formulaFor } from "../../model/catalog.js";
import { find, setText } from "../../widgets/dom.js";
import { describe } from "../../widgets/hints.js";
import { KnobRow } from "../../widgets/knobs.js";
import { fitToLine, formulaOf } from "../../widgets/mathml.js";

/** @param {Page} page @returns {Panel} */
export function createFormula(page) {
  const { actions, catalog, language, store } = page;
  const root = find(document, ".formula");
  const [name, math, sentence] = [".formula-name", ".formula-math", ".formula-sentence"].map((one) => find(root, one));
  const knobs = new KnobRow(language, "knob-", (knob, value) => {
    const { config } = store.state;
    actions.open(withKnobEverywhere(config, chosenLayer(store.state).neuron.name, knob, value));
  });
  root.append(knobs.element);
  // What does not fit even then scrolls inside its line.
  const fit = () => {
    fitToLine(math);
    letScroll(math);
  };
  new ResizeObserver(fit).observe(math);
  let shown = "";
  return {
    needs: { controls: ["config", "inspect"] },
    show: (state) => {
      const { neuron, bias } = chosenLayer(state);
      const spec = findSpec(catalog, "neurons", neuron.name);
      knobs.show(spec, neuron);
      const formula = formulaFor(spec, bias);
      if (formula === undefined) void page.formulas().then(page.redraw, () => {});
      const words = describe(page, `neurons.${spec.name}`, spec.sentence);
      const now = `${spec.name} ${formula} ${words}`;
      if (shown === now) return;
      shown = now;
      setText(name, language.translate(`neurons.${spec.name}`, spec.label));
      setText(sentence, words);
      math.replaceChildren(...(formula ? [formulaOf(formula)] : []));
      fit();
    },
  };
}

/** A line that scrolls is one that keys can reach. @param {HTMLElement} line */
export function letScroll(line) {
  line.tabIndex = line.scrollWidth > line.clientWidth ? 0 : -1;
}

/**
 * The layer whose neuron is worth explaining: the one that is looked at, else the first one, else the output.
 *
 * @param {Pick<State, "config" | "inspect">} state
 */
export function chosenLayer({ config, inspect }) {
  return config.layers[inspect?.layer ?? 0] ?? config.output;
}

/** @param {Config} config @param {string} name @param {string} knob @param {Value} value @returns {Config} */
export function withKnobEverywhere(config, name, knob, value) {
  const turned = (/** @type {Choice} */ neuron) => (neuron.name === name ? { ...neuron, [knob]: value } : neuron);
  const layers = config.layers.map((layer) => ({ ...layer, neuron: turned(layer.neuron) }));
  // The output follows only where it is the whole network: a page that shows no other neuron means this one.
  const output =
    config.layers.length === 0 ? { ...config.output, neuron: turned(config.output.neuron) } : config.output;
  return { ...config, layers, output };
}
