/**
 * Colours as numbers: parsing, mixing in OKLab, and the 256-entry ramps that paint a field of bytes.
 *
 * Mixing in OKLab (Ottosson 2020) keeps equal steps of value equal steps to the eye; mixing in sRGB would turn the way
 * from blue to orange through mud. Which colours are used is not decided here: they come from the page's tokens.
 */

/** @import { Rgb } from "./types.d.ts" */

const HEX = /^#([0-9a-f]{6})$/i;
const FUNCTION = /^rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)/i;

/**
 * @param {string} text "#rrggbb" or "rgb(r, g, b)"
 * @returns {Rgb}
 */
export function parseColour(text) {
  const hex = HEX.exec(text.trim());
  if (hex) {
    const value = Number.parseInt(hex[1], 16);
    return [value >> 16, (value >> 8) & 255, value & 255];
  }
  const parts = FUNCTION.exec(text.trim());
  if (parts) return [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  throw new Error(`not a colour of the form #rrggbb or rgb(r, g, b): "${text}"`);
}

/** @param {Rgb} rgb */
export function cssColour([r, g, b]) {
  return `rgb(${r}, ${g}, ${b})`;
}

/**
 * The colour that lies `share` of the way from a to b, seen by the eye.
 *
 * @param {Rgb} a @param {Rgb} b
 * @param {number} share 0 to 1
 * @returns {Rgb}
 */
export function mix(a, b, share) {
  const [l0, m0, s0] = toOklab(a);
  const [l1, m1, s1] = toOklab(b);
  return fromOklab([l0 + (l1 - l0) * share, m0 + (m1 - m0) * share, s0 + (s1 - s0) * share]);
}

/**
 * 256 packed pixels (as a little-endian Uint32 reads them from ImageData) through evenly spaced stops.
 *
 * @param {readonly Rgb[]} stops two or more
 * @returns {Uint32Array}
 */
export function ramp(stops) {
  return Uint32Array.from({ length: 256 }, (_, index) => pack(rampColour(stops, index / 255)));
}

/**
 * @param {readonly Rgb[]} stops
 * @param {number} share 0 to 1
 * @returns {Rgb}
 */
export function rampColour(stops, share) {
  const place = Math.min(1, Math.max(0, share)) * (stops.length - 1);
  const left = Math.min(Math.floor(place), stops.length - 2);
  return mix(stops[left], stops[left + 1], place - left);
}

/**
 * WCAG 2 contrast of two colours, 1 to 21.
 *
 * @param {Rgb} a @param {Rgb} b
 */
export function contrast(a, b) {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

/** @param {Rgb} rgb */
function pack([r, g, b]) {
  return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
}

/** @param {Rgb} rgb */
function luminance(rgb) {
  const [r, g, b] = rgb.map(toLinear);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** @param {number} byte */
function toLinear(byte) {
  const c = byte / 255;
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
}

/** @param {number} c */
function toByte(c) {
  const s = c <= 0.0031308 ? 12.92 * c : 1.055 * c ** (1 / 2.4) - 0.055;
  return Math.round(Math.min(1, Math.max(0, s)) * 255);
}

/**
 * @param {Rgb} rgb
 * @returns {[number, number, number]} L, a, b
 */
function toOklab(rgb) {
  const [r, g, b] = rgb.map(toLinear);
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** @param {readonly [number, number, number]} lab @returns {Rgb} */
function fromOklab([L, a, b]) {
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    toByte(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    toByte(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    toByte(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}
