/**
 * Where a table comes from and goes to: a file's bytes or a text, sent to the server as they are; the line of a text.
 */

/** A text box holds no more than a person would look through, and no browser halts over. */
const MOST_SHOWN = 200_000;

/**
 * A file's bytes. One that is too large is not even read; throws an Error whose message is the message's key.
 *
 * @param {Pick<File, "size" | "arrayBuffer">} file @param {number} most bytes
 */
export async function bytesOf(file, most) {
  if (file.size > most) throw new Error("csv.too_large");
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    // A folder, or a file that is gone or locked by now.
    throw new Error("csv.unreadable");
  }
}

/**
 * Bytes as the text that they are; null where they are none, or are too many to be shown.
 *
 * @param {Uint8Array<ArrayBuffer>} bytes @param {string} encoding as the server calls it; empty for a spreadsheet
 */
export function decoded(bytes, encoding) {
  if (bytes.length > MOST_SHOWN || !encoding) return null;
  try {
    // Some have another name in browsers: cp1252 is windows-1252, cp932 is shift_jis.
    const name = { cp932: "shift_jis", euc_jp: "euc-jp", euc_kr: "euc-kr" }[encoding];
    const text = new TextDecoder(name ?? encoding.replace(/^cp/, "windows-"), { fatal: true }).decode(bytes);
    return text.includes("\0") ? null : text.replace(/\r\n?/g, "\n");
  } catch {
    return null;
  }
}

/**
 * What the server makes of a table: points, or the refusal, and what it read.
 *
 * @param {Uint8Array<ArrayBuffer> | string} body @param {TableChoices} choices @param {AbortSignal} signal
 * @returns {Promise<TableReply>}
 */
export async function readPoints(body, choices, signal) {
  const address = new URL("api/points", document.baseURI);
  address.search = String(new URLSearchParams(Object.entries(choices).filter(([, value]) => value)));
  const response = await fetch(address, { method: "POST", body, signal });
  return response.json();
}

/**
 * Where a line begins and ends in what a text box holds: its lines end in one way only.
 *
 * @param {string} text @param {number} line @returns {[number, number]}
 */
export function linePlace(text, line) {
  const lines = text.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  return [start, start + (lines[line - 1] ?? "").length];
}
