/**
 * A link as text: keys that are put into it stand before its #, behind which points may be (app/links/fragment.py).
 *
 * Links are made and read by the server; here nothing but their ends is known.
 */

/** @param {string} link without a question mark @param {...string} keys each "key=value", or empty @returns {string} */
export function withKeys(link, ...keys) {
  const [query, behind] = cut(link);
  return [query, ...keys].filter(Boolean).join("&") + behind;
}

/** What stands before the # of a link, and the rest with it. @param {string} link @returns {[string, string]} */
export function cut(link) {
  const at = link.indexOf("#");
  return at < 0 ? [link, ""] : [link.slice(0, at), link.slice(at)];
}
