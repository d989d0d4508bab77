/**
 * The atlas' page comes to life here: fetch the words and the table, and show what the reader has chosen.
 *
 * Only wiring. What is shown is decided in the modules that this one joins. Everything chosen is in the address.
 */

import { fetchJson } from "../page/server_files.js";
import { loadWords, withNames } from "../page/words.js";
import { createDisplay, Looks } from "../panels/toolbar/display.js";
import { formatCount } from "../text/format.js";
import { createMenu } from "../widgets/controls.js";
import { byTestId, find, setText, speak } from "../widgets/dom.js";
import { createChart } from "./chart.js";
import { createGrid } from "./grid.js";
import { easyFor, fewest, readAtlas, readChoice, unknownIn, usualKinds, winners, writeChoice } from "./table.js";
import { nameOf, networkName } from "./words.js";

/** Names in the sentence that answers; of more, how many. */
const MOST_NAMED = 4;

const looks = new Looks(location, history, navigator.languages);
const language = await withNames(loadWords)(looks.now.lang);
speak(language, "atlas.brand");
try {
  start(readAtlas(await fetchJson("api/atlas")));
} catch (problem) {
  setText(byTestId("answer"), language.say("atlas.missing", { reason: String(problem) }));
  reportError(problem);
}

/** @param {Atlas} atlas */
function start(atlas) {
  let choice = readChoice(atlas, location.search);
  const unknown = unknownIn(atlas, location.search);
  if (unknown) {
    setText(byTestId("about"), language.say("atlas.unknown", unknown));
    history.replaceState(null, "", location.pathname + writeChoice(atlas, choice, location.search));
  }
  /** @type {AtlasPage} */
  const page = { language, atlas, choose };
  const menus = createMenus(page);
  const showGrid = createGrid(page);
  const drawChart = createChart(page);
  const showLooks = createDisplay(/** @type {any} */ ({ language }), looks);
  looks.changed = (key) => {
    if (key === "lang") location.reload();
    showLooks();
  };
  showLooks();
  show();
  new ResizeObserver(() => drawChart(choice)).observe(byTestId("atlas-chart"));

  /** @param {Partial<AtlasChoice>} wish */
  function choose(wish) {
    const usual = String(choice.kinds) === String(usualKinds(atlas, choice, choice.data));
    choice = { ...choice, ...wish };
    // Another dataset has other winners; kinds that the reader has picked stay.
    if (usual && !wish.kinds) choice.kinds = usualKinds(atlas, choice, choice.data);
    history.replaceState(null, "", location.pathname + writeChoice(atlas, choice, location.search));
    show();
  }

  function show() {
    for (const menu of menus) menu(choice);
    showGrid(choice);
    drawChart(choice);
    setText(byTestId("answer"), answer(page, choice));
    setText(byTestId("chart-title"), nameOf(page, "data", choice.data));
  }
}

/** @param {AtlasPage} page @returns {((choice: AtlasChoice) => void)[]} */
function createMenus(page) {
  const { atlas, choose } = page;
  const facts = { surely: atlas.surely, runs: atlas.runs };
  const words = (/** @type {string} */ key) => language.say(`atlas.${key}`, facts);
  /** @type {(key: keyof AtlasChoice, box: string, options: Option[], take?: (value: string) => any) => (choice: AtlasChoice) => void} */
  const menu = (key, box, options, take = (value) => value) => {
    const naming = { label: words(key), hint: words(`${key}_hint`), testid: `choose-${key}` };
    const made = createMenu(naming, options, (value) => choose({ [key]: take(value) }));
    find(document, box).append(made.element);
    return (choice) => {
      made.show(String(choice[key]));
      if (key === "network") made.element.hidden = choice.show !== "solved";
    };
  };
  const named = (/** @type {string} */ key, /** @type {string[]} */ values) =>
    values.map((value) => ({ value, text: words(`${key}_${value}`) }));
  return [
    menu("show", ".settings", named("show", ["fewest", "solved"])),
    menu(
      "network",
      ".settings",
      atlas.networks.map((one, at) => ({ value: String(at), text: networkName(page, one) })),
      Number,
    ),
    menu(
      "activation",
      ".settings",
      atlas.activations.map((value) => ({ value, text: nameOf(page, "activations", value) })),
    ),
    menu("opens", ".settings", named("opens", ["race", "run"])),
    menu("value", ".chart-tools", named("value", ["accuracy", "solved"])),
    menu("across", ".chart-tools", named("across", ["parameters", "multiply_adds"])),
  ];
}

/** Who solves the chosen data with the fewest parameters, in a sentence. @param {AtlasPage} page @param {AtlasChoice} choice */
function answer(page, choice) {
  const { atlas } = page;
  const easy = easyFor(atlas, choice, choice.data);
  const best = easy.length > 0 ? easy : winners(atlas, choice, choice.data);
  const plain = fewest(atlas, choice, atlas.plain, choice.data);
  const facts = {
    data: nameOf(page, "data", choice.data),
    activation: nameOf(page, "activations", choice.activation),
    surely: atlas.surely,
    runs: atlas.runs,
    plain: nameOf(page, "neurons", atlas.plain),
    kinds: listOf(page, best),
    count: best.length,
    all: atlas.neurons.length,
    parameters: formatCount(best[0]?.parameters ?? 0),
    beside: formatCount(plain?.cell.parameters ?? 0),
  };
  if (best.length === 0) return language.say("atlas.answer_none", facts);
  const key = easy.length > 0 ? "atlas.answer_easy" : "atlas.answer";
  if (best.some(({ neuron }) => neuron === atlas.plain)) return language.say(key, facts);
  return language.say(plain ? `${key}_beside` : `${key}_only`, facts);
}

/** The first few by their names. @param {AtlasPage} page @param {AtlasCell[]} cells */
function listOf(page, cells) {
  const names = cells.slice(0, MOST_NAMED).map(({ neuron }) => nameOf(page, "neurons", neuron));
  const listed = names.join(language.say("race.comma"));
  const more = cells.length - names.length;
  return more > 0 ? language.say("atlas.and_more", { kinds: listed, more }) : listed;
}
