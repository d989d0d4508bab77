/**
 * The network's picture to take away: its columns and its output in one PNG, at twice the size of the screen's points.
 */

import { drawCollage } from "../../draw/collage.js";
import { findSpec } from "../../model/catalog.js";
import { contextOf } from "../../widgets/canvas.js";
import { find, make } from "../../widgets/dom.js";

/** Device pixels per CSS pixel, whatever the screen has. */
export const PICTURE_RATIO = 2;

const MARGIN = 16;

/**
 * @param {Page} page whose canvases are drawn at PICTURE_RATIO
 * @returns {Promise<Blob>}
 */
export function takePicture(page) {
  const [columns, output] = [find(document, ".columns"), find(document, ".output-surface")];
  const [left, right] = [columns, output].map((element) => element.getBoundingClientRect());
  const origin = { x: Math.min(left.left, right.left) - MARGIN, y: Math.min(left.top, right.top) - MARGIN };
  const width = Math.ceil(Math.max(left.right, right.right) + MARGIN - origin.x);
  const height = Math.ceil(Math.max(left.bottom, right.bottom) + MARGIN - origin.y);
  const place = (/** @type {Element} */ element) => {
    const { left: x, top: y, width: w, height: h } = element.getBoundingClientRect();
    return { x: x - origin.x, y: y - origin.y, width: w, height: h };
  };
  const canvas = make("canvas");
  canvas.width = width * PICTURE_RATIO;
  canvas.height = height * PICTURE_RATIO;
  const { ground, ink, family } = page.theme();
  const pieces = [columns, output]
    .flatMap((element) => [...element.querySelectorAll("canvas")])
    .map((each) => ({ canvas: each, ...place(each) }))
    .filter(({ width: w, height: h }) => w > 0 && h > 0);
  const captions = captionsOf(page, columns, place);
  drawCollage(contextOf(canvas), { width, height, ratio: PICTURE_RATIO, ground, ink, family, pieces, captions });
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("PNG"))), "image/png"),
  );
}

/**
 * What stands over each hidden layer on the page as menus stands in the picture as words: neuron type and activation.
 *
 * @param {Page} page @param {Element} columns
 * @param {(element: Element) => { x: number, y: number, width: number, height: number }} place
 */
function captionsOf({ catalog, language, store }, columns, place) {
  const top = place(columns).y;
  const areas = [...columns.querySelectorAll(".units:not(.feature-units)")];
  const { forest, layers } = store.state.config;
  if (forest) return [];
  return layers.flatMap(({ neuron, activation }, index) => {
    if (!areas[index]) return [];
    const { x, width } = place(areas[index]);
    const label = (/** @type {"neurons" | "activations"} */ registry, /** @type {string} */ name) =>
      language.translate(`${registry}.${name}`, findSpec(catalog, registry, name).label);
    const words = [label("neurons", neuron.name), label("activations", activation.name)];
    return words.map((text, line) => ({ text, x: x + width / 2, y: top + 14 + 20 * line, room: width }));
  });
}
