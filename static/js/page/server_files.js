/**
 * Where the server's files are, and one of them fetched.
 */

/** A file of the server's. @param {string} path */
export function addressOf(path) {
  return new URL(path, document.baseURI).href;
}

/** @param {string} path */
export async function get(path) {
  const response = await fetch(addressOf(path));
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return response;
}
