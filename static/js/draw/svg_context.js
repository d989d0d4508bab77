/**
 * What draws a chart on a canvas draws it as SVG here: as much of a canvas' context as charts need, kept as text.
 *
 * Not for surfaces: those are pixels.
 */

const ANCHORS = /** @type {Record<string, string>} */ ({ left: "start", center: "middle", right: "end" });
const BASELINES = /** @type {Record<string, string>} */ ({
  top: "text-before-edge",
  middle: "central",
  bottom: "text-after-edge",
  alphabetic: "alphabetic",
});

export class SvgContext {
  /** @param {number} width @param {number} height @param {string} ground */
  constructor(width, height, ground) {
    this.size = [width, height];
    this.parts = [`<rect width="${width}" height="${height}" fill="${escaped(ground)}"/>`];
    /** @type {string[]} */
    this.path = [];
    /** @type {number[]} */
    this.dash = [];
    this.fillStyle = this.strokeStyle = "#000";
    this.lineWidth = this.globalAlpha = 1;
    this.lineJoin = "miter";
    this.font = "10px sans-serif";
    this.textAlign = "left";
    this.textBaseline = "alphabetic";
  }

  clearRect() {}

  beginPath() {
    this.path = [];
  }

  /** @param {number} x @param {number} y */
  moveTo(x, y) {
    this.path.push(`M${short(x)} ${short(y)}`);
  }

  /** @param {number} x @param {number} y */
  lineTo(x, y) {
    this.path.push(`L${short(x)} ${short(y)}`);
  }

  closePath() {
    this.path.push("Z");
  }

  /** A whole circle. @param {number} x @param {number} y @param {number} radius */
  arc(x, y, radius) {
    const half = `a${short(radius)} ${short(radius)} 0 1 0`;
    this.path.push(`M${short(x - radius)} ${short(y)}${half} ${short(2 * radius)} 0${half} ${short(-2 * radius)} 0`);
  }

  /** @param {number[]} dash */
  setLineDash(dash) {
    this.dash = dash;
  }

  stroke() {
    const dash = this.dash.length > 0 ? ` stroke-dasharray="${this.dash.map(short).join(" ")}"` : "";
    this.#add(`fill="none" ${this.#pen()} stroke-linejoin="${this.lineJoin}"${dash}`);
  }

  fill() {
    this.#add(`fill="${escaped(this.fillStyle)}"`);
  }

  /** @param {string} text @param {number} x @param {number} y @param {number} [_room] where words are narrower than that */
  fillText(text, x, y, _room) {
    this.#write(text, x, y, `fill="${escaped(this.fillStyle)}"`);
  }

  /** @param {string} text @param {number} x @param {number} y */
  strokeText(text, x, y) {
    this.#write(text, x, y, `fill="none" ${this.#pen()}`);
  }

  /** The whole picture. */
  toString() {
    const [width, height] = this.size;
    const box = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
    return `<svg xmlns="http://www.w3.org/2000/svg" ${box}>${this.parts.join("")}</svg>\n`;
  }

  #pen() {
    return `stroke="${escaped(this.strokeStyle)}" stroke-width="${short(this.lineWidth)}"`;
  }

  /** @param {string} traits */
  #add(traits) {
    if (this.path.length > 0) this.parts.push(`<path d="${this.path.join("")}" ${traits}${this.#strength()}/>`);
  }

  /** @param {string} text @param {number} x @param {number} y @param {string} traits */
  #write(text, x, y, traits) {
    const [, weight, size, family] = /** @type {RegExpMatchArray} */ (
      this.font.match(/^(?:(\S+) )?([\d.]+)px (.*)$/) ?? ["", "", "10", "sans-serif"]
    );
    const face = `font-family="${escaped(family)}" font-size="${size}"${weight ? ` font-weight="${weight}"` : ""}`;
    const place = `x="${short(x)}" y="${short(y)}" text-anchor="${ANCHORS[this.textAlign] ?? "start"}"`;
    const line = `dominant-baseline="${BASELINES[this.textBaseline] ?? "alphabetic"}"`;
    this.parts.push(`<text ${place} ${line} ${face} ${traits}${this.#strength()}>${escaped(text)}</text>`);
  }

  #strength() {
    return this.globalAlpha === 1 ? "" : ` opacity="${short(this.globalAlpha)}"`;
  }
}

/** @param {number} value */
function short(value) {
  return String(Math.round(value * 100) / 100);
}

/** @param {string} text */
function escaped(text) {
  const names = /** @type {Record<string, string>} */ ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" });
  return text.replace(/[&<>"]/g, (letter) => names[letter]);
}
