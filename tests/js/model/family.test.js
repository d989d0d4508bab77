/** A forest's levels stand where layers do on the page, and never reach the server. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { withLevels, withoutLevels } from "../../../static/js/model/family.js";
import { chose, startState, TRANSITIONS } from "../../../static/js/model/state.js";
import { createConfig } from "../catalog.js";

const FOREST = {
  random: 1,
  completely_random: 2,
  trees: 9,
  tree_depth: 0,
  folds: 3,
  levels: 4,
  patience: 1,
  hand_on: true,
};
const grown = () => ({ ...createConfig(), layers: [], forest: FOREST });
const widths = ({ layers }) => layers.map(({ units }) => units);

test("a network's Config stays as it is, there and back", () => {
  const config = createConfig();
  assert.equal(withLevels(config, 3), config);
  assert.equal(withoutLevels(config), config);
});

test("there is a column for each level, a unit for each forest, or for each of its classes beyond two", () => {
  assert.deepEqual(widths(withLevels(grown())), [3, 3, 3, 3]);
  assert.deepEqual(widths(withLevels(grown(), 2)), [3, 3, 3, 3]);
  assert.deepEqual(widths(withLevels(grown(), 5)), [15, 15, 15, 15]);
});

test("what is sent has no layers again", () => {
  assert.deepEqual(withoutLevels(withLevels(grown(), 3)), grown());
});

test("whatever brings a Config into the state brings its levels", () => {
  const layout = { classes: 3 };
  const opened = TRANSITIONS.opened(
    startState(createConfig(), null),
    { config: grown(), layout, points: { train: [], test: [] }, parameters: 0 },
    { settled: true, followed: false },
  );
  assert.deepEqual(
    [widths(opened.good), widths(opened.config)],
    [
      [9, 9, 9, 9],
      [9, 9, 9, 9],
    ],
  );
  const changed = TRANSITIONS.changed(opened, { config: grown(), path: "data.points" }, { settled: true });
  assert.deepEqual(widths(changed.config), [9, 9, 9, 9]);
  const chosen = chose(opened, { ...opened.config, forest: { ...FOREST, levels: 2 } });
  assert.deepEqual(widths(chosen.config), [9, 9]);
});
