/** The picker's button shows what is chosen, and asks about the layers that it stands for. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { createPage } from "../../../static/js/page/page.js";
import { Language } from "../../../static/js/text/language.js";
import { createPickerButton } from "../../../static/js/widgets/neuron_picker.js";
import { createCatalog } from "../catalog.js";
import { createDocument } from "../dom.js";

const settle = () => new Promise((done) => setTimeout(done));

let asked;
let said;
let control;
let button;
let language;

beforeEach(() => {
  createDocument();
  [asked, said] = [[], []];
  const sentences = { "neurons.linear.sentence": "On linear.", "neurons.polynomial.sentence": "On polynomial." };
  language = new Language("en", {}, {}, async () => ({ sentences }));
  /** @type {any} */
  const page = createPage({ catalog: createCatalog(), language });
  const cards = { ask: (opener, question) => void asked.push({ opener, ...question }) };
  Object.assign(page, { cards: { fetch: async () => cards }, signal: new AbortController().signal });
  const naming = { label: "Neuron of layer 2", testid: "neuron-1", bare: true };
  control = createPickerButton(page, naming, 1, (name) => void said.push(name), "mixed");
  button = control.element.querySelector("button");
});

test("it shows the chosen kind by name, and to assistive technology with its own label", () => {
  control.show({ name: "polynomial", degree: 2 });
  assert.equal(button.textContent, "POLYNOMIAL");
  assert.equal(button.getAttribute("value"), "polynomial");
  assert.equal(button.getAttribute("aria-label"), "Neuron of layer 2: POLYNOMIAL");
  assert.equal(button.getAttribute("title"), "POLYNOMIAL");
});

test("its tooltip is the chosen kind's, also where the words come when another is chosen", async () => {
  control.show({ name: "polynomial", degree: 2 });
  control.show({ name: "linear" });
  await language.complete();
  assert.equal(button.getAttribute("title"), "LINEAR\nOn linear.");
  control.show({ name: "polynomial", degree: 2 });
  assert.equal(button.getAttribute("title"), "POLYNOMIAL\nOn polynomial.");
});

test("where there is no single kind it says so", () => {
  control.show(null);
  assert.equal(button.textContent, "mixed");
  assert.equal(button.getAttribute("value"), "");
});

test("it asks with the choice and the layers, and hands on the answer", async () => {
  control.show({ name: "polynomial", degree: 2 });
  button.fire("click");
  // What is chosen before the cards have come is another question.
  control.show({ name: "linear" });
  await settle();
  const [{ opener, where, chosen, label, onChoose }] = asked;
  assert.equal(opener, button);
  assert.deepEqual(
    { where, chosen, label },
    { where: 1, chosen: { name: "polynomial", degree: 2 }, label: "Neuron of layer 2" },
  );
  onChoose("linear");
  assert.deepEqual(said, ["linear"]);
});
