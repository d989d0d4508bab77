/**
 * What has no room in a row goes into a drawer beside it, from the row's end on, and comes back when there is room again.
 *
 * The row must neither wrap nor shrink its items below what they need: whether they fit is measured, not guessed, for any
 * language and any window.
 */

/**
 * @param {HTMLElement} row @param {HTMLElement} drawer where they go to: its first part, in the same order
 * @param {typeof ResizeObserver} [Observer]
 */
export function spill(row, drawer, Observer = ResizeObserver) {
  /** @type {Element[]} as they stand in the row */
  let items = [];
  /** @type {Element[]} */
  let spilt = [];
  const fit = () => {
    if (row.clientWidth === 0) return;
    const held = /** @type {HTMLElement | null} */ (document.activeElement);
    items = [...row.children, ...spilt];
    row.append(...spilt);
    spilt = [];
    while (row.scrollWidth > row.clientWidth + 1) {
      const last = /** @type {Element} */ (row.lastElementChild);
      drawer.prepend(last);
      spilt.unshift(last);
    }
    // Whoever was typing there goes on.
    if (held && held !== document.activeElement && items.some((item) => item.contains(held))) held.focus();
  };
  new Observer(fit).observe(row);
}
