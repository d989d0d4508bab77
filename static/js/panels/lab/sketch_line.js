/**
 * The line that a reader has sketched, over the output: in SVG, so that it keeps its place in a picture of any size and its
 * colour in any theme.
 */

import { setAttribute } from "../../widgets/dom.js";

const SVG = "http://www.w3.org/2000/svg";
/** Of the drawing's side. */
const SIDE = 100;

/**
 * Strokes as the path of an SVG element whose side is 100.
 *
 * @param {readonly Stroke[]} strokes @param {number} reach half of the plane's width
 */
export function pathOf(strokes, reach) {
  const place = (/** @type {number} */ share) => Number((SIDE * share).toFixed(2));
  return strokes
    .map((stroke) => {
      const places = stroke.map(([x, y]) => `${place((x / reach + 1) / 2)} ${place((1 - y / reach) / 2)}`);
      // A mere dot is seen, too.
      return `M${places.join("L")}${places.length === 1 ? "h0" : ""}`;
    })
    .join("");
}

export class SketchLine {
  /** @param {HTMLElement} area the output's box */
  constructor(area) {
    this.area = area;
    this.kept = false;
    this.picture = document.createElementNS(SVG, "svg");
    this.picture.setAttribute("viewBox", `0 0 ${SIDE} ${SIDE}`);
    this.picture.setAttribute("aria-hidden", "true");
    this.picture.setAttribute("data-testid", "lab-line");
    this.paths = ["under", "over"].map((name) => {
      const path = document.createElementNS(SVG, "path");
      path.setAttribute("class", name);
      return path;
    });
    this.picture.append(...this.paths);
  }

  /** @param {readonly Stroke[]} strokes @param {number} reach @param {boolean} kept whether it is the reader's guess already */
  show(strokes, reach, kept) {
    this.kept = kept;
    if (strokes.length === 0) {
      this.picture.remove();
      return;
    }
    setAttribute(this.picture, "class", kept ? "lab-line kept" : "lab-line");
    for (const path of this.paths) setAttribute(path, "d", pathOf(strokes, reach));
    if (this.picture.parentNode !== this.area) this.area.append(this.picture);
  }
}
