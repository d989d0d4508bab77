/** Binary messages as the server sends them. */

/** A safetensors file without arrays. @param {string} kind @param {object} body */
export function binary(kind, body) {
  const text = JSON.stringify({ __metadata__: { kind, body: JSON.stringify(body) } });
  const header = new TextEncoder().encode(text.padEnd(Math.ceil(text.length / 8) * 8));
  const bytes = new Uint8Array(8 + header.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
  bytes.set(header, 8);
  return bytes.buffer;
}
