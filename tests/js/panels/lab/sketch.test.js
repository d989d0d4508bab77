/** A line drawn before the network is set going: when it becomes a guess, where it is shown again, what it is compared with. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Sketch } from "../../../../static/js/panels/lab/sketch.js";
import { createDocument } from "../../dom.js";

const language = {
  say: (/** @type {string} */ key, /** @type {object} */ values = {}) => [key, ...Object.values(values)].join(" "),
};
/** @param {object} more */
const step = (more) => /** @type {any} */ ({ kind: "do", title: "", html: "", opened: "?data=xor", at: "", ...more });
// biome-ignore lint/suspicious/noThenProperty: a step is called so by the server
const ASKS = step({ kind: "predict", sketch: true, then: "now see" });
let count = 0;
/** A lab of its own for every test: what was foretold stays for as long as the tab does. @type {LabSheet} */
let lab;

/** @type {any} */
let area;
/** @type {any} */
let page;
/** A line from bottom to top. @type {Stroke} */
const MIDDLE = [
  [0, -1],
  [0, 1],
];

/** What the network says: class 1 on one side of x = 0, in bytes of z. @param {number} epoch @param {number} left @param {number} right @returns {any} */
function frame(epoch, left, right) {
  const data = Uint8Array.from({ length: 100 * 100 }, (_, at) => (at % 100 < 50 ? left : right));
  return { body: { epoch }, arrays: { output: { data, shape: [100, 100] }, output_range: { data: [-10, 10] } } };
}

beforeEach(() => {
  const root = createDocument();
  root.createElementNS = (_, tag) => root.createElement(tag);
  Object.assign(root, { documentElement: root, body: root.createElement("body") });
  Object.assign(globalThis, {
    matchMedia: () => ({ matches: true }),
    ResizeObserver: class {},
    DOMParser: class {
      parseFromString(html) {
        return { body: { childNodes: [html] } };
      }
    },
  });
  area = root.createElement("div");
  area.className = "output-surface";
  const cross = root.createElement("div");
  cross.className = "cross";
  area.append(cross);
  root.append(area);
  const layout = { reach: 1, extent: 1, task: "classification" };
  page = { language, store: { state: { layout, frame: null, config: { data: { columns: [] } } } } };
  lab = { name: `lab${count++}`, number: 1, title: "", steps: [ASKS, step({}), step({ opened: "?data=circles" })] };
});

/** @param {number} number the step that is shown @returns {any} */
function show(number) {
  const sketch = new Sketch(page);
  sketch.show(lab, number);
  return sketch;
}

/** @param {HTMLElement} form @param {string} testid */
const press = (form, testid) =>
  /** @type {HTMLElement} */ (form.querySelector(`[data-testid=${testid}]`)).fire("click", { detail: 1 });

/** Foretells this. @param {Stroke[]} strokes */
function foretell(...strokes) {
  const sketch = show(1);
  const form = sketch.createForm(ASKS);
  sketch.strokes.push(...strokes);
  press(form, "lab-predict");
  return { sketch, form };
}

test("nothing is no guess, and that is said", () => {
  const { form } = foretell();
  assert.equal(form.textContent.endsWith("sketch.first"), true);
  assert.equal(show(2).createTold(), null);
});

test("a guess is what was drawn when it was given, whatever is drawn afterwards", () => {
  const { sketch, form } = foretell(MIDDLE);
  assert.equal(form.textContent.endsWith("now see"), true);
  sketch.strokes.push([[0.5, 0.5]]);
  assert.deepEqual(show(2).guess.strokes, [MIDDLE]);
});

test("a draft is drawn as one, and a guess as kept", () => {
  const sketch = show(1);
  sketch.createForm(ASKS);
  sketch.strokes.push(MIDDLE);
  sketch.pencil.deeds.drew();
  assert.equal(sketch.line.picture.getAttribute("class"), "lab-line");
  assert.equal(foretell(MIDDLE).sketch.line.picture.getAttribute("class"), "lab-line kept");
});

test("it is compared in later steps of the same experiment, and in another there is none of it", () => {
  foretell(MIDDLE);
  assert.notEqual(show(2).createTold(), null);
  const other = show(3);
  assert.equal(other.createTold(), null);
  assert.deepEqual(other.strokes, []);
});

test("nothing is compared before anything is learnt, and then with every new picture", () => {
  foretell(MIDDLE);
  const sketch = show(2);
  page.store.state.frame = frame(0, 0, 255);
  const told = sketch.createTold();
  assert.equal(told.textContent, "sketch.waits");
  page.store.state.frame = frame(1, 0, 255);
  sketch.update();
  // The line is where the halves meet: alike all over, and no line at all is right on one half.
  assert.equal(told.textContent, "sketch.alike 100% 50%");
  page.store.state.frame = frame(2, 255, 255);
  sketch.update();
  // One class alone has no border, so that all nearer to the line than eight hundredths of the width is wrong.
  assert.match(told.textContent, /^sketch\.alike 8[45]% 100%$/);
});

test("the same picture is not compared twice", () => {
  foretell(MIDDLE);
  const sketch = show(2);
  const told = sketch.createTold();
  page.store.state.frame = frame(1, 0, 255);
  sketch.update();
  told.textContent = "as it was";
  sketch.update();
  assert.equal(told.textContent, "as it was");
});

test("a draft is there again in another language, and is no guess yet", () => {
  const first = show(1);
  first.createForm(ASKS);
  first.strokes.push(MIDDLE);
  first.close();
  const again = show(1);
  assert.deepEqual(again.strokes, [MIDDLE]);
  assert.equal(again.guess, null);
});

test("cleared, a guess is none, and another can be drawn", () => {
  const { sketch, form } = foretell(MIDDLE);
  press(form, "lab-sketch-clear");
  assert.equal(show(2).createTold(), null);
  assert.deepEqual(sketch.strokes, []);
  assert.notEqual(sketch.pencil.hand, null);
});

test("with a finger the pencil is taken up when that is asked for, and with a mouse at once", () => {
  assert.equal(Boolean(show(1).createForm(ASKS) && area.className.includes("drawing")), true);
  area.className = "output-surface";
  Object.assign(globalThis, { matchMedia: () => ({ matches: false }) });
  lab = { ...lab, name: "touched" };
  const sketch = show(1);
  const form = sketch.createForm(ASKS);
  assert.equal(sketch.pencil.hand, null);
  assert.equal(form.querySelector("[data-testid=lab-sketch-away]").hidden, true);
  area.scrollIntoView = form.querySelector("[data-testid=lab-predict]").scrollIntoView = () => {};
  press(form, "lab-sketch-begin");
  assert.notEqual(sketch.pencil.hand, null);
  assert.equal(document.activeElement, area);
});
