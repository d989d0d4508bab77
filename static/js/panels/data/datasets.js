/**
 * The data column: pictures of the datasets, the chosen one's knobs, and what all datasets share.
 */

import { drawPoints } from "../../draw/points.js";
import { linearScale } from "../../draw/scale.js";
import { findSpec } from "../../model/catalog.js";
import { bringsPoints, withData, withDataset } from "../../model/config.js";
import { contextOf, fitCanvas } from "../../widgets/canvas.js";
import { byTestId, find, make, on, setAttribute, setText } from "../../widgets/dom.js";
import { describe } from "../../widgets/hints.js";
import { createFields, KnobRow } from "../../widgets/knobs.js";
import { LatePanel } from "../../widgets/late_panel.js";

/** @param {Page} page @returns {{ needs: Needs, show: Show, draw: () => void }} */
export function createDatasets(page) {
  const { actions, catalog, language, store } = page;
  const root = find(document, ".data");
  const name = find(root, ".data-name");
  const sentence = find(root, ".data-sentence");
  const draw = new LatePanel(
    page,
    async () => {
      const { DrawPoints } = await import("./draw_points.js");
      return (before) => new DrawPoints(page, before);
    },
    ".draw",
  );
  const choose = (/** @type {string} */ dataset) => {
    if (dataset === "own") void draw.fetch().then((own) => own?.begin());
    else actions.open(withDataset(store.state.config, dataset, catalog));
  };
  on(byTestId("undo"), "click", () => void actions.undo());
  const newPoints = byTestId("new-points", HTMLButtonElement);
  on(newPoints, "click", () => actions.newPoints());
  on(byTestId("new-weights"), "click", () => actions.newWeights());
  on(byTestId("draw-copy"), "click", () => void draw.fetch().then((own) => own?.copy()));
  const pictures = catalog.datasets.map((spec) => createPicture(page, spec, choose));
  const box = find(root, ".pictures");
  for (const { button, spec } of pictures) {
    // The server's order: classes first, the easiest of each first.
    if (spec.task === "regression" && !box.querySelector("p"))
      box.append(make("p", { text: language.say("data.values") }));
    box.append(button);
  }
  const showName = (/** @type {Event} */ { target }) => {
    const pointed = target instanceof Element && target.closest(".picture");
    if (pointed) setText(name, pointed.getAttribute("aria-label") ?? "");
  };
  const showChosen = () => setText(name, labelOf(findSpec(catalog, "datasets", store.state.config.data.name)));
  const labelOf = (/** @type {Spec} */ spec) => language.translate(`datasets.${spec.name}`, spec.label);
  for (const kind of /** @type {const} */ (["pointerover", "focusin"])) on(box, kind, showName);
  for (const kind of /** @type {const} */ (["pointerleave", "focusout"])) on(box, kind, showChosen);
  const turn = (/** @type {string} */ knob, /** @type {Value} */ value) => {
    const { config } = store.state;
    if (knob === "task" && config.data.points && value !== config.data.task) {
      void draw.fetch().then((own) => own?.relabel(/** @type {Task} */ (value)));
      return;
    }
    const data = { ...config.data, [knob]: value };
    actions.open(withData(config, data, catalog));
  };
  // How own points are split is said by their table, never chosen here.
  const knobs = new KnobRow(language, "data-", turn, (knob) => knob !== "split");
  // The plane's scale changes nothing that can be seen here; links of other playgrounds need it.
  const fields = createFields(page, "data.", "", turn, (field) => field !== "scale");
  // What all datasets share comes first: it then stays where it is whichever is chosen.
  find(root, ".data-knobs").append(fields.element, knobs.element);
  return {
    needs: { controls: ["config", "draft", "layout"] },
    show: (state) => {
      const { config } = state;
      const own = config.data.name === "own";
      setAttribute(byTestId("undo"), "aria-disabled", String(actions.steps.done.length === 0));
      newPoints.disabled = own;
      draw.get(own)?.show(state);
      sentence.hidden = own;
      const spec = findSpec(catalog, "datasets", config.data.name);
      showChosen();
      setText(sentence, describe(page, `datasets.${spec.name}`, spec.sentence));
      for (const { button, spec: one } of pictures) setAttribute(button, "aria-pressed", String(one === spec));
      knobs.show(spec, config.data);
      fields.show((field) => config.data[field]);
      const count = /** @type {HTMLElement | null} */ (fields.element.firstElementChild);
      if (count) count.hidden = bringsPoints(spec);
    },
    draw: () => {
      // All are measured before any is drawn: else the browser would lay the page out anew for each.
      const sides = pictures.map(({ canvas }) => canvas.clientWidth);
      for (const [index, { draw }] of pictures.entries()) draw(sides[index]);
    },
  };
}

/** @param {Page} page @param {DatasetSpec} spec @param {(name: string) => void} choose */
function createPicture({ language, theme, thumbnails, ratio }, spec, choose) {
  const canvas = make("canvas");
  const label = language.translate(`datasets.${spec.name}`, spec.label);
  const button = make("button", { class: "picture", testid: `dataset-${spec.name}`, label, title: label }, canvas);
  on(button, "click", () => choose(spec.name));
  const draw = (/** @type {number} CSS pixels */ side) => {
    const points = side > 0 && thumbnails()?.datasets[spec.name];
    if (!points) return;
    fitCanvas(canvas, side, side, ratio());
    drawPreview(contextOf(canvas), points, spec.task, theme(), canvas.width, ratio());
  };
  return { button, canvas, spec, draw };
}

/**
 * @param {Context} context @param {Point[]} points @param {Task} task @param {Theme} theme @param {number} side
 * @param {number} ratio
 */
function drawPreview(context, points, task, theme, side, ratio) {
  const radius = Math.max(1.1 * ratio, side * (points.length > 20 ? 0.022 : 0.05));
  const edge = side * 0.1;
  context.clearRect(0, 0, side, side);
  drawPoints(context, {
    points,
    lookOf: task === "regression" ? (target) => theme.valueLook((target + 1) / 2) : theme.classLook,
    x: linearScale([-1, 1], [edge, side - edge]),
    y: linearScale([-1, 1], [side - edge, edge]),
    radius,
    hollow: false,
    halo: "transparent",
  });
}
