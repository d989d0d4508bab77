/** What is asked, when, and what the answers change. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Dispatch } from "../../../static/js/live/dispatch.js";
import { Inspection } from "../../../static/js/model/inspection.js";
import { startState } from "../../../static/js/model/state.js";
import { createConfig } from "../catalog.js";

const UNIT = { layer: 0, unit: 2 };
const WEIGHTS = [
  { letter: "W", inputs: [0], param: "W", index: [2, 0] },
  { letter: "b", inputs: [], param: "W", index: [2, 2] },
];

let said;
let now;
let inspection;
let messages;
let store;
let socket;

beforeEach(() => {
  said = [];
  now = 1000;
  store = {
    state: { ...startState(createConfig(), null), layout: { layers: [{}, {}], output: { units: 1 }, extent: 1 } },
  };
  socket = { settled: true, open: true, runs: 1, look() {} };
  socket.send = (message) => {
    if (socket.open) said.push(message);
    return socket.open;
  };
  const actions = {
    inspect: (unit) => {
      store.state = { ...store.state, inspect: unit };
    },
  };
  inspection = new Inspection(
    store,
    socket,
    actions,
    () => now,
    () => {},
  );
  messages = new Dispatch();
  inspection.listen(messages);
});

const receive = (message) => messages.dispatch(message, { settled: true, followed: false });

const asked = () => said.filter(({ type }) => type === "ask").map(({ what }) => what);
const answer = (what, fields) => {
  const { id } = said.findLast((message) => message.what === what);
  receive({ type: "answer", id, what, ...fields });
};
const pinned = () => {
  inspection.pin(UNIT);
  answer("unit", { ...UNIT, weights: WEIGHTS, values: [0.5, 0.1] });
};

test("a pinned unit is asked about and stays shown when the pointer leaves another", () => {
  pinned();
  assert.deepEqual(asked(), ["unit"]);
  inspection.look({ layer: 1, unit: 0 });
  assert.deepEqual(store.state.inspect, { layer: 1, unit: 0 });
  inspection.look(null);
  assert.deepEqual(store.state.inspect, UNIT);
  inspection.unpin();
  assert.equal(store.state.inspect, null);
});

test("while it plays, numbers are asked for a few times a second and never twice at a time", () => {
  pinned();
  store.state = { ...store.state, playing: true };
  inspection.framed();
  inspection.framed();
  assert.deepEqual(asked(), ["unit", "weights"]);
  now += 300;
  inspection.framed();
  assert.deepEqual(asked(), ["unit", "weights"]);
  answer("weights", { ...UNIT, values: [0.7, 0.2] });
  assert.equal(inspection.numberAt(0), 0.7);
  now += 100;
  inspection.framed();
  now += 200;
  inspection.framed();
  assert.deepEqual(asked(), ["unit", "weights", "weights"]);
});

test("a frame of a run that rests is always asked about: it is the last", () => {
  pinned();
  inspection.framed();
  inspection.framed();
  assert.deepEqual(asked(), ["unit", "weights", "weights"]);
});

test("an answer about another unit, or to an older question, changes nothing", () => {
  pinned();
  inspection.pin({ layer: 0, unit: 3 });
  receive({ type: "answer", id: 1, what: "unit", ...UNIT, weights: WEIGHTS, values: [9, 9] });
  assert.equal(inspection.unit, null);
});

test("a number set by hand shows at once, is sent once, and gives way to the server's after a moment", () => {
  pinned();
  inspection.edit(inspection.unit, 1, 2);
  inspection.edit(inspection.unit, 1, 3);
  assert.equal(inspection.numberAt(1), 3);
  inspection.flush();
  inspection.flush();
  const edits = said.filter(({ type }) => type === "edit");
  assert.deepEqual(edits, [{ type: "edit", layer: 0, param: "W", index: [2, 2], value: 3 }]);
  inspection.framed();
  answer("weights", { ...UNIT, values: [0.5, 1] });
  assert.equal(inspection.numberAt(1), 3);
  now += 600;
  assert.equal(inspection.numberAt(1), 1);
});

test("a number goes to the unit it was typed for, though the reader has gone on to another or closed it", () => {
  pinned();
  const first = inspection.unit;
  inspection.edit(first, 0, 7);
  let left = 0;
  inspection.left = () => {
    left += 1;
  };
  inspection.pin({ layer: 1, unit: 0 });
  assert.equal(left, 1);
  // Understood only now, as the field is read when the reader leaves it.
  inspection.edit(first, 1, 8);
  assert.equal(inspection.numberAt(0), null);
  answer("unit", { layer: 1, unit: 0, weights: [WEIGHTS[0]], values: [0.25] });
  assert.equal(inspection.numberAt(0), 0.25);
  inspection.unpin();
  inspection.flush();
  const edits = said.filter(({ type }) => type === "edit");
  assert.deepEqual(
    edits.map(({ layer, index, value }) => [layer, index, value]),
    [
      [0, [2, 0], 7],
      [0, [2, 2], 8],
    ],
  );
});

test("a unit that the reader removes closes; the output follows the depth", () => {
  pinned();
  const config = createConfig();
  store.state = { ...store.state, config: { ...config, layers: [{ ...config.layers[0], units: 2 }] } };
  inspection.chose();
  assert.equal(inspection.pinned, null);
  inspection.pin({ layer: 1, unit: 0 });
  store.state = { ...store.state, config };
  inspection.chose();
  assert.deepEqual(inspection.pinned, { layer: 2, unit: 0 });
});

test("another run is asked about anew, and an output unit that it lacks closes", () => {
  pinned();
  receive({ type: "opened" });
  assert.deepEqual(asked(), ["unit", "unit"]);
  inspection.pin({ layer: 2, unit: 2 });
  receive({ type: "opened" });
  assert.equal(inspection.pinned, null);
});

test("a place is traced, followed and let go", () => {
  inspection.follow([0.2, 0.3]);
  answer("trace", { point: [0.2, 0.3], layers: [[1]], prediction: [0.5] });
  assert.deepEqual(inspection.trace.layers, [[1]]);
  inspection.follow(null);
  inspection.framed();
  assert.deepEqual([inspection.trace, asked()], [null, ["trace"]]);
});

test("a gradient check waits, and says why where there is none", () => {
  inspection.checkGradient();
  assert.equal(inspection.check, "waiting");
  receive({ type: "refused", command: "ask", path: "what", message: "too large" });
  assert.equal(inspection.check, "too large");
  socket.open = false;
  inspection.checkGradient();
  assert.equal(inspection.check, null);
});

test("what is asked about a run on its way is still waited for when it is there", () => {
  inspection.checkGradient();
  socket.runs += 1;
  inspection.walk(3);
  receive({ type: "opened" });
  assert.deepEqual([inspection.check, inspection.landscape], [null, "waiting"]);
  answer("landscape", { epoch: 0, loss: [[1]], center: 1 });
  assert.equal(inspection.landscape.epoch, 0);
});

test("of a unit that fires, its raster at the followed place is asked for and shown, and no other's", () => {
  inspection.pin(UNIT);
  inspection.follow([0.5, -0.25]);
  assert.deepEqual(asked(), ["unit", "trace"]);
  answer("unit", { ...UNIT, weights: WEIGHTS, values: [0.5, 0.1], fires: true });
  assert.deepEqual(asked(), ["unit", "trace", "raster"]);
  const { type, what, point, layer, unit } = said.at(-1);
  assert.deepEqual([type, what, point, layer, unit], ["ask", "raster", [0.5, -0.25], 0, 2]);
  const steps = { membrane: [0.5], fired: [false], current: 0.5, threshold: 1 };
  answer("raster", { ...UNIT, point: [0.5, -0.25], ...steps });
  assert.deepEqual(inspection.raster?.membrane, [0.5]);
  inspection.follow([0, 0]);
  assert.equal(inspection.raster, null);
  answer("raster", { ...UNIT, point: [0.5, -0.25], ...steps });
  assert.equal(inspection.raster, null);
});

test("a unit that does not fire is never asked for a raster", () => {
  pinned();
  inspection.follow([0.5, -0.25]);
  now += 1000;
  inspection.framed();
  assert.ok(!asked().includes("raster"));
});

test("the loss around the weights is asked for by the seed of its directions, and a refusal is told in its place", () => {
  inspection.walk(3);
  assert.equal(inspection.landscape, "waiting");
  assert.deepEqual(said.at(-1), { type: "ask", id: 1, what: "landscape", seed: 3 });
  answer("landscape", { epoch: 9, loss: [[1]], center: 1 });
  assert.equal(inspection.landscape.epoch, 9);
  inspection.walk(4);
  receive({ type: "refused", command: "ask", path: "what", message: "too many" });
  assert.deepEqual([inspection.landscape, inspection.check], ["too many", null]);
  inspection.walk(5);
  socket.runs += 1;
  receive({ type: "opened" });
  assert.equal(inspection.landscape, null);
  socket.open = false;
  inspection.walk(6);
  assert.equal(inspection.landscape, null);
});
