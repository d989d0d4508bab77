/** Which parts are shown: the style sheet that follows from hide, show and what a frame leaves out. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { visibilitySheet } from "../../../static/js/page/visibility.js";

const FRAMED = {
  bar: [0, ""],
  play: [0, "bar"],
  batch: [null, "bar"],
  data: [1100, ""],
  datasets: [1100, "data"],
  own: [null, "data"],
  noise: [1100, "data"],
};

const lines = (asked, framed = {}) => visibilitySheet(asked, framed).split("\n").filter(Boolean);
const about = (name, asked) => lines(asked, FRAMED).filter((line) => line.includes(`[data-part~=${name}]`));

test("a page shows everything but what hide names", () => {
  assert.deepEqual(lines({}), []);
  assert.deepEqual(lines({ hide: "play,noise" }), [
    "[data-part~=play],.field:has(>[data-testid=play]){display:none!important}",
    "[data-part~=noise],.field:has(>[data-testid=noise]){display:none!important}",
  ]);
});

test("controls with a name of their own are found by it", () => {
  assert.match(lines({ hide: "rate" })[0], /\[data-testid=learning-rate\]/);
  assert.match(lines({ hide: "activation" })[0], /\[data-testid\^=activation-\]/);
  assert.match(lines({ hide: "label_noise" })[0], /\[data-testid=label-noise\]/);
});

test("a feature that is off goes, one that is on is no switch", () => {
  const [rule] = lines({ hide: "feature_x_squared" });
  assert.match(rule, /^\[data-testid=feature-x_squared\]\{pointer-events:none\}/);
  assert.match(rule, /\[data-testid=feature-x_squared\]\[aria-pressed=false\]\{display:none!important\}$/);
});

test("a hidden status line still says what there is to mend", () => {
  assert.equal(lines({ hide: "status" })[0], ".status:not([data-tone=warn]){display:none!important}");
});

test("a hidden drawer still holds what has no room in the bar, unless that is hidden, too", () => {
  const [rule] = lines({ hide: "more,penalty,batch" });
  assert.ok(
    rule.startsWith(
      ".more:not(:has([data-spilt]:not([data-spilt=more],[data-spilt=regularisation],[data-spilt=batch]))),",
    ),
  );
  assert.match(rule, /,\.more>\.drawer-panel>:not\(\[data-spilt\]\),.*\{display:none!important\}$/);
});

test("a frame leaves out by width, and by default for good", () => {
  assert.deepEqual(about("play", {}), []);
  assert.match(about("noise", {})[0], /^@media \(width<1100px\)\{.*\}\}$/);
  assert.doesNotMatch(about("batch", {})[0], /@media/);
});

test("show brings a part back, with what holds it and with nothing else of that", () => {
  const asked = { show: "noise" };
  assert.deepEqual([about("noise", asked), about("data", asked)], [[], []]);
  assert.equal(about("datasets", asked).length, 1);
});

test("show of what holds others brings those that a wide frame shows", () => {
  const asked = { show: "data" };
  assert.deepEqual([about("datasets", asked), about("noise", asked)], [[], []]);
  assert.equal(about("own", asked).length, 1);
});

test("hide holds in a frame, too", () => {
  assert.match(about("play", { hide: "play" })[0], /^\[data-part~=play\]/);
});

test("what is no name becomes no rule", () => {
  assert.deepEqual(lines({ hide: "a{},*,}x{,b-c" }), []);
});
