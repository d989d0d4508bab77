/**
 * Binary messages: safetensors bytes into typed arrays that share the message's memory.
 *
 * Layout: 8 bytes little-endian header length, a JSON header padded to 8 bytes, raw arrays. The header's `__metadata__`
 * holds the strings `kind` ("frame" or "checkpoint") and `body` (JSON). docs/reference/protocol.md names every array.
 * Arrays are views, not copies, wherever the offset is aligned for their type.
 */

/** @import { Tensor } from "./types.d.ts" */

/** @typedef {{ kind: string, body: any, arrays: Record<string, Tensor> }} BinaryMessage */

/** @typedef {{ dtype: string, shape: number[], data_offsets: [number, number] }} Entry */

/** @type {Record<string, { new (buffer: ArrayBuffer, offset: number, length: number): Tensor["data"], BYTES_PER_ELEMENT: number }>} */
const TYPES = { U8: Uint8Array, F32: Float32Array, F64: Float64Array, I32: Int32Array };

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
  return { kind: metadata.kind ?? "", body: JSON.parse(metadata.body ?? "{}"), arrays };
}

/**
 * Bytes as base64 text, in slices: spreading a whole checkpoint into one call would overflow the stack.
 *
 * @param {ArrayBuffer} buffer
 */
export function toBase64(buffer) {
  const bytes = new Uint8Array(buffer);
  let text = "";
  for (let start = 0; start < bytes.length; start += 8192) {
    text += String.fromCharCode(...bytes.subarray(start, start + 8192));
  }
  return btoa(text);
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
