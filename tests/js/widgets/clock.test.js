/** The clock shows what it is told, and asks for what is pressed. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Language } from "../../../static/js/text/language.js";
import { createClock } from "../../../static/js/widgets/clock.js";
import { find, make } from "../../../static/js/widgets/dom.js";
import { createDocument } from "../dom.js";

const WORDS = {
  "bar.play": "Play",
  "bar.pause": "Pause",
  "bar.speed": "Speed",
  "bar.speed_hint": "How fast",
  "bar.speed_full": "Full",
  "bar.speed_rate": "{rate}/s",
};

let root;
let asked;
let show;

beforeEach(() => {
  root = createDocument();
  const buttons = ["play", "step", "reset", "epoch"].map((testid) => make("button", { testid }));
  root.append(make("div", { class: "run" }, ...buttons));
  asked = [];
  const ask = (name) => (value) => asked.push(value === undefined ? name : [name, value]);
  const actions = { toggle: ask("toggle"), step: ask("step"), reset: ask("reset"), speed: ask("speed") };
  show = createClock({ actions, catalog: { speeds: [1, 10, null] }, language: new Language("en", WORDS, {}) });
});

/** @returns {any} a double */
const part = (testid) => find(root, `[data-testid=${testid}]`, HTMLElement);

test("the button says what pressing it does next", () => {
  show({ playing: false, speed: 10, epoch: 0 });
  assert.equal(part("play").getAttribute("aria-label"), "Play");
  show({ playing: true, speed: 10, epoch: 0 });
  assert.equal(part("play").getAttribute("aria-label"), "Pause");
  assert.match(part("play").className, /playing/);
});

test("epochs have their thousands set apart, and say how wide they are", () => {
  show({ playing: false, speed: null, epoch: 12_345 });
  assert.equal(part("epoch").textContent, "12,345");
  assert.equal(part("epoch").style["--letters"], "6");
});

test("what is pressed is asked for", () => {
  for (const name of ["play", "step", "reset"]) part(name).fire("click");
  assert.deepEqual(asked, ["toggle", "step", "reset"]);
});

test("a speed is a number of epochs a second, or as fast as it goes", () => {
  const menu = part("speed");
  assert.deepEqual(
    menu.children.map(({ textContent }) => textContent),
    ["1/s", "10/s", "Full"],
  );
  show({ playing: false, speed: null, epoch: 0 });
  assert.equal(menu.value, "null");
  for (const value of ["1", "null"]) {
    menu.value = value;
    menu.fire("change");
  }
  assert.deepEqual(asked, [
    ["speed", 1],
    ["speed", null],
  ]);
});
