/**
 * Hands a file to the browser, to be kept where the reader keeps what is downloaded.
 *
 * Not here: what a file holds, nor what it is called.
 */

import { make } from "./dom.js";

/** @param {Blob} content @param {string} name */
export function saveFile(content, name) {
  const anchor = make("a");
  anchor.href = URL.createObjectURL(content);
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(anchor.href), 10_000);
}
