/**
 * Where the server's files are, and one of them fetched.
 */

import { loadJson } from "../model/catalog.js";

/** A file of the server's. @param {string} path */
export function addressOf(path) {
  return new URL(path, document.baseURI).href;
}

/** @param {string} path */
export function fetchJson(path) {
  return loadJson(addressOf(path), fetch.bind(window));
}
