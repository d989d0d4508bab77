/** The tokens become palettes, and both schemes keep text and controls readable. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { parseColour } from "../../../static/js/draw/colour.js";
import { SHAPES } from "../../../static/js/draw/points.js";
import { lookOf, readTheme, seenThrough } from "../../../static/js/widgets/theme.js";

const OTHERS = ':root[data-palette="purple_green"] {';

/** The tokens of a sheet's first palette, and what the second one has of its own. */
function read(sheet) {
  const css = readFileSync(new URL(`../../../static/css/${sheet}.css`, import.meta.url), "utf8").split("@media")[0];
  return css.split(OTHERS).map((text) => {
    const found = [...text.matchAll(/(--[\w-]+):\s*([^;]+);/g)];
    return Object.fromEntries(found.map(([, name, value]) => [name, value]));
  });
}

const [[light, lightOther], [dark, darkOther]] = [read("tokens"), read("dark")];
const LOOKS = {
  "light, blue and orange": light,
  "dark, blue and orange": { ...light, ...dark },
  "light, purple and green": { ...light, ...lightOther },
  "dark, purple and green": { ...light, ...dark, ...lightOther, ...darkOther },
};

/** WCAG 2 contrast of two colours, 1 to 21. */
function contrast(a, b) {
  const [low, high] = [a, b].map(luminance).sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

function linearOf(text) {
  return parseColour(text).map((byte) => {
    const c = byte / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
}

function luminance(text) {
  const linear = linearOf(text);
  return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
}

/** What linear red, green and blue become for eyes without one kind of cone (Machado et al. 2009, severity 1). */
const EYES = {
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** How far apart two colours are for such eyes, in Oklab (Ottosson 2020): black and white are 1 apart. */
function distance(a, b, eyes) {
  const [one, other] = [a, b].map((text) => {
    const [red, green, blue] = eyes.map((row) => row.reduce((sum, part, at) => sum + part * linearOf(text)[at], 0));
    const cones = [
      0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue,
      0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue,
      0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue,
    ].map((cone) => Math.cbrt(Math.max(0, cone)));
    return [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ].map((row) => row.reduce((sum, part, at) => sum + part * cones[at], 0));
  });
  return Math.hypot(...one.map((part, at) => part - other[at]));
}

test("every token of the dark, and of another palette, is one that there is in the light", () => {
  for (const others of [dark, lightOther, darkOther]) {
    assert.deepEqual(
      Object.keys(others).filter((name) => !(name in light)),
      [],
    );
  }
  assert.ok(Object.keys(lightOther).length > 8);
});

for (const [scheme, tokens] of Object.entries(LOOKS)) {
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
    for (let index = 0; index < SHAPES.length; index++) {
      assert.ok(contrast(tokens[`--mark-${index}`], tokens["--ground"]) >= 4.5, `mark ${index} on the halo`);
      assert.ok(contrast(tokens[`--mark-${index}`], tokens[`--class-${index}`]) >= 2, `mark ${index} on its class`);
    }
  });

  test(`${scheme}: the two ends stay apart for every kind of colour blindness`, () => {
    for (const [kind, eyes] of Object.entries(EYES)) {
      for (const [low, high] of [
        ["--low", "--high"],
        ["--edge-low", "--edge-high"],
      ]) {
        const apart = distance(tokens[low], tokens[high], eyes);
        assert.ok(apart > 0.1, `${low} and ${high} for ${kind}: ${apart.toFixed(3)}`);
      }
    }
  });

  test(`${scheme}: the seventh and the eighth class stay apart from all others for every eye`, () => {
    const eyes = Object.values({
      ...EYES,
      usual: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
    });
    for (const late of [6, 7]) {
      for (let other = 0; other < late; other++) {
        const far = eyes.map((eye) => distance(tokens[`--mark-${late}`], tokens[`--mark-${other}`], eye));
        const name = `${late} and ${other}`;
        assert.ok(Math.min(...far) > 0.03, `marks ${name}: ${Math.min(...far).toFixed(3)}`);
      }
    }
  });

  test(`${scheme}: ramps share their ends and their middle`, () => {
    assert.equal(theme.ramp[0], theme.probability[0]);
    assert.equal(theme.confidence[0][0], theme.confidence[5][0]);
    assert.notEqual(theme.ramp[0], theme.ramp[255]);
  });

  test(`${scheme}: classes have looks of their own, and values run between two of them`, () => {
    const looks = [0, 1, 2, 3, 4, 5, 6, 7].map(theme.classLook);
    assert.equal(new Set(looks.map(({ shape }) => shape)).size, 8);
    assert.equal(new Set(looks.map(({ colour }) => colour)).size, 8);
    assert.notEqual(theme.valueLook(0).colour, theme.valueLook(1).colour);
  });
}

test("a point looks as its class does, or as its value among all", () => {
  const theme = { classLook: (target) => `class ${target}`, valueLook: (share) => share };
  const points = { train: [[0, 0, -2]], test: [[0, 0, 4]] };
  assert.equal(lookOf(theme, { task: "classification" }, points)(1), "class 1");
  const look = lookOf(theme, { task: "regression" }, points);
  assert.deepEqual([look(4), look(0), look(-4)], [1, 0.5, 0]);
});

test("without shades, a ramp has its ends alone, and a class its full colour", () => {
  const ramp = Uint32Array.from({ length: 256 }, (_, at) => at);
  const theme = { ramp, probability: ramp, confidence: [ramp] };
  const seen = seenThrough(theme, true);
  assert.deepEqual([...new Set(seen.ramp)], [0, 255]);
  assert.deepEqual([seen.probability[127], seen.probability[128]], [0, 255]);
  assert.deepEqual([...new Set(seen.confidence[0])], [255]);
  assert.equal(seenThrough(theme, false), theme);
});

for (const [scheme, tokens] of Object.entries(LOOKS)) {
  test(`${scheme}: the two ends can be told in grey, and test figures from both`, () => {
    assert.ok(contrast(tokens["--low"], tokens["--high"]) > 1.6, `${contrast(tokens["--low"], tokens["--high"])}`);
    const usual = [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ];
    for (const mark of ["--mark-0", "--mark-1"]) assert.ok(distance(tokens["--test"], tokens[mark], usual) > 0.1, mark);
  });
}
