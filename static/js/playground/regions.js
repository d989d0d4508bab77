/**
 * What is drawn when: every panel of the playground, as regions of the loop.
 *
 * Not here: what a panel draws (panels/), nor what makes a region dirty (page/render_loop.js and each panel's `needs`).
 */

import { needsOf } from "../page/render_loop.js";
import { createDatasets } from "../panels/data/datasets.js";
import { createFormula } from "../panels/network/formula.js";
import { createInspector } from "../panels/network/late_inspector.js";
import { createLens } from "../panels/network/lens_button.js";
import { Network } from "../panels/network/network.js";
import { createStandIn } from "../panels/network/stand_in.js";
import { createConfusionTab } from "../panels/output/confusion_tab.js";
import { History } from "../panels/output/history.js";
import { Metrics } from "../panels/output/metrics.js";
import { Output } from "../panels/output/output.js";
import { createRunsTab } from "../panels/output/runs_tab.js";
import { createTimeSlider } from "../panels/output/time_slider.js";
import { createBar } from "../panels/toolbar/bar.js";
import { createMoreDrawer } from "../panels/toolbar/late_more.js";
import { createStatus } from "../panels/toolbar/status.js";
import { find } from "../widgets/dom.js";
import { createTabs } from "../widgets/tabs.js";

/** @typedef {import("../page/render_loop.js").Loop} Loop */

/**
 * Makes the panels. Regions stand in the order in which one frame needs them: what is sent, what stands where, what is
 * painted, and at the end the word to the server that it was.
 *
 * @param {Page} page
 * @param {LiveSocket} socket
 * @param {Loop} loop
 */
export function createRegions(page, socket, loop) {
  const { store } = page;
  const [datasets, network, lens, output] = [
    createDatasets(page),
    new Network(page, () => loop.mark("network")),
    createLens(page),
    new Output(page),
  ];
  // The formula measures itself, when all others are shown: else the browser would lay the page out twice.
  const settings = [datasets, network, lens, output, createMoreDrawer(page), createFormula(page)];
  const inspector = createInspector(page);
  const chart = new History(page);
  const readouts = [new Metrics(page), createConfusionTab(page), createRunsTab(page), createTimeSlider(page)];
  createTabs(find(document, ".tabs"), () => loop.mark("readouts"));
  const words = [createBar(page), createStatus(page), createStandIn(page)];
  const show = (/** @type {{ show: Show }[]} */ panels) => {
    for (const panel of panels) panel.show(store.state);
  };
  /** @type {(region: keyof Needs, panels: { needs: Needs }[], draw: () => void) => void} */
  const register = (region, panels, draw) => loop.register(region, draw, needsOf(region, panels));
  const send = () => {
    page.inspection.flush();
    socket.flush();
  };
  loop.register("send", send);
  register("controls", settings, () => {
    page.inspection.chose();
    show(settings);
  });
  register("place", [lens, network], () => {
    lens.place();
    network.place();
  });
  loop.register("pictures", () => datasets.draw());
  register("network", [network, lens], () => {
    network.draw(store.state);
    lens.draw(store.state);
  });
  register("output", [output], () => output.draw(store.state));
  register("points", [output], () => output.drawPoints(store.state));
  register("inspector", [inspector], () => show([inspector]));
  register("readouts", [chart, ...readouts], () => {
    chart.draw(store.state);
    show(readouts);
  });
  register("status", words, () => show(words));
  loop.register("drawn", () => socket.acknowledge());
  const showBeside = () => {
    if (store.state.draft) page.address.changed(null);
    page.address.refresh();
  };
  loop.register("address", showBeside, ["draft", "speed", "until", "lens", "discrete", "tests"]);
  const resized = new ResizeObserver((boxes) => {
    loop.mark("place", "network");
    // A lens that opens leaves units less room, and nothing else another size.
    if (boxes.some(({ target }) => !target.classList.contains("units"))) {
      loop.mark("pictures", "output", "points", "readouts");
    }
  });
  for (const box of document.querySelectorAll(".columns, .output-surface, .chart, .units")) resized.observe(box);
  page.signal.addEventListener("abort", () => resized.disconnect());
}
