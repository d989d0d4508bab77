/**
 * Hands a file to the browser, to be kept where the reader keeps what is downloaded.
 *
 * Not here: what a file holds, nor what it is called.
 */

import { make } from "./dom.js";

/** @param {Blob} content @param {string} name */
export function saveFile(content, name) {
  const link = make("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
