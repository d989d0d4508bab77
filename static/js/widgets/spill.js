/**
 * What has no room in a row goes into a drawer beside it, from the row's end on, and comes back when there is room again.
 *
 * The row must neither wrap nor shrink its items below what they need: whether they fit is measured, not guessed, for any
 * language and any window. What went there says which control it is (`data-spilt`): a page that hides the drawer does not
 * mean that (page/visibility.js).
 */

/** The name that an item's control has for tests and style sheets. @param {HTMLElement} item */
function controlOf(item) {
  const field = item.matches(".field") ? item : item.querySelector(".field");
  return field?.querySelector(":scope > [data-testid]")?.getAttribute("data-testid") ?? "";
}

/**
 * @param {HTMLElement} row @param {HTMLElement} drawer where they go to: its first part, in the same order
 * @param {typeof ResizeObserver} [Observer] @param {(item: HTMLElement) => string} [nameOf]
 */
export function spill(row, drawer, Observer = ResizeObserver, nameOf = controlOf) {
  /** @type {HTMLElement[]} as they stand in the row */
  let items = [];
  /** @type {HTMLElement[]} */
  let spilt = [];
  const fit = () => {
    if (row.clientWidth === 0) return;
    const held = /** @type {HTMLElement | null} */ (document.activeElement);
    items = [.../** @type {Iterable<HTMLElement>} */ (row.children), ...spilt];
    row.append(...spilt);
    for (const item of spilt) delete item.dataset.spilt;
    spilt = [];
    while (row.scrollWidth > row.clientWidth + 1) {
      const last = /** @type {HTMLElement} */ (row.lastElementChild);
      drawer.prepend(last);
      last.dataset.spilt = nameOf(last);
      spilt.unshift(last);
    }
    // Whoever was typing there goes on.
    if (held && held !== document.activeElement && items.some((item) => item.contains(held))) held.focus();
  };
  new Observer(fit).observe(row);
}
