/**
 * Tabs as the ARIA practices have them: one stop of the Tab key, arrows, Home and End choose, panels follow at once.
 */

/**
 * @param {HTMLElement} list the element with the role "tablist"; its tabs name their panels by `aria-controls`
 * @param {(panel: string) => void} chosen is told the id of the panel that is shown now
 */
export function createTabs(list, chosen) {
  const tabs = /** @type {HTMLElement[]} */ ([...list.querySelectorAll("[role=tab]")]);
  const shown = () => tabs.filter((tab) => !tab.hidden);
  const panelOf = (/** @type {HTMLElement} */ tab) => tab.getAttribute("aria-controls") ?? "";
  const choose = (/** @type {HTMLElement} */ tab) => {
    for (const each of tabs) {
      const on = each === tab;
      each.setAttribute("aria-selected", String(on));
      each.tabIndex = on ? 0 : -1;
      const panel = document.getElementById(panelOf(each));
      // Two tabs may show one panel in two ways.
      if (panel) panel.hidden = panelOf(each) !== panelOf(tab);
    }
    document.getElementById(panelOf(tab))?.setAttribute("aria-labelledby", tab.id);
    chosen(panelOf(tab));
  };
  for (const tab of tabs) tab.addEventListener("click", () => choose(tab));
  list.addEventListener("keydown", (event) => {
    const all = shown();
    const next = nextTab(all.indexOf(/** @type {HTMLElement} */ (event.target)), all.length, event.key);
    if (next === null) return;
    // An arrow to the right would train an epoch, too.
    event.preventDefault();
    choose(all[next]);
    all[next].focus();
  });
}

/**
 * Round and round, so that one key reaches every tab.
 *
 * @param {number} index @param {number} count @param {string} key @returns {number | null} null where the key leads nowhere
 */
export function nextTab(index, count, key) {
  const steps = /** @type {Record<string, number>} */ ({
    ArrowRight: index + 1,
    ArrowLeft: index - 1,
    Home: 0,
    End: -1,
  });
  return key in steps && index >= 0 ? (steps[key] + count) % count : null;
}
