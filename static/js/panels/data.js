/**
 * The data column: pictures of the datasets, the chosen one's knobs, and what all datasets share.
 */

import { findField, findSpec } from "../catalog.js";
import { withDataset, withValue } from "../config.js";
import { drawPoints } from "../draw/points.js";
import { linearScale } from "../scale.js";
import { contextOf, fitCanvas } from "./canvas.js";
import { createKnob } from "./controls.js";
import { find, make, setAttribute, setText } from "./elements.js";
import { KnobRow } from "./knobs.js";

/** @import { Catalog, Context, DatasetSpec, Page, State, Theme } from "../types.d.ts" */

/** Fields in the order of how often they are wanted; any other that the catalog has for data follows. */
const FIRST_FIELDS = ["data.noise", "data.count", "data.train_share"];
/** The plane's scale changes nothing that can be seen here; links of other playgrounds need it. */
const HIDDEN_FIELDS = ["data.scale"];

/** @param {Page} page @returns {{ show: (state: State) => void, draw: () => void }} */
export function createData(page) {
  const { actions, catalog, language, store } = page;
  const root = find(document, ".data", HTMLElement);
  const name = find(root, ".data-name", HTMLElement);
  const sentence = find(root, ".data-sentence", HTMLElement);
  const pictures = catalog.datasets.map((spec) => createPicture(page, spec));
  find(root, ".pictures", HTMLElement).append(...pictures.map(({ button }) => button));
  const knobs = new KnobRow(language, "data-", (knob, value) =>
    actions.open(withValue(store.state.config, `data.${knob}`, value)),
  );
  const fields = fieldPaths(catalog).map((path) => ({
    key: path.slice("data.".length),
    control: createKnob(page.naming(path, testidOf(path)), findField(catalog, path), (value) =>
      actions.open(withValue(store.state.config, path, value)),
    ),
  }));
  find(root, ".data-knobs", HTMLElement).append(knobs.element, ...fields.map(({ control }) => control.element));
  return {
    show: ({ config }) => {
      const spec = findSpec(catalog, "datasets", config.data.name);
      setText(name, language.translate(`datasets.${spec.name}`, spec.label));
      setText(sentence, language.translate(`datasets.${spec.name}.sentence`, spec.sentence));
      for (const { button, spec: one } of pictures) setAttribute(button, "aria-pressed", String(one === spec));
      knobs.show(spec, config.data);
      for (const { key, control } of fields) control.show(config.data[key]);
    },
    draw: () => {
      for (const { draw } of pictures) draw();
    },
  };
}

/** @param {Catalog} catalog */
function fieldPaths(catalog) {
  const all = Object.keys(catalog.fields).filter((path) => path.startsWith("data.") && !HIDDEN_FIELDS.includes(path));
  return [...FIRST_FIELDS.filter((path) => all.includes(path)), ...all.filter((path) => !FIRST_FIELDS.includes(path))];
}

/** @param {string} path */
function testidOf(path) {
  return path.slice("data.".length).replace("_", "-");
}

/** @param {Page} page @param {DatasetSpec} spec */
function createPicture({ actions, catalog, language, store, theme, ratio }, spec) {
  const canvas = make("canvas");
  const label = language.translate(`datasets.${spec.name}`, spec.label);
  const button = make(
    "button",
    { type: "button", class: "picture", testid: `dataset-${spec.name}`, label, title: label },
    canvas,
  );
  button.addEventListener("click", () => actions.open(withDataset(store.state.config, spec.name, catalog)));
  const draw = () => {
    const side = canvas.clientWidth;
    if (side === 0) return;
    fitCanvas(canvas, side, side, ratio());
    drawPreview(contextOf(canvas), spec, theme(), canvas.width, ratio());
  };
  return { button, spec, draw };
}

/**
 * @param {Context} context @param {DatasetSpec} spec @param {Theme} theme @param {number} side
 * @param {number} ratio
 */
function drawPreview(context, { preview, task }, theme, side, ratio) {
  const radius = Math.max(1.1 * ratio, side * (preview.length > 20 ? 0.022 : 0.05));
  const edge = side * 0.1;
  context.clearRect(0, 0, side, side);
  drawPoints(context, {
    points: preview,
    lookOf: task === "regression" ? (target) => theme.valueLook((target + 1) / 2) : theme.classLook,
    x: linearScale([-1, 1], [edge, side - edge]),
    y: linearScale([-1, 1], [side - edge, edge]),
    radius,
    hollow: false,
    halo: "transparent",
  });
}
