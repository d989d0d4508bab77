/**
 * The output: the large surface with the data's points, or the unit that is looked at, and the legend that reads it.
 */

import { drawMark } from "../../draw/points.js";
import { drawStrip } from "../../draw/strip.js";
import { centredColours, drawSurface, shareColours, squashed } from "../../draw/surface.js";
import { isInspected, planeMap, unitMap } from "../../live/frames.js";
import { mayHaveBias } from "../../model/catalog.js";
import { withLayer } from "../../model/config.js";
import { formatEnd } from "../../text/format.js";
import { contextOf, fitCanvas, imageOf } from "../../widgets/canvas.js";
import { createChoice } from "../../widgets/choice.js";
import { createSwitch } from "../../widgets/controls.js";
import { byTestId, find, make, on, setText } from "../../widgets/dom.js";
import { createDrawer } from "../../widgets/drawer.js";
import { createFields } from "../../widgets/knobs.js";
import { LatePanel } from "../../widgets/late_panel.js";
import { paintScatter } from "../../widgets/scatter.js";
import { seenThrough } from "../../widgets/theme.js";

export class Output {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    /** @type {Needs} */
    this.needs = {
      controls: ["config", "inspect", "discrete", "tests"],
      output: ["frame", "inspect", "layout", "discrete"],
      points: ["points", "tests"],
    };
    this.root = find(document, ".output");
    this.surface = byTestId("output", HTMLCanvasElement);
    this.points = find(this.root, ".output-points", HTMLCanvasElement);
    this.strip = find(this.root, ".strip", HTMLCanvasElement);
    this.title = find(this.root, ".output-title");
    this.legend = find(this.root, ".legend");
    this.ends = ["low", "middle", "high"].map((end) => find(this.root, `.strip-${end}`));
    this.marks = find(this.root, ".class-marks");
    this.marked = "";
    /** @type {import("./plane.js").Plane | null} */
    this.plane = null;
    /** @type {Promise<void> | null} */
    this.coming = null;
    /** @type {MouseEvent | null} the newest press on the surface while what obeys it is on its way */
    this.early = null;
    const see = (/** @type {"discrete" | "tests"} */ what) =>
      createSwitch({ label: page.language.say(`output.${what}`), testid: what }, (on) =>
        page.store.set({ ...page.store.state, [what]: on }),
      );
    this.discrete = see("discrete");
    this.tests = see("tests");
    const loadLandscape = async () => {
      const { Landscape } = await import("./landscape.js");
      return () => new Landscape(page);
    };
    this.landscape = new LatePanel(page, loadLandscape, undefined, "landscape");
    this.walk = make("button", {
      class: "small-button",
      testid: "landscape",
      text: page.language.say("landscape.open"),
    });
    on(this.walk, "click", async () => (await this.landscape.fetch())?.open());
    this.output = this.#createOutput();
    this.#listen();
  }

  /** @param {State} state */
  show({ config, inspect, discrete, tests }) {
    const { language } = this.page;
    const { output } = config;
    this.output.show(output.neuron);
    this.output.fields.show((field) => output[/** @type {keyof typeof output} */ (field)]);
    this.output.fields.enable("bias", mayHaveBias(this.page.catalog, output), language.say("network.no_bias"));
    this.walk.hidden = config.forest !== null && config.forest !== undefined;
    this.discrete.show(discrete);
    this.tests.show(tests);
    const hidden = inspect && inspect.layer < config.layers.length;
    const words = hidden ? { layer: inspect.layer + 1, unit: inspect.unit + 1 } : undefined;
    setText(this.title, words ? language.say("output.unit", words) : language.say("output.title"));
  }

  /** @param {State} state */
  draw(state) {
    this.landscape.panel?.draw();
    const side = this.surface.clientWidth;
    if (side === 0) return;
    const ratio = this.page.ratio();
    fitCanvas(this.surface, side, side, ratio);
    const picture = state.frame && this.#picture(state, state.frame);
    if (!picture) return;
    const context = contextOf(this.surface);
    const image = imageOf(this.surface);
    if (!picture.many) drawSurface(context, { ...picture, ...picture.fine, image });
    this.plane?.drawMarks(context, state, picture, image);
    this.plane?.showAnswer(state);
    this.#drawLegend(picture, ratio, state);
  }

  /**
   * The points lie on a canvas of their own: they change with the data, not with every frame.
   *
   * @param {State} state
   */
  drawPoints(state) {
    const { points, layout } = state;
    const side = this.points.clientWidth;
    if (side === 0 || !points || !layout) return;
    this.coming ??= this.#fetchPlane();
    const { ratio, theme } = this.page;
    const run = { side, ratio: ratio(), theme: theme(), layout, points, tests: state.tests, share: 0.0075 };
    // Under the points: a number may hide a place, never somebody's point.
    paintScatter(this.points, run, (context, pixels) => this.plane?.drawAxes(context, pixels, state));
    this.#showMarks(layout);
  }

  /** Axes and own units come once there is a picture to read them from. */
  async #fetchPlane() {
    try {
      const { Plane } = await import("./later.js");
      if (this.page.signal.aborted) return;
      const area = find(this.root, ".output-surface");
      this.plane = new Plane(this.page, area);
      if (this.early) area.dispatchEvent(new MouseEvent("click", this.early));
      this.early = null;
      this.page.redraw();
    } catch {
      // Another time they may be had; until then the picture has no numbers.
      this.coming = null;
    }
  }

  #createOutput() {
    const { actions, language, store } = this.page;
    const naming = { label: language.say("network.output_neuron"), testid: "neuron-output", bare: true };
    const choose = (/** @type {Choice} */ chosen) =>
      actions.open(withLayer(store.state.config, "output", { neuron: chosen }));
    const output = createChoice(this.page, "neurons", naming, choose, "output");
    const change = (/** @type {string} */ field, /** @type {Value} */ value) =>
      actions.open(withLayer(store.state.config, "output", { [field]: value }));
    const fields = createFields(this.page, "output.", "-output", change, () => true);
    const label = language.say("network.output_knobs");
    const switches = [this.discrete.element, this.tests.element, this.walk];
    const drawer = createDrawer(label, output.knobs.element, fields.element, ...switches);
    find(this.root, ".output-neuron").append(output.menu.element, drawer);
    return { ...output, fields };
  }

  /** @param {State} state @param {Frame} frame @returns {Picture | null} */
  #picture({ inspect, layout, discrete }, frame) {
    const theme = seenThrough(this.page.theme(), discrete);
    if (inspect) {
      // Until the server has painted the unit at full size, its small map stands in: the answer to a pointer is at once.
      const map = isInspected(frame, inspect)
        ? planeMap(frame, "inspected")
        : unitMap(frame, inspect.layer, inspect.unit);
      if (!layout || inspect.layer < layout.layers.length || layout.task === "regression") {
        return map && { ...map, colours: centredColours(theme.ramp, map.low, map.high) };
      }
      if (map && layout.classes > 2) return { ...map, colours: shareColours(theme.probability, map.low, map.high) };
    }
    const map = planeMap(frame, "output");
    if (!map || !layout) return null;
    const many = frame.arrays.output_scores !== undefined;
    if (many) return { ...map, colours: theme.ramp, answer: true, many };
    if (layout.task === "regression") return { ...map, colours: centredColours(theme.ramp, map.low, map.high) };
    const fine = squashed(map, theme.probability, layout.output.activation);
    return { ...map, low: 0, high: 1, colours: theme.probability, fine, answer: true };
  }

  #listen() {
    const { inspection, store } = this.page;
    on(find(this.root, ".inspect-output"), "click", () =>
      inspection.pin({ layer: store.state.config.layers.length, unit: 0 }),
    );
    on(find(this.root, ".output-surface"), "click", (event) => {
      if (!this.plane) this.early = event;
    });
  }

  /** @param {Picture} picture @param {number} ratio @param {State} state */
  #drawLegend({ colours, low, high, many = false }, ratio, state) {
    this.legend.classList.toggle("many", many);
    if (many) return;
    fitCanvas(this.strip, this.strip.clientWidth, this.strip.clientHeight, ratio);
    drawStrip(contextOf(this.strip), { colours, image: imageOf(this.strip) });
    this.ends.forEach((end, index) => {
      const value = low + ((high - low) * index) / 2;
      setText(end, this.plane?.legendText(state, value, high - low) ?? formatEnd(value, high - low));
    });
  }

  /**
   * One mark and a name for each class.
   *
   * @param {Layout} layout
   */
  #showMarks({ task, classes, class_names: names }) {
    const { language, theme, ratio } = this.page;
    const key = `${task} ${classes} ${names.join("|")} ${theme().classLook(0).colour} ${ratio()}`;
    if (this.marked === key) return;
    this.marked = key;
    const count = task === "classification" ? classes : 0;
    this.marks.replaceChildren(
      ...Array.from({ length: count }, (_, target) => {
        const canvas = make("canvas", { class: "class-mark" });
        const plain = classes > 2 ? String(target) : language.say("output.class", { class: target });
        const name = make("span", { class: "class-name", text: names[target] || plain, title: names[target] });
        return make("span", { class: "class" }, canvas, name);
      }),
    );
    this.marks.querySelectorAll("canvas").forEach((canvas, target) => {
      const side = canvas.clientWidth;
      fitCanvas(canvas, side, side, ratio());
      const x = canvas.width / 2;
      const look = theme().classLook(target);
      drawMark(contextOf(canvas), { ...look, x, y: x, radius: x * 0.6, hollow: false, halo: "transparent" });
    });
  }
}
