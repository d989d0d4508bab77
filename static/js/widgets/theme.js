/**
 * The tokens of css/tokens.css as what canvases need: packed ramps, mark colours, fonts.
 *
 * Read anew when the colour scheme changes. A palette that is not in the tokens does not exist.
 */

import { cssColour, mix, parseColour, ramp, rampColour } from "../draw/colour.js";
import { edgeHues } from "../draw/edges.js";
import { SHAPES } from "../draw/points.js";

const CLASSES = SHAPES.length;
/** The middle of the marks for values, this far from the surface's middle to the ink: a white mark would be lost on it. */
const MIDDLE_DEPTH = 0.45;

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
  const edges = [colour("--edge-low"), colour("--edge-both"), colour("--edge-high")];
  const values = [parseColour(marks[0]), mix(middle, ink, MIDDLE_DEPTH), parseColour(marks[1])];
  return {
    ramp: ramp(ends),
    probability: ramp([classes[0], middle, classes[1]]),
    confidence: classes.map((one) => ramp([middle, one])),
    classLook: (target) => ({ shape: SHAPES[target % CLASSES], colour: marks[target % CLASSES] }),
    valueLook: (share) => ({ shape: "circle", colour: cssColour(rampColour(values, share)) }),
    edgeHues: edgeHues((share) => cssColour(rampColour(edges, share))),
    ink: token("--ink"),
    line: ink,
    soft: token("--ink-soft"),
    warn: token("--warn"),
    grid: token("--line"),
    ground: token("--ground"),
    accent: token("--accent"),
    train: token("--train"),
    test: token("--test"),
    family: token("--font"),
  };
}

/**
 * The theme as it is, or with ramps that have no shades but those of their ends.
 *
 * @param {Theme} theme @param {boolean} discrete @returns {Pick<Theme, "ramp" | "probability" | "confidence">}
 */
export function seenThrough(theme, discrete) {
  if (!discrete) return theme;
  const ends = (/** @type {Uint32Array} */ ramp, from = 128) => ramp.map((_, at) => ramp[at < from ? 0 : 255]);
  const { ramp, probability, confidence } = theme;
  return { ramp: ends(ramp), probability: ends(probability), confidence: confidence.map((one) => ends(one, 0)) };
}

/**
 * How a point's target looks: as its class, or as its value among all of them.
 *
 * @param {Theme} theme @param {Layout} layout @param {Points} points @returns {(target: number) => Look}
 */
export function lookOf({ classLook, valueLook }, { task }, { train, test }) {
  if (task === "classification") return classLook;
  const largest = [...train, ...test].reduce((most, [, , value]) => Math.max(most, Math.abs(value)), 1e-9);
  return (target) => valueLook((target / largest + 1) / 2);
}
