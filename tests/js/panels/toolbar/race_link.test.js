/** The way from an experiment to its race. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { raceQuery } from "../../../../static/js/panels/toolbar/race_link.js";

test("the present experiment is the first lane, the second has another neuron", () => {
  assert.equal(raceQuery(""), "?b.neuron=quadratic");
  assert.equal(raceQuery("data=xor&neuron=linear"), "?data=xor&neuron=linear&b.neuron=quadratic");
  assert.equal(raceQuery("neuron=quadratic"), "?neuron=quadratic&b.neuron=linear");
});

test("without a hidden layer it is the output's neuron", () => {
  assert.equal(raceQuery("layers=0&output=quadratic"), "?layers=0&output=quadratic&b.output=linear");
});

test("points behind the # stay behind it", () => {
  assert.equal(
    raceQuery("points=fragment&layers=0#points=Ad"),
    "?points=fragment&layers=0&b.output=quadratic#points=Ad",
  );
});
