/**
 * The tokens of css/tokens.css as what canvases need: packed ramps, mark colours, fonts.
 *
 * Read anew when the colour scheme changes. A palette that is not in the tokens does not exist.
 */

import { cssColour, mix, parseColour, ramp, rampColour } from "../colour.js";
import { SHAPES } from "../draw/points.js";

/**
 * @typedef {object} Theme
 * @property {Uint32Array} ramp low, middle, high
 * @property {Uint32Array} probability from class 0 to class 1
 * @property {Uint32Array[]} confidence for each class, from unsure to sure
 * @property {(target: number) => import("../draw/points.js").Look} classLook
 * @property {(share: number) => import("../draw/points.js").Look} valueLook share from 0 (low) to 1 (high)
 * @property {string} linkLow colour of negative links
 * @property {string} linkHigh
 * @property {string} ink
 * @property {string} soft
 * @property {string} grid
 * @property {string} ground
 * @property {string} train
 * @property {string} test
 * @property {string} family
 */

const CLASSES = 5;
/** Values lie on the colour of their own value, so they are drawn this much nearer to the ink. */
const VALUE_DEPTH = 0.15;

/**
 * @param {CSSStyleDeclaration} style of the root element
 * @returns {Theme}
 */
export function readTheme(style) {
  const token = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
  const colour = (/** @type {string} */ name) => parseColour(token(name));
  const [low, middle, high, ink] = [colour("--low"), colour("--middle"), colour("--high"), colour("--ink")];
  const classes = Array.from({ length: CLASSES }, (_, index) => colour(`--class-${index}`));
  const marks = Array.from({ length: CLASSES }, (_, index) => token(`--mark-${index}`));
  const ends = [low, middle, high];
  return {
    ramp: ramp(ends),
    probability: ramp([classes[0], middle, classes[1]]),
    confidence: classes.map((one) => ramp([middle, one])),
    classLook: (target) => ({ shape: SHAPES[target % CLASSES], colour: marks[target % CLASSES] }),
    valueLook: (share) => ({ shape: "circle", colour: cssColour(mix(rampColour(ends, share), ink, VALUE_DEPTH)) }),
    linkLow: token("--link-low"),
    linkHigh: token("--link-high"),
    ink: token("--ink"),
    soft: token("--ink-soft"),
    grid: token("--line"),
    ground: token("--ground"),
    train: token("--train"),
    test: token("--test"),
    family: token("--font"),
  };
}
