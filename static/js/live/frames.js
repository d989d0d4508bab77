/**
 * Binary messages: safetensors bytes into typed arrays that share the message's memory.
 *
 * Layout: 8 bytes little-endian header length, a JSON header padded to 8 bytes, raw arrays. The header's `__metadata__`
 * holds the strings `kind` ("frame" or "checkpoint") and `body` (JSON). docs/reference/protocol.md names every array.
 * Arrays are views, not copies, wherever the offset is aligned for their type.
 */

/** @typedef {{ kind: string, body: any, arrays: Record<string, Tensor> }} BinaryMessage */

/** @typedef {{ dtype: string, shape: number[], data_offsets: [number, number] }} Entry */

/** @type {Record<string, { new (buffer: ArrayBuffer, offset: number, length: number): Tensor["data"], BYTES_PER_ELEMENT: number }>} */
const TYPES = { U8: Uint8Array, U16: Uint16Array, F32: Float32Array, F64: Float64Array, I32: Int32Array };

/**
 * @param {ArrayBuffer} buffer one whole binary message
 * @returns {BinaryMessage}
 */
export function parseBinary(buffer) {
  const length = headerLength(buffer);
  const text = new TextDecoder().decode(new Uint8Array(buffer, 8, length));
  const { __metadata__: metadata = {}, ...entries } = JSON.parse(text);
  /** @type {Record<string, Tensor>} */
  const arrays = {};
  for (const [name, entry] of Object.entries(entries)) arrays[name] = readTensor(buffer, 8 + length, entry, name);
  if (metadata.encoding === "planar") for (const tensor of Object.values(arrays)) sumUp(tensor);
  return { kind: metadata.kind ?? "", body: JSON.parse(metadata.body ?? "{}"), arrays };
}

/**
 * A picture came as what every byte adds to the plane through the neighbours before it (modulo 256): written over by the
 * bytes themselves.
 *
 * @param {Tensor} tensor
 */
function sumUp({ data, shape }) {
  if (!(data instanceof Uint8Array)) return;
  const [height, width] = shape.slice(-2);
  for (let at = 0; at < data.length; at++) if (at % width) data[at] += data[at - 1];
  for (let at = 0; at < data.length; at++) if (at % (height * width) >= width) data[at] += data[at - width];
}

/**
 * @param {Frame} frame
 * @param {number} layer
 * @param {number} unit
 * @returns {Field | null} null where the frame has no such unit
 */
export function unitMap({ arrays }, layer, unit) {
  const maps = arrays[`units.${layer}`];
  const ranges = arrays[`units_range.${layer}`];
  if (!maps || !ranges || unit >= maps.shape[0]) return null;
  const side = maps.shape[1];
  const field = /** @type {Uint8Array} */ (maps.data).subarray(unit * side * side, (unit + 1) * side * side);
  return { field, side, low: ranges.data[unit * 2], high: ranges.data[unit * 2 + 1] };
}

/**
 * A map of the whole plane, such as "output": its bytes and the values at their ends.
 *
 * @param {Pick<Frame, "arrays">} frame @param {string} name @param {string} [range] the array of its ends
 * @returns {Field | null} null where the frame has none
 */
export function planeMap({ arrays }, name, range = `${name}_range`) {
  const map = arrays[name];
  if (!map) return null;
  const [low, high] = arrays[range]?.data ?? [0, 1];
  return { field: /** @type {Uint8Array} */ (map.data), side: map.shape[0], low, high };
}

/** Whether a frame's picture of one unit is of this one: it may still be of the one before. @param {Frame} frame @param {Unit} unit */
export function isInspected({ body }, { layer, unit }) {
  return body.inspected?.layer === layer && body.inspected.unit === unit;
}

/** @param {ArrayBuffer} buffer */
function headerLength(buffer) {
  if (buffer.byteLength < 8) throw new Error(`a safetensors message needs 8 bytes or more, got ${buffer.byteLength}`);
  const length = Number(new DataView(buffer).getBigUint64(0, true));
  if (8 + length > buffer.byteLength) {
    throw new Error(`the header says ${length} bytes, but the message has ${buffer.byteLength - 8} after its first 8`);
  }
  return length;
}

/**
 * @param {ArrayBuffer} buffer
 * @param {number} base where the arrays begin
 * @param {Entry} entry @param {string} name @returns {Tensor}
 */
function readTensor(buffer, base, { dtype, shape, data_offsets: [from, to] }, name) {
  const Type = TYPES[dtype];
  if (!Type) throw new Error(`array "${name}" has dtype ${dtype}; known: ${Object.keys(TYPES).join(", ")}`);
  const count = shape.reduce((product, side) => product * side, 1);
  if (to - from !== count * Type.BYTES_PER_ELEMENT || base + to > buffer.byteLength) {
    throw new Error(`array "${name}" does not fit: shape ${shape.join(" x ")}, bytes ${from} to ${to}`);
  }
  const aligned = (base + from) % Type.BYTES_PER_ELEMENT === 0;
  return aligned
    ? { shape, data: new Type(buffer, base + from, count) }
    : { shape, data: new Type(buffer.slice(base + from, base + to), 0, count) };
}
