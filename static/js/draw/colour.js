/**
 * Colours as numbers: parsing, mixing, and the 256-entry ramps that paint a field of bytes.
 *
 * Bytes are mixed as they are, not in a space made for the eye: every ramp of the page runs through a neutral middle, and
 * from there to one hue no other way of mixing looks different. Which colours there are is said in css/tokens.css.
 */

const HEX = /^#([0-9a-f]{6})$/i;

/** @param {string} text "#rrggbb" @returns {Rgb} */
export function parseColour(text) {
  const hex = HEX.exec(text.trim());
  if (!hex) throw new Error(`not a colour of the form #rrggbb: "${text}"`);
  const value = Number.parseInt(hex[1], 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** @param {Rgb} rgb */
export function cssColour([r, g, b]) {
  return `rgb(${r}, ${g}, ${b})`;
}

/**
 * The colour that lies `share` (0 to 1) of the way from a to b.
 *
 * @param {Rgb} a @param {Rgb} b @param {number} share @returns {Rgb}
 */
export function mix(a, b, share) {
  const [red, green, blue] = a.map((byte, channel) => Math.round(byte + (b[channel] - byte) * share));
  return [red, green, blue];
}

/**
 * The colour at `share` (0 to 1) of the way through evenly spaced stops.
 *
 * @param {readonly Rgb[]} stops two or more
 * @param {number} share
 */
export function rampColour(stops, share) {
  const place = Math.min(1, Math.max(0, share)) * (stops.length - 1);
  const left = Math.min(Math.floor(place), stops.length - 2);
  return mix(stops[left], stops[left + 1], place - left);
}

/**
 * 256 packed pixels, as a little-endian Uint32 reads them from ImageData, through evenly spaced stops.
 *
 * @param {readonly Rgb[]} stops two or more
 */
export function ramp(stops) {
  return Uint32Array.from({ length: 256 }, (_, index) => {
    const [r, g, b] = rampColour(stops, index / 255);
    return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
  });
}
