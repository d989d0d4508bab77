/**
 * What one takes home of a race: the panel of the playground for links, frames and pictures; the chart and the table as
 * files.
 */

import { SvgContext } from "../draw/svg_context.js";

import { createMachineShare } from "../panels/take_home/machine_share.js";
import { withKeys } from "../text/link.js";

import { contextOf } from "../widgets/canvas.js";
import { find, make, on } from "../widgets/dom.js";
import { createDrawer } from "../widgets/drawer.js";
import { saveFile } from "../widgets/save_file.js";
import { epochOf } from "./state.js";
import { tableOf } from "./table.js";

/** Of the chart's picture: device pixels for one of the page. */
const RATIO = 2;

/** @param {RacePage} page @param {import("./chart.js").RaceChart} chart @returns {(state: RaceState) => void} */
export function createTakeHome(page, chart) {
  createSharing(page);
  const { language, store } = page;
  const create = (/** @type {string} */ name, /** @type {() => void} */ act) => {
    const button = make("button", {
      class: "small-button",
      testid: `save-${name}`,
      text: language.say(`race.save_${name}`),
    });
    on(button, "click", act);
    return button;
  };
  const png = create("png", () => savePng(page, chart));
  const svg = create("svg", () => {
    const { clientWidth: width, clientHeight: height } = chart.canvas;
    const context = new SvgContext(width, height, page.theme().ground);
    chart.paint(/** @type {Context} */ (/** @type {unknown} */ (context)), store.state, width, height);
    saveFile(new Blob([context.toString()], { type: "image/svg+xml" }), "race.svg");
  });
  const csv = create("csv", () => {
    const home = new URL(".", document.baseURI).href;
    const table = tableOf(store.state, (link) => `${home}?${link}`);
    saveFile(new Blob([table], { type: "text/csv" }), "race.csv");
  });
  find(document, ".race-tools").append(createDrawer(language.say("race.save"), png, svg, csv));
  return ({ repeated }) => {
    csv.disabled = Object.keys(repeated).length === 0;
    csv.title = csv.disabled ? language.say("race.save_csv_hint") : "";
  };
}

/** @param {RacePage} page @param {import("./chart.js").RaceChart} chart */
function savePng({ theme, store }, chart) {
  const { clientWidth: width, clientHeight: height } = chart.canvas;
  const canvas = make("canvas");
  Object.assign(canvas, { width: width * RATIO, height: height * RATIO });
  const context = contextOf(canvas);
  context.scale(RATIO, RATIO);
  chart.paint(context, store.state, width, height);
  // The chart begins by making its canvas clear.
  context.globalCompositeOperation = "destination-over";
  context.fillStyle = theme().ground;
  context.fillRect(0, 0, width, height);
  canvas.toBlob((blob) => blob && saveFile(blob, "race.png"));
}

/** The playground's panel, with the race in the place of a run. @param {RacePage} page */
function createSharing(page) {
  const { catalog, store, looks } = page;
  const href = (/** @type {number} */ epochs) => {
    const { link } = store.state;
    if (link === null) return null;
    const query = withKeys(link, epochs > 0 ? `at=${epochs}` : "", looks());
    return new URL(`race?${query}`, document.baseURI).href;
  };
  const config = () => store.state.lanes[0]?.config ?? catalog.default;
  createMachineShare(page, { href, config, epoch: () => epochOf(store.state) });
}
