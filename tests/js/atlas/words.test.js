/** A cell in words, in a language of the test's own, and where it leads. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { readAtlas } from "../../../static/js/atlas/table.js";
import { describeCell, hrefOf, nameOf, networkName } from "../../../static/js/atlas/words.js";
import { Language } from "../../../static/js/text/language.js";
import { createServed } from "./atlas.js";

const { messages } = JSON.parse(readFileSync(new URL("../../../static/messages/en.json", import.meta.url), "utf8"));
const language = new Language("en", messages, { "neurons.kan": "Kan" });
const page = { language, atlas: readAtlas(createServed()) };

/** @param {string} neuron @param {string} data @param {number} network */
function cellOf(neuron, data, network) {
  const found = page.atlas.cells.find(
    (cell) => cell.neuron === neuron && cell.data === data && cell.network === network && cell.activation === "tanh",
  );
  assert.ok(found);
  return found;
}

test("a cell says everything that is known of it", () => {
  assert.equal(
    describeCell(page, cellOf("quadratic", "spirals", 1)),
    "solved by 18 of 20 runs (95% interval 80% to 100%); 31 parameters in 1 hidden layer, 26 multiply-adds per point; " +
      "test accuracy 90.0% (88.0% to 92.0%); half of the runs by epoch 12.5",
  );
});

test("it says nothing of what was not reached, and how many diverged", () => {
  const said = describeCell(page, cellOf("kan", "spirals", 0));
  assert.ok(!said.includes("by epoch"));
  assert.ok(said.endsWith("; 2 diverged"));
});

test("a field opens a race, or the run; the plain kind has only runs", () => {
  assert.equal(hrefOf(cellOf("kan", "circles", 1), { opens: "race" }), "race?b.neuron=2&network=1");
  assert.equal(hrefOf(cellOf("kan", "circles", 1), { opens: "run" }), "./?run=0 0 2");
  assert.equal(hrefOf(cellOf("linear", "circles", 1), { opens: "race" }), "./?run=0 0 0");
});

test("names are the language's where it has them, else the server's", () => {
  assert.equal(nameOf(page, "neurons", "kan"), "Kan");
  assert.equal(nameOf(page, "neurons", "quadratic"), "Quadratic");
  assert.equal(networkName(page, { layers: 2, budget: 64 }), "2 hidden layers, 64 parameters");
});
