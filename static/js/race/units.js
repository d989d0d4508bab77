/**
 * Beside a lane's surface, all of its hidden units, a column for each layer: what the answer is made of.
 *
 * Not here: the units' own panel, which is the playground's.
 */

import { centredColours, pixelsOf, upscale } from "../draw/surface.js";
import { unitMap } from "../live/frames.js";
import { contextOf, fitCanvas } from "../widgets/canvas.js";
import { make, setAttribute } from "../widgets/dom.js";

/** What lies between two units: CSS pixels. How large they may be is the strip's width in the style sheet. */
const GAP = 3;

export class UnitStrip {
  /** @param {RacePage} page @param {string} name of the lane */
  constructor(page, name) {
    this.page = page;
    this.element = make("canvas", { class: "lane-strip", testid: `strip-${name}`, role: "img" });
    /** @type {Map<number, ImageData>} */
    this.images = new Map();
  }

  /** Makes room for as many units. @param {RaceLane} lane */
  show({ config }) {
    const counts = config.layers.map(({ units }) => units);
    this.element.hidden = counts.length === 0;
    this.element.style.setProperty("--columns", String(counts.length));
    setAttribute(
      this.element,
      "aria-label",
      this.page.language.say("race.strip", { units: counts.reduce((sum, count) => sum + count, 0) }),
    );
  }

  /** @param {RaceLane} lane @param {number} height of the surface beside it @param {number} ratio */
  draw({ config, frame }, height, ratio) {
    const counts = config.layers.map(({ units }) => units);
    const width = this.element.clientWidth;
    if (!frame || counts.length === 0 || width === 0) return;
    const pitch = width / counts.length;
    const cell = Math.max(2, Math.floor(Math.min(pitch - GAP, (height + GAP) / Math.max(...counts) - GAP)));
    fitCanvas(this.element, width, height, ratio);
    const context = contextOf(this.element);
    context.clearRect(0, 0, this.element.width, this.element.height);
    const side = Math.max(1, Math.round(cell * ratio));
    const image = this.#imageOf(context, side);
    const { ramp } = this.page.theme();
    for (const [layer, count] of counts.entries()) {
      const left = Math.round((layer * pitch + (pitch - cell) / 2) * ratio);
      for (let unit = 0; unit < count; unit++) {
        const map = unitMap(frame, layer, unit);
        if (!map) continue;
        upscale(map.field, map.side, centredColours(ramp, map.low, map.high), pixelsOf(image), side);
        context.putImageData(image, left, Math.round(unit * (cell + GAP) * ratio));
      }
    }
  }

  /** @param {CanvasRenderingContext2D} context @param {number} side */
  #imageOf(context, side) {
    let image = this.images.get(side);
    if (!image) {
      this.images.clear();
      image = context.createImageData(side, side);
      this.images.set(side, image);
    }
    return image;
  }
}
