/** Safetensors bytes become typed arrays, whatever their alignment; what is cut short is refused. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { isInspected, parseBinary, planeMap, unitMap } from "../../../static/js/live/frames.js";

const DTYPES = { Uint8Array: "U8", Float32Array: "F32", Float64Array: "F64", Int32Array: "I32" };

/** A safetensors message built by hand: arrays in the order given, without padding between them. */
function build(kind, body, arrays, metadata = {}) {
  const header = { __metadata__: { kind, body: JSON.stringify(body), ...metadata } };
  let offset = 0;
  for (const [name, { shape, data }] of Object.entries(arrays)) {
    header[name] = { dtype: DTYPES[data.constructor.name], shape, data_offsets: [offset, offset + data.byteLength] };
    offset += data.byteLength;
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const length = Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(8 + length + offset).fill(32);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.set(text, 8);
  let place = 8 + length;
  for (const { data } of Object.values(arrays)) {
    bytes.set(new Uint8Array(data.buffer), place);
    place += data.byteLength;
  }
  return bytes.buffer;
}

const ARRAYS = {
  history: { shape: [2, 5], data: Float64Array.from([0, 1, 2, 3, 4, 1, 0.5, 0.6, 0.7, 0.8]) },
  "units_range.0": { shape: [2, 2], data: Float32Array.from([-1, 1, 0, 2]) },
  "units.0": { shape: [2, 2, 2], data: Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8]) },
};

test("kind, body and arrays are read", () => {
  const { kind, body, arrays } = parseBinary(build("frame", { frame: 7, epoch: 3 }, ARRAYS));
  assert.equal(kind, "frame");
  assert.deepEqual(body, { frame: 7, epoch: 3 });
  assert.deepEqual([...arrays.history.data], [...ARRAYS.history.data]);
  assert.deepEqual(arrays["units.0"].shape, [2, 2, 2]);
});

test("aligned arrays are views of the message, not copies", () => {
  const buffer = build("frame", {}, ARRAYS);
  assert.equal(parseBinary(buffer).arrays.history.data.buffer, buffer);
});

test("an array at an odd offset is read all the same", () => {
  const odd = { byte: { shape: [1], data: Uint8Array.from([9]) }, ...ARRAYS };
  assert.deepEqual([...parseBinary(build("frame", {}, odd)).arrays.history.data], [...ARRAYS.history.data]);
});

test("pictures sent as what is added to the plane through neighbours are summed both ways, and nothing else is", () => {
  // Worked out by hand: across, then down, modulo 256; each picture of a stack for itself.
  const arrays = {
    output: { shape: [2, 3], data: Uint8Array.from([250, 10, 255, 7, 0, 1]) },
    units: { shape: [2, 2, 2], data: Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8]) },
    links: { shape: [2], data: Float32Array.from([1, 2]) },
  };
  const read = parseBinary(build("frame", {}, arrays, { encoding: "planar" })).arrays;
  assert.deepEqual([...read.output.data], [250, 4, 3, 1, 11, 11]);
  assert.deepEqual([...read.units.data], [1, 3, 4, 10, 5, 11, 12, 26]);
  assert.deepEqual([...read.links.data], [1, 2]);
});

test("a header longer than the message is refused", () => {
  const buffer = build("frame", {}, ARRAYS);
  assert.throws(() => parseBinary(buffer.slice(0, 40)), /header says \d+ bytes, but the message has 32/);
  assert.throws(() => parseBinary(new ArrayBuffer(3)), /needs 8 bytes/);
});

test("arrays that the message does not hold are refused by name", () => {
  const buffer = build("frame", {}, ARRAYS);
  assert.throws(() => parseBinary(buffer.slice(0, buffer.byteLength - 4)), /"units.0" does not fit/);
});

test("a unit's map is its part of the layer's, with its own ends", () => {
  const frame = parseBinary(build("frame", {}, ARRAYS));
  const map = unitMap(frame, 0, 1);
  assert.deepEqual([...map.field], [5, 6, 7, 8]);
  assert.deepEqual([map.side, map.low, map.high], [2, 0, 2]);
  assert.equal(unitMap(frame, 0, 2), null);
  assert.equal(unitMap(frame, 1, 0), null);
});

test("a map of the plane has the ends that are sent beside it", () => {
  const arrays = {
    output_range: { shape: [2], data: Float32Array.from([-3, 5]) },
    output: { shape: [1, 1], data: Uint8Array.from([4]) },
  };
  const frame = parseBinary(build("frame", {}, arrays));
  assert.deepEqual(planeMap(frame, "output"), { field: arrays.output.data, side: 1, low: -3, high: 5 });
  assert.equal(planeMap(frame, "inspected"), null);
});

test("a map's ends may be sent under a name of their own", () => {
  const arrays = {
    "decision_range.0": { shape: [2], data: Float32Array.from([-1, 1]) },
    "decision.0": { shape: [1, 1], data: Uint8Array.from([4]) },
  };
  const { low, high } = planeMap(parseBinary(build("frame", {}, arrays)), "decision.0", "decision_range.0");
  assert.deepEqual([low, high], [-1, 1]);
});

test("a frame's picture of one unit may still be of another", () => {
  const of = (inspected) => isInspected({ body: { inspected } }, { layer: 1, unit: 2 });
  assert.deepEqual(
    [of({ layer: 1, unit: 2 }), of({ layer: 1, unit: 3 }), of({ layer: 0, unit: 2 })],
    [true, false, false],
  );
  assert.equal(of(null), false);
});
