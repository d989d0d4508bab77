/**
 * In the inspector, of a unit that fires: its membrane and its spikes, step by step, at the point that is followed.
 *
 * What it shows is said in a sentence, too; that is also the picture's text alternative.
 */

import { rasterPaths } from "../../draw/raster.js";
import { formatCount, formatFixed, formatSetting } from "../../text/format.js";
import { find, make, setText } from "../../widgets/dom.js";

const SVG = "http://www.w3.org/2000/svg";
const PATHS = /** @type {const} */ (["silent", "fired", "spikes"]);

export class Raster {
  /** @param {Page} page @param {HTMLElement} root */
  constructor(page, root) {
    this.page = page;
    this.root = root;
    this.plot = find(root, ".raster-plot");
    this.said = find(root, ".raster-said");
    this.svg = shape("svg", { preserveAspectRatio: "none", role: "img" });
    this.lines = { zero: shape("line", {}), threshold: shape("line", { class: "raster-threshold" }) };
    this.paths = Object.fromEntries(PATHS.map((name) => [name, shape("path", { class: `raster-${name}` })]));
    this.svg.append(this.lines.zero, ...PATHS.map((name) => this.paths[name]), this.lines.threshold);
    this.levels = { zero: make("span", { class: "raster-level" }), threshold: make("span", { class: "raster-level" }) };
    this.ends = { first: make("span", { class: "raster-first" }), last: make("span", { class: "raster-last" }) };
    this.plot.append(this.svg, ...Object.values(this.levels), ...Object.values(this.ends));
    /** @type {RasterAnswer | null} */
    this.shown = null;
  }

  show() {
    const { point, raster, unit } = this.page.inspection;
    this.root.hidden = !unit?.fires;
    if (this.root.hidden) return;
    // While the answer for a new point is on its way, the last picture stays.
    const stays = point !== null && raster === null && this.shown !== null;
    if (stays || (raster === this.shown && raster)) return;
    this.shown = raster;
    this.plot.hidden = raster === null;
    const sentence = raster ? this.#sentence(raster) : this.page.language.say("inspector.raster_ask");
    setText(this.said, sentence);
    if (raster) this.#draw(raster, sentence);
  }

  /** @param {RasterAnswer} raster */
  #sentence({ current, fired }) {
    const spikes = fired.filter(Boolean).length;
    const values = { spikes: formatCount(spikes), steps: formatCount(fired.length), current: formatFixed(current, 3) };
    const first = formatCount(fired.indexOf(true) + 1);
    return this.page.language.say(spikes ? "inspector.raster_said" : "inspector.raster_silent", { ...values, first });
  }

  /** @param {RasterAnswer} raster @param {string} sentence */
  #draw(raster, sentence) {
    const { threshold, fired } = raster;
    const { y, ...paths } = rasterPaths(raster);
    const steps = fired.length;
    this.svg.setAttribute("viewBox", `0 0 ${steps} 1`);
    this.svg.setAttribute("aria-label", sentence);
    for (const name of PATHS) this.paths[name].setAttribute("d", paths[name]);
    for (const [name, level] of /** @type {const} */ ([
      ["zero", 0],
      ["threshold", threshold],
    ])) {
      const place = y(level);
      for (const [key, value] of Object.entries({ x1: 0, x2: steps, y1: place, y2: place })) {
        this.lines[name].setAttribute(key, String(value));
      }
      // The plot's own height is the picture's and 1.2rem for the steps.
      this.levels[name].style.top = `calc((100% - 1.2rem) * ${place})`;
      setText(this.levels[name], formatSetting(level));
    }
    const word = this.page.language.say("inspector.raster_step");
    setText(this.ends.first, `${word} 1`);
    setText(this.ends.last, steps > 1 ? String(steps) : "");
  }
}

/** @param {string} name @param {Record<string, string>} attributes */
function shape(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}
