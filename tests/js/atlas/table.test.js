/** Which cell answers which question, and what the address says of it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  easyFor,
  fewest,
  fieldOf,
  forestOf,
  networksOf,
  readAtlas,
  readChoice,
  toggled,
  unknownIn,
  usualKinds,
  winners,
  writeChoice,
} from "../../../static/js/atlas/table.js";
import { createServed } from "./atlas.js";

const ATLAS = readAtlas(createServed());
const TANH = { activation: "tanh" };

test("cells have names where they were served with places", () => {
  const [cell] = ATLAS.cells;
  assert.deepEqual([cell.data, cell.activation, cell.neuron, cell.parameters], ["circles", "tanh", "linear", 17]);
});

test("networks stand from the smallest to the largest, whatever their budgets", () => {
  const sizes = networksOf(ATLAS, TANH, "kan", "spirals").map(({ parameters }) => parameters);
  assert.deepEqual(sizes, [21, 79, 121]);
});

test("the fewest parameters are of the smallest network that surely solves it", () => {
  assert.deepEqual(pick(fewest(ATLAS, TANH, "quadratic", "spirals")), [31, false]);
  assert.deepEqual(pick(fewest(ATLAS, TANH, "kan", "spirals")), [79, false]);
});

test("eighteen of twenty are enough, and seventeen are not", () => {
  assert.deepEqual(pick(fewest(ATLAS, TANH, "quadratic", "circles")), [17, true]);
  assert.deepEqual(pick(fewest(ATLAS, TANH, "kan", "circles")), [79, false]);
  assert.equal(fewest(ATLAS, TANH, "linear", "spirals"), null);
});

test("a field is of the smallest network, or of the chosen one", () => {
  const choice = readChoice(ATLAS, "?show=solved&network=1:16");
  assert.equal(fieldOf(ATLAS, choice, "kan", "circles")?.solved, 17);
  assert.equal(fieldOf(ATLAS, { ...choice, show: "fewest" }, "kan", "circles")?.parameters, 79);
});

test("the first thing in an address that is not there has a name", () => {
  assert.equal(unknownIn(ATLAS, ""), null);
  assert.equal(unknownIn(ATLAS, "?data=spirals&network=1:16&kinds=kan,linear&show=solved&lang=zh"), null);
  assert.deepEqual(unknownIn(ATLAS, "?data=moons2"), { key: "data", value: "moons2" });
  assert.deepEqual(unknownIn(ATLAS, "?kinds=kan,kann"), { key: "kinds", value: "kann" });
  assert.deepEqual(unknownIn(ATLAS, "?network=9:9"), { key: "network", value: "9:9" });
  assert.deepEqual(unknownIn(ATLAS, "?show=y"), { key: "show", value: "y" });
});

test("winners are all who need equally few, and none where nobody solves it", () => {
  const names = (/** @type {string} */ activation, /** @type {string} */ data) =>
    winners(ATLAS, { activation }, data).map(({ neuron }) => neuron);
  assert.deepEqual(names("tanh", "circles"), ["linear", "quadratic"]);
  assert.deepEqual(names("tanh", "spirals"), ["quadratic"]);
  assert.deepEqual(names("relu", "spirals"), []);
});

test("where the smallest network is enough, it is so for whom", () => {
  const names = (/** @type {string} */ data) => easyFor(ATLAS, TANH, data).map(({ neuron }) => neuron);
  assert.deepEqual(names("circles"), ["linear", "quadratic"]);
  assert.deepEqual(names("spirals"), []);
});

test("the chart compares the plain kind with those that need the fewest", () => {
  assert.deepEqual(usualKinds(ATLAS, TANH, "spirals"), ["linear", "quadratic", "kan"]);
});

test("a kind comes and goes, and the seventh takes the place of the first", () => {
  assert.deepEqual(toggled(["a", "b"], "a"), ["b"]);
  assert.deepEqual(toggled(["a"], "b"), ["a", "b"]);
  assert.deepEqual(toggled([..."abcdef"], "g"), [..."bcdefg"]);
});

test("an address without a word of it is the usual, and so is one that says what is not there", () => {
  const usual = readChoice(ATLAS, "");
  assert.deepEqual(readChoice(ATLAS, "?data=moons&network=9:9&kinds=x&show=y&lang=zh"), usual);
  assert.deepEqual(
    [usual.show, usual.activation, usual.data, usual.network, usual.opens],
    ["fewest", "tanh", "circles", 1, "race"],
  );
});

test("what is chosen goes through the address and back; the usual is left out, and other keys stay", () => {
  const choice = {
    .../** @type {AtlasChoice} */ (readChoice(ATLAS, "")),
    ...{ show: "solved", data: "spirals", network: 2, kinds: ["kan"], opens: "run", across: "multiply_adds" },
  };
  const search = writeChoice(ATLAS, /** @type {AtlasChoice} */ (choice), "?lang=zh");
  assert.equal(search, "?lang=zh&show=solved&opens=run&across=multiply_adds&data=spirals&network=2:64&kinds=kan");
  assert.deepEqual(readChoice(ATLAS, search), choice);
  assert.equal(writeChoice(ATLAS, readChoice(ATLAS, ""), search), "?lang=zh");
});

/** @param {ReturnType<typeof fewest>} found */
function pick(found) {
  return found && [found.cell.parameters, found.least];
}

test("of forests the smallest that surely solves it is shown, or of all the largest, with how many of its runs do", () => {
  const fewestOf = (/** @type {string} */ data) => forestOf(ATLAS, { show: "fewest" }, data);
  assert.deepEqual([fewestOf("circles")?.cell.forest, fewestOf("circles")?.least], [1, false]);
  assert.deepEqual([fewestOf("spirals")?.cell.forest, fewestOf("spirals")?.least], [0, true]);
  assert.equal(forestOf(ATLAS, { show: "solved" }, "spirals")?.cell.solved, 20);
  assert.equal(forestOf({ ...ATLAS, surely: 21 }, { show: "fewest" }, "spirals"), null);
});
