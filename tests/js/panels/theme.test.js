/** The tokens become palettes, and both schemes keep text and controls readable. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { parseColour } from "../../../static/js/colour.js";
import { readTheme } from "../../../static/js/panels/theme.js";

const CSS = readFileSync(new URL("../../../static/css/tokens.css", import.meta.url), "utf8");
const read = (text) =>
  Object.fromEntries([...text.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name, value]));
const light = read(CSS.slice(0, CSS.indexOf("@media")));
const dark = { ...light, ...read(CSS.slice(CSS.indexOf("@media (prefers-color-scheme"), CSS.indexOf("/* Fingers"))) };

/** WCAG 2 contrast of two colours, 1 to 21. */
function contrast(a, b) {
  const [low, high] = [a, b].map(luminance).sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

function luminance(text) {
  const linear = parseColour(text).map((byte) => {
    const c = byte / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
}

for (const [scheme, tokens] of Object.entries({ light, dark })) {
  const theme = readTheme({ getPropertyValue: (name) => tokens[name] ?? "" });
  const grounds = ["--ground", "--raised", "--sunken"];

  test(`${scheme}: text has a contrast of 4.5 on every ground`, () => {
    for (const text of ["--ink", "--ink-soft", "--warn", "--train", "--test"]) {
      for (const ground of grounds) assert.ok(contrast(tokens[text], tokens[ground]) >= 4.5, `${text} on ${ground}`);
    }
    assert.ok(contrast(tokens["--accent-ink"], tokens["--accent"]) >= 4.5);
  });

  test(`${scheme}: outlines and the accent have a contrast of 3`, () => {
    for (const line of ["--outline", "--accent"]) {
      for (const ground of grounds) assert.ok(contrast(tokens[line], tokens[ground]) >= 3, `${line} on ${ground}`);
    }
  });

  test(`${scheme}: marks stand out from their own class' surface and from the halo`, () => {
    for (let index = 0; index < 5; index++) {
      assert.ok(contrast(tokens[`--mark-${index}`], tokens["--ground"]) >= 4.5, `mark ${index} on the halo`);
      assert.ok(contrast(tokens[`--mark-${index}`], tokens[`--class-${index}`]) >= 2, `mark ${index} on its class`);
    }
  });

  test(`${scheme}: ramps share their ends and their middle`, () => {
    assert.equal(theme.ramp[0], theme.probability[0]);
    assert.equal(theme.confidence[0][0], theme.confidence[4][0]);
    assert.notEqual(theme.ramp[0], theme.ramp[255]);
  });

  test(`${scheme}: classes have looks of their own, and values run between two of them`, () => {
    const looks = [0, 1, 2, 3, 4].map(theme.classLook);
    assert.equal(new Set(looks.map(({ shape }) => shape)).size, 5);
    assert.equal(new Set(looks.map(({ colour }) => colour)).size, 5);
    assert.notEqual(theme.valueLook(0).colour, theme.valueLook(1).colour);
  });
}
